package employer

import (
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/outlet"
	"kawu/flow/applygroup"
	"kawu/kit/fault"
)

// Submit is /employer/batches/{id}/submit, step 4: check the answers, then submit all who have
// confirmed. POST field "agree".
type Submit struct {
	web.Page
	Frame
	Go     int // confirmed or corrected: will be submitted
	Stay   int // not answered or declined: stay listed, nothing happens to them
	Bad    int // rows never mended
	Bank   web.Text
	Mode   string // wording key
	Outlet *web.Place
	PickUp time.Time
	Due    time.Time // promise, if submitted now
	Agent  string    // who submits
	Agreed bool
}

// SubmitView is the page.
var SubmitView = web.NewView[Submit](files, "submit")

// AgreeTick is the box that must be ticked, named "agree".
func (s Submit) AgreeTick() web.Choices {
	return s.Tick("agree", s.T("employer.submit.agree"), s.Agreed)
}

// ErrAgree is the refusal to submit without the tick.
var ErrAgree = fault.New(fault.Invalid, "employer.agree", "tick the box to say that you have checked")

// submission is GET …/submit. It opens again for people who confirm after the first submission.
func (p *Portal) submission(v *visit) error {
	return p.showSubmission(v, Submit{Page: p.page(v, "employer.submit")})
}

func (p *Portal) showSubmission(v *visit, s Submit) error {
	ctx := v.r.Context()
	states, err := application.CountIn(ctx, p.store, v.col.ID)
	if err != nil {
		return err
	}
	if s.Go = int(states[application.Confirmed]); s.Go == 0 && v.col.State == application.Submitted {
		return v.elsewhere(false)
	}
	d, err := p.apply.Rule(ctx, v.col.Employer, v.col.Edition)
	if err != nil {
		return err
	}
	o, err := outlet.Get(ctx, p.store, v.col.Outlet)
	if err != nil {
		return err
	}
	at := place(o)
	s.Frame, s.Bank, s.Mode, s.Outlet = v.frame("submit"), p.bank(v.col.Bank), "web.pickup."+string(v.col.Mode), &at
	s.Stay, s.Bad = v.reply[application.Silent]+v.reply[application.Rejected], int(v.rows.Bad)
	s.Due, s.Agent = d.Promise.Due.Time(), s.Visitor.Name
	s.PickUp = day(v.col.CollectFrom(d.Promise.Due.String()))
	return SubmitView.Form(v.w, s.Page, s)
}

// submit is POST …/submit: whoever has confirmed goes on.
func (p *Portal) submit(v *visit) error {
	s := Submit{Page: p.page(v, "employer.submit"), Agreed: v.r.PostFormValue("agree") != ""}
	err := error(ErrAgree.At("agree"))
	if s.Agreed {
		err = p.once(v, "submitted", func() error {
			_, err := p.apply.Submit(v.r.Context(), v.who, v.col.ID)
			return err
		})
	}
	if f := fault.Of(err); f != nil && (f.Is(ErrAgree) || f.Is(applygroup.ErrNobody)) && s.Fail(err) {
		return p.showSubmission(v, s)
	}
	return err
}
