package citizen

import (
	"net/http"
	"net/url"
	"time"

	"kawu/channel/web"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
)

// SignIn is /sign-in: identity number and name. POST sends a code to the mobile known to the
// register, or says nothing of whether the person exists.
type SignIn struct {
	web.Page
	Number, Name string // as typed; kept when something is wrong
	Next         string // where to go afterwards
}

// SignInView is the page.
var SignInView = web.NewView[SignIn](files, "signin")

// NumberField is the input for the identity number.
func (s SignIn) NumberField() web.Field {
	return s.Field("number", "citizen.signin.number", s.Number).Hint(s.T("citizen.signin.number.hint")).Code(24)
}

// NameField is the input for the name; 50 bytes of GB 18030 fit a card.
func (s SignIn) NameField() web.Field {
	return s.Field("name", "citizen.signin.name", s.Name).Hint(s.T("citizen.signin.name.hint")).Filled("name")
}

// asked is what the way through the sign-in must remember: the ticket of the code, and who asked for
// it, to send another one. Plain text, so it is kept sealed.
type asked struct {
	Ticket, Number, Name string
	Expires, Again       time.Time
}

// signIn is GET /sign-in.
func (p *Portal) signIn(w http.ResponseWriter, r *http.Request) error {
	if _, me := who(r); me != "" {
		http.Redirect(w, r, web.Next(r, web.PortalCitizen), http.StatusSeeOther)
		return nil
	}
	return SignInView.Show(w, http.StatusOK, SignIn{Page: p.page(r, "citizen.signin"), Next: web.Next(r, web.PortalCitizen)})
}

// askCode is POST /sign-in.
func (p *Portal) askCode(w http.ResponseWriter, r *http.Request) error {
	s := SignIn{Page: p.page(r, "citizen.signin"), Next: web.Next(r, web.PortalCitizen), Number: r.PostFormValue("number"), Name: r.PostFormValue("name")}
	n, _, err1 := idno.Parse(s.Number)
	full, _, err2 := name.Parse(s.Name)
	var bad fault.List
	for field, err := range map[string]error{"number": err1, "name": err2} {
		if err != nil {
			bad.Add(field, fault.Of(err))
		}
	}
	err := bad.Err()
	if err == nil {
		err = p.ask(w, r, n, full, s.Next)
	}
	if err != nil && s.Fail(err) {
		return SignInView.Show(w, fault.RuleOf(err).Status, s)
	}
	return err
}

// ask has a code sent and leads to where it is typed, whether or not there is such a person.
func (p *Portal) ask(w http.ResponseWriter, r *http.Request, n idno.Number, full name.Person, next string) error {
	t, err := p.Door.Sign.AskCode(r.Context(), p.Door.Knock(r), n, full)
	if err != nil {
		return err
	}
	a := asked{t.ID, n.Reveal(), full.Reveal(), t.Until, t.Again}
	if err := p.give(w, r, "sign-in", a, t.Until.Add(10*time.Minute)); err != nil {
		return err
	}
	http.Redirect(w, r, "/sign-in/code?next="+url.QueryEscape(next), http.StatusSeeOther)
	return nil
}
