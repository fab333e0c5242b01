package citizen

import (
	"net/http"
	"net/url"
	"time"

	"kawu/channel/web"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/tidy"
)

// SignInCode is /sign-in/code: the code from the SMS. Never a puzzle.
type SignInCode struct {
	web.Page
	Code    string    // as typed
	Expires time.Time // of the code
	Again   time.Time // not before this another code is sent; zero: at once
	Next    string
}

// SignInCodeView is the page.
var SignInCodeView = web.NewView[SignInCode](files, "signin_code")

// CodeField is the input for the code; phones offer to fill it from the message.
func (s SignInCode) CodeField() web.Field {
	return s.Field("code", "citizen.code.field", s.Code).Hint(s.T("citizen.code.field.hint")).Code(6).Digits().Filled("one-time-code")
}

// Wait says whether it is too early for another code.
func (s SignInCode) Wait() bool { return s.Again.After(s.Now) }

// code is GET /sign-in/code.
func (p *Portal) code(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if !p.take(r, "sign-in", &a) {
		http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(web.Next(r, web.PortalCitizen)), http.StatusSeeOther)
		return nil
	}
	return SignInCodeView.Show(w, http.StatusOK, p.codePage(r, a))
}

func (p *Portal) codePage(r *http.Request, a asked) SignInCode {
	return SignInCode{Page: p.page(r, "citizen.code"), Expires: a.Expires, Again: a.Again, Next: web.Next(r, web.PortalCitizen)}
}

// enter is POST /sign-in/code.
func (p *Portal) enter(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if !p.take(r, "sign-in", &a) {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
		return nil
	}
	s := p.codePage(r, a)
	s.Code = r.PostFormValue("code")
	typed, _ := tidy.Compact(s.Code)
	e, err := p.Door.Sign.Code(r.Context(), p.Door.Knock(r), a.Ticket, typed)
	if f := fault.Of(err); f != nil && s.Fail(f.At("code")) {
		return SignInCodeView.Show(w, http.StatusUnprocessableEntity, s)
	}
	if err != nil {
		return err
	}
	drop(w, "sign-in")
	p.Door.Admit(w, r, e)
	to := s.Next
	if _, err := r.Cookie(readNotice); err != nil {
		to = "/sign-in/notice?next=" + url.QueryEscape(to)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// again is POST /sign-in/again.
func (p *Portal) again(w http.ResponseWriter, r *http.Request) error {
	var a asked
	if !p.take(r, "sign-in", &a) {
		http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
		return nil
	}
	err := p.ask(w, r, idno.Number(a.Number), name.Person(a.Name), web.Next(r, web.PortalCitizen))
	s := p.codePage(r, a)
	if f := fault.Of(err); f != nil && s.Fail(f.At("code")) {
		return SignInCodeView.Show(w, fault.RuleOf(err).Status, s)
	}
	return err
}
