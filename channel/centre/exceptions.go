package centre

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/trouble"
	"kawu/flow/desk"
)

// Exceptions is GET /centre/exceptions (?type= ?page=): what does not move by itself, who owns it, and
// the ONE thing to do. POST …/{id} with field "do" does it.
type Exceptions struct {
	web.Page
	Frame
	Types []web.Tab // by type, with counts; the first is all
	Rows  []Exception
	Pager web.Pager
}

// Exception is a case or a set of cases that waits for somebody.
type Exception struct {
	ID      string
	What    web.Said
	Why     web.Said
	Ref     string   // batch, card or partner it is about
	Href    string   // of Ref
	Stage   string   // wording key of where it is stuck
	Owner   web.Text // who has to act
	Due     time.Time
	Left    web.Said     // time left in words
	Tone    web.Tone     // Bad: overdue or today, Watch: soon
	N       int          // people concerned
	Advice  string       // wording key of the one thing to do
	Do      string       // code of the action, value of field "do"; "" when it is done outside
	DoKey   string       // wording key of the button
	Reasons []web.Option // of a mark "settled", field "why"
	Or      string       // code of what is left when the one thing cannot be done; ""
	OrKey   string       // wording key of its button
}

// ExceptionRows is the table of exceptions with the page's language.
type ExceptionRows struct {
	web.Page
	Rows []Exception
}

// ShowExceptions boxes exceptions for their table.
func (f Frame) ShowExceptions(p web.Page, rows []Exception) ExceptionRows {
	return ExceptionRows{p, rows}
}

// ExceptionsView is the page.
var ExceptionsView = web.NewView[Exceptions](files, "exceptions")

func (p *Portal) exceptions(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.exceptionsOf(r, who)
	if err != nil {
		return err
	}
	return ExceptionsView.Show(w, http.StatusOK, x)
}

func (p *Portal) exceptionsOf(r *http.Request, who desk.Actor) (Exceptions, error) {
	ctx, kind := r.Context(), trouble.Kind(r.URL.Query().Get("type"))
	x := Exceptions{Page: p.Hall.Page(r, web.PortalCentre, "centre.exceptions")}
	var err error
	if x.Frame, err = p.frame(ctx, "exceptions"); err != nil {
		return x, err
	}
	counts, err := trouble.CountOpen(ctx, p.Store, p.city)
	if err != nil {
		return x, err
	}
	x.Types = []web.Tab{{Key: "centre.type.all", Href: "/centre/exceptions", N: x.Frame.Exceptions, Current: kind == ""}}
	base, total := "/centre/exceptions", x.Frame.Exceptions
	for _, k := range trouble.Kinds {
		if counts[k] > 0 {
			x.Types = append(x.Types, web.Tab{Key: "trouble." + string(k), Href: "/centre/exceptions?type=" + string(k), N: counts[k], Current: k == kind})
		}
		if k == kind {
			base, total = "/centre/exceptions?type="+string(k), counts[k]
		}
	}
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: total, Base: base}
	list, err := trouble.Page(ctx, p.Store, p.city, kind, x.Pager.Offset(), size)
	if err != nil {
		return x, err
	}
	x.Rows, err = p.rows(ctx, who, x.Page, list)
	return x, err
}

// act is POST /centre/exceptions/{id}: the one thing, done once.
func (p *Portal) act(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	err := p.Hall.Once(w, r, func() (string, error) {
		return web.Saying("/centre/exceptions", "said.acted"), p.play(r, who)
	})
	if err == nil {
		return nil
	}
	x, again := p.exceptionsOf(r, who)
	if again != nil {
		return again
	}
	if !x.Page.Fail(err) {
		return err
	}
	return ExceptionsView.Form(w, x.Page, x)
}
