package employer

import (
	"time"

	"kawu/channel/web"
)

// Submit is /employer/batches/{id}/submit, step 4: check the answers, then submit all who have
// confirmed. POST field "agree".
type Submit struct {
	web.Page
	Frame
	Go      int // confirmed or corrected: will be submitted
	Stay    int // not answered or declined: stay listed, nothing happens to them
	Bad     int // rows never mended
	Bank    web.Text
	Mode    string // wording key
	Outlet  *web.Place
	Address string
	PickUp  time.Time
	Due     time.Time // promise, if submitted now
	Agent   string    // who submits
	Agreed  bool
}

// SubmitView is the page.
var SubmitView = web.NewView[Submit](files, "submit")

// AgreeTick is the box that must be ticked, named "agree".
func (s Submit) AgreeTick() web.Choices {
	return s.Tick("agree", s.T("employer.submit.agree"), s.Agreed)
}
