package employer

import (
	"time"

	"kawu/channel/web"
)

// Batches is GET /employer/: all collective applications of this employer. POST /employer/batches
// opens a new one and leads to its step 1.
type Batches struct {
	web.Page
	Rows    []BatchRow
	CanOpen bool     // a pilot is running here and for this employer
	WhyNot  web.Said // when it is not
}

// BatchRow is one collective application in the list.
type BatchRow struct {
	ID, No  string
	Opened  time.Time
	Stage   web.Tag // where it is
	People  int     // good rows, or submitted people afterwards
	Bank    web.Text
	Due     time.Time // promised day; zero before submission
	Left    int       // days to Due
	Trouble int       // exceptions that need the employer
	Href    string    // the page to go on with
}

// BatchesView is the page.
var BatchesView = web.NewView[Batches](files, "batches")

// Over is how many days late.
func (r BatchRow) Over() int { return -r.Left }
