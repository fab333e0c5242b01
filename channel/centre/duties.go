package centre

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
)

// Duties is GET /centre/duties: work of the clock that failed and waits to be tried again. Nothing is
// lost here; it shows what stands still and why.
type Duties struct {
	web.Page
	Frame
	Rows []Duty
}

// Duty is one of them.
type Duty struct {
	What  web.Said
	Key   string
	Tries int
	Why   web.Said
	Next  time.Time
}

// DutiesView is the page.
var DutiesView = web.NewView[Duties](files, "duties")

// stuckMost is how many are listed; when there are more, the cause is common to all.
const stuckMost = 200

func (p *Portal) duties(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	x := Duties{Page: p.Hall.Page(r, web.PortalCentre, "centre.duties")}
	var err error
	if x.Frame, err = p.frame(r.Context(), "duties"); err != nil {
		return err
	}
	list, err := job.AllStuck(r.Context(), p.Store, stuckMost)
	if err != nil {
		return err
	}
	for _, s := range list {
		x.Rows = append(x.Rows, Duty{What: kind(string(s.Kind)), Key: subject(s.Key), Tries: int(s.Attempts), Why: why(x.Page, s.Code), Next: s.Due})
	}
	return DutiesView.Show(w, http.StatusOK, x)
}

// why words a fault by its code alone, as a duty keeps it.
func why(page web.Page, code string) web.Said {
	return web.Words(web.Text{ZH: page.Word(fault.New(fault.Internal, code, code))})
}
