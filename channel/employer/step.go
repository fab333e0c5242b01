package employer

import (
	"net/http"
	"slices"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// step is one way to a page of a collective application, with the states in which it is open.
// Addresses carry this guard; the flow behind them has its own.
type step struct {
	method, page string // page is the end of the address
	open         []state.State
	do           func(*visit) error
}

// steps are all of them, in the order of the notice.
func (p *Portal) steps() []step {
	unnoticed := []state.State{application.Opened, application.Listed, application.Chosen}
	listed := []state.State{application.Listed, application.Chosen}
	chosen := []state.State{application.Chosen}
	noticed := []state.State{application.Notifying}
	submitted := []state.State{application.Submitted, application.Closed}
	return []step{
		{"GET", "upload", unnoticed, p.upload}, {"POST", "upload", unnoticed, p.uploaded},
		{"GET", "check", listed, p.check}, {"POST", "check", listed, p.checked}, {"GET", "annotated", listed, p.annotated},
		{"POST", "rows/{line}", listed, p.mend}, {"POST", "groups/{code}", listed, p.mendGroup},
		{"GET", "bank", listed, p.choice}, {"POST", "bank", listed, p.choose},
		{"GET", "confirm", append(chosen, noticed...), p.answers},
		{"POST", "notify", chosen, p.notify}, {"POST", "remind", noticed, p.remind},
		{"GET", "submit", append(noticed, submitted[0]), p.submission}, {"POST", "submit", append(noticed, submitted[0]), p.submit},
		{"GET", "submitted", submitted, p.submitted}, {"GET", "track", submitted, p.track},
	}
}

// visit is one request about one collective application of the visitor's employer.
type visit struct {
	w     http.ResponseWriter
	r     *http.Request
	who   desk.Actor
	col   application.Collective
	rows  application.Tally
	reply map[application.Reply]int
}

// step lets a request through to a page that is open. Anybody else's application does not exist;
// a page that is not reached yet, or is behind, leads to the one that is open now.
func (p *Portal) step(s step) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		who, of := agent(r)
		v := &visit{w: w, r: r, who: who}
		var err error
		ctx := r.Context()
		if v.col, err = application.GetCollective(ctx, p.store, ref.Collective(r.PathValue("id"))); err != nil {
			return err
		}
		if v.col.Employer != of {
			return application.ErrUnknown
		}
		if v.rows, err = application.Count(ctx, p.store, v.col.ID); err != nil {
			return err
		}
		if v.reply, err = application.CountReplies(ctx, p.store, v.col.ID); err != nil {
			return err
		}
		if p.hall.Sent(w, r) {
			return nil
		}
		if !slices.Contains(s.open, v.col.State) {
			return v.elsewhere(order[v.col.State] < order[s.open[0]])
		}
		err = s.do(v)
		if f := fault.Of(err); f != nil && f.Is(state.ErrMove) { // somebody else has moved it on meanwhile
			return v.elsewhere(false)
		}
		return err
	}
}

// order is how far a collective application is in the four steps.
var order = map[state.State]int{application.Opened: 1, application.Listed: 2, application.Chosen: 3, application.Notifying: 4,
	application.Submitted: 5, application.Closed: 5}

// elsewhere leads to the page that is open now and says why.
func (v *visit) elsewhere(early bool) error {
	say := "said.step_behind"
	if early {
		say = "said.step_first"
	}
	to := web.Saying(v.frame("").To(current(v.col, v.rows)), say)
	if v.r.Header.Get("HX-Request") != "" {
		v.w.Header().Set("HX-Redirect", to)
		return nil
	}
	http.Redirect(v.w, v.r, to, http.StatusSeeOther)
	return nil
}

// current is the page to go on with.
func current(c application.Collective, t application.Tally) string {
	switch c.State {
	case application.Opened:
		return "upload"
	case application.Listed:
		if t.Bad > 0 {
			return "check"
		}
		return "bank"
	case application.Chosen, application.Notifying:
		return "confirm"
	}
	return "track"
}

// frame is the rail's data for this application.
func (v *visit) frame(here string) Frame {
	f := Frame{ID: string(v.col.ID), No: number(v.col.ID), Opened: v.col.OpenedAt, Here: here, Bad: int(v.rows.Bad), Waiting: v.reply[application.Silent]}
	f.Reached, f.From = order[v.col.State], 1
	switch v.col.State {
	case application.Listed:
		f.Waiting = 0
		if v.rows.Good == 0 {
			f.Reached = 1
		}
	case application.Chosen:
		f.Waiting = 0
	case application.Notifying:
		f.From = 3
		if v.reply[application.Agreed]+v.reply[application.Changed] == 0 {
			f.Reached = 3
		}
	}
	return f
}

// number is the end of an id, which people can read out.
func number(c ref.Collective) string { return string(c[max(0, len(c)-8):]) }

// page starts a page of this application.
func (p *Portal) page(v *visit, title string) web.Page {
	return p.hall.Page(v.r, web.PortalEmployer, title)
}

// once does what a form asks for and leads to a page of this application.
func (p *Portal) once(v *visit, page string, do func() error) error {
	return p.hall.Once(v.w, v.r, func() (string, error) { return v.frame("").To(page), do() })
}
