package employer

import (
	"time"
)

// Frame is what all pages of one collective application share: the rail with the four steps. It is
// embedded in their data.
type Frame struct {
	ID       string    // of the application; part of the address
	No       string    // as people say it
	Opened   time.Time // when step 1 was begun
	Deadline time.Time // for the employees' confirmation; zero: not set
	Here     string    // which entry of the rail is this page: "upload" "check" "bank" "confirm" "submit" "track"
	Reached  int       // 1 to 4: the step that is open; 5: submitted
	Bad      int       // rows that must be mended; badge of step 1
	Waiting  int       // employees who have not answered; badge of step 3
}

// StepOpen says whether a step of the notice (1 to 4) may be entered.
func (f Frame) StepOpen(n int) bool { return n <= f.Reached }

// StepDone says whether a step of the notice is behind.
func (f Frame) StepDone(n int) bool { return n < f.Reached }

// To is the address of one of the application's pages.
func (f Frame) To(page string) string { return "/employer/batches/" + f.ID + "/" + page }

// Modes of pick-up, in the order of the notice; each is also the end of its wording key
// ("mode.outlet").
var Modes = []string{"outlet", "mail", "on_site"}
