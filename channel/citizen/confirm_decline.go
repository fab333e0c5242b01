package citizen

import (
	"net/http"
	"slices"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/kit/fault"
)

// ConfirmDecline is /confirm/decline: not taking part; the old card keeps working.
type ConfirmDecline struct {
	web.Page
	Employer web.Text
	Reason   string // one of DeclineReasons, "" when none is chosen yet
}

// DeclineReasons are the answers offered; each is also the end of its wording key
// ("citizen.decline.left").
var DeclineReasons = []string{"left", "data", "have_card", "bank", "other"}

// ConfirmDeclineView is the page.
var ConfirmDeclineView = web.NewView[ConfirmDecline](files, "confirm_decline")

// ReasonChoices are the answers as radio buttons, named "reason".
func (c ConfirmDecline) ReasonChoices() web.Choices {
	g := c.Choices("reason", "citizen.decline.why")
	for _, r := range DeclineReasons {
		g = g.Add(r, c.T("citizen.decline."+r, "employer", c.Employer.In(c.Lang)), "", c.Reason == r)
	}
	return g
}

// ErrReason is the refusal of the form without a reason.
var ErrReason = fault.New(fault.Invalid, "citizen.reason", "choose a reason")

// decline is GET /confirm/decline.
func (p *Portal) decline(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	if a.State != application.Notified {
		http.Redirect(w, r, "/confirm/data", http.StatusSeeOther)
		return nil
	}
	return p.showDecline(w, r, p.page(r, "citizen.decline"), a)
}

func (p *Portal) showDecline(w http.ResponseWriter, r *http.Request, page web.Page, a application.Application) error {
	e, err := p.employer(r.Context(), a.Employer)
	if err != nil {
		return err
	}
	return ConfirmDeclineView.Form(w, page, ConfirmDecline{Page: page, Employer: e})
}

// declined is POST /confirm/decline.
func (p *Portal) declined(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	reason := r.PostFormValue("reason")
	if !slices.Contains(DeclineReasons, reason) {
		page := p.page(r, "citizen.decline")
		page.Fail(ErrReason.At("reason"))
		return p.showDecline(w, r, page, a)
	}
	return settled(w, r, p.Hall.Once(w, r, func() (string, error) {
		return "/confirm/done", p.Confirm.Decline(r.Context(), self(a), a.ID, reason)
	}))
}
