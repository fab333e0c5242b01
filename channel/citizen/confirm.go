package citizen

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/tidy"
)

// ConfirmCode is /confirm: the code from the employer's notice is typed here, because no message
// ever holds a link.
type ConfirmCode struct {
	web.Page
	Code  string // as typed
	Last4 string // of the identity number, as typed
}

// ConfirmCodeView is the page.
var ConfirmCodeView = web.NewView[ConfirmCode](files, "confirm")

// CodeField is the input for the code.
func (c ConfirmCode) CodeField() web.Field {
	return c.Field("code", "citizen.confirm.code", c.Code).Hint(c.T("citizen.confirm.code.hint")).Code(12).Large().Digits()
}

// Last4Field is the input for the end of the identity number: a code read over a shoulder opens
// nothing by itself.
func (c ConfirmCode) Last4Field() web.Field {
	return c.Field("last4", "citizen.confirm.last4", c.Last4).Hint(c.T("citizen.confirm.last4.hint")).Code(4)
}

// confirming is what the pages of /confirm remember between them: whose data a code has opened. It
// lasts for confirmMinutes, so that a phone left on a table does not stay open.
type confirming struct{ Application ref.Application }

const confirmMinutes = 20

// confirmCode is GET /confirm. Who is signed in has shown more than a code does.
func (p *Portal) confirmCode(w http.ResponseWriter, r *http.Request) error {
	if _, ok, err := p.own(r); err != nil {
		return err
	} else if ok {
		http.Redirect(w, r, "/confirm/data", http.StatusSeeOther)
		return nil
	}
	return ConfirmCodeView.Show(w, http.StatusOK, ConfirmCode{Page: p.page(r, "citizen.confirm")})
}

// findCode is POST /confirm.
func (p *Portal) findCode(w http.ResponseWriter, r *http.Request) error {
	c := ConfirmCode{Page: p.page(r, "citizen.confirm"), Code: r.PostFormValue("code"), Last4: r.PostFormValue("last4")}
	code, _ := tidy.Compact(c.Code)
	last4, _ := tidy.Compact(c.Last4)
	a, err := p.Confirm.Ask(r.Context(), p.Door.Knock(r).Address, code, last4)
	if f := fault.Of(err); f != nil && c.Fail(f.At("code")) {
		return ConfirmCodeView.Show(w, fault.RuleOf(err).Status, c)
	}
	if err != nil {
		return err
	}
	if err := p.give(w, r, "confirm", confirming{a.ID}, c.Now.Add(confirmMinutes*time.Minute)); err != nil {
		return err
	}
	http.Redirect(w, r, "/confirm/data", http.StatusSeeOther)
	return nil
}

// own is the application of the person signed in that waits for an answer.
func (p *Portal) own(r *http.Request) (application.Application, bool, error) {
	_, me := who(r)
	if me == "" {
		return application.Application{}, false, nil
	}
	all, err := application.OfPerson(r.Context(), p.Store, me)
	for _, a := range all {
		if a.State == application.Notified || a.State == application.Confirmed {
			return a, true, err
		}
	}
	return application.Application{}, false, err
}

// subject is whose data the pages of /confirm are about: the code's, else of the person signed in.
// Without either it leads to where a code is typed.
func (p *Portal) subject(w http.ResponseWriter, r *http.Request) (a application.Application, ok bool, err error) {
	var c confirming
	if p.take(r, "confirm", &c) {
		a, err = application.Get(r.Context(), p.Store, c.Application)
		return a, err == nil, err
	}
	switch a, ok, err = p.own(r); {
	case ok:
		err = p.give(w, r, "confirm", confirming{a.ID}, p.Hall.Clock.Now().Add(confirmMinutes*time.Minute))
	case err == nil:
		http.Redirect(w, r, "/confirm", http.StatusSeeOther)
	}
	return a, ok && err == nil, err
}

// self acts as the person whose data it is.
func self(a application.Application) desk.Actor {
	return desk.Actor{Role: desk.Citizen, ID: string(a.Person), City: a.City, Person: a.Person, Channel: "web"}
}
