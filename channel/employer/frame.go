package employer

import (
	"time"

	"kawu/channel/web"
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
	From     int       // the first step that can still be changed
	Bad      int       // rows that must be mended; badge of step 1
	Waiting  int       // employees who have not answered; badge of step 3
}

// StepOpen says whether a step of the notice (1 to 4) may be entered.
func (f Frame) StepOpen(n int) bool { return n >= f.From && n <= f.Reached }

// StepDone says whether a step of the notice is behind.
func (f Frame) StepDone(n int) bool { return n < f.Reached }

// To is the address of one of the application's pages.
func (f Frame) To(page string) string { return "/employer/batches/" + f.ID + "/" + page }

// Modes of pick-up, in the order of the notice; each is also the end of its wording key
// ("web.pickup.outlet").
var Modes = []string{"outlet", "mail", "on_site"}

// RailBox is the rail with the page's language.
type RailBox struct {
	web.Page
	Frame
	Rail []RailItem
}

// RailItem is one entry of the rail.
type RailItem struct {
	Name                string // wording key
	Href                string
	Open, Done, Current bool
	Hot                 int  // must be acted on; 0: no badge
	Sub                 bool // a further page of the step above
}

// ShowRail builds the rail of an application: the four steps of the notice, step 1 in its two
// pages, and progress. After submission the steps are ticked and closed: nothing can be changed.
func (f Frame) ShowRail(p web.Page) RailBox {
	item := func(page, name string, step, hot int) RailItem {
		return RailItem{Name: name, Href: f.To(page), Open: f.StepOpen(step) && (f.Reached < 5 || step == 5), Done: f.StepDone(step), Current: f.Here == page, Hot: hot}
	}
	rail := []RailItem{
		item("upload", "employer.rail.1", 1, 0),
		item("check", "employer.rail.1b", 1, f.Bad),
		item("bank", "employer.rail.2", 2, 0),
		item("confirm", "employer.rail.3", 3, f.Waiting),
		item("submit", "employer.rail.4", 4, 0),
		item("track", "employer.step.track", 5, 0),
	}
	rail[1].Sub = true
	if f.StepDone(1) {
		rail[1].Hot = 0
	}
	if f.StepDone(3) {
		rail[3].Hot = 0
	}
	return RailBox{p, f, rail}
}
