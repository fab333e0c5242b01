// Package door is where people come in and go out: the sign-in and password pages of staff, the cookies of all.
//
// It turns the cookie of a request into its visitor, for pages, and into its actor, for flows. It does
// not own sessions, passwords and codes (flow/signin), nor the citizens' sign-in pages.
package door

import (
	"context"
	"net"
	"net/http"

	"kawu/channel/web"
	"kawu/domain/access"
	"kawu/flow/desk"
	"kawu/flow/signin"
	"kawu/kit/fault"
)

// Door lets people in. Each portal has a cookie of its own, which is sent to no other: who works at a
// counter can look up the own card in the same browser.
type Door struct {
	Hall   *web.Hall
	Sign   *signin.Flow
	Office func(context.Context, desk.Actor) web.Text // name of the employer, outlet or centre, for the bar
	Logins map[web.Portal][]web.Login                 // shown on the sign-in pages of a demonstration only
}

// portals are where the roles of flow/desk work.
var portals = map[desk.Role]web.Portal{
	desk.Citizen: web.PortalCitizen, desk.Agent: web.PortalEmployer, desk.Clerk: web.PortalCounter, desk.Banker: web.PortalCounter,
	desk.Centre: web.PortalCentre, desk.Auditor: web.PortalCentre,
}

func cookieOf(p web.Portal) string { return "kawu_" + string(p) }

// Knock describes a request to the flows that let people in.
func (d *Door) Knock(r *http.Request) signin.Knock {
	k := signin.Knock{Channel: "web", Address: r.RemoteAddr}
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		k.Address = host
	}
	if c, err := r.Cookie(cookieOf(web.PortalOf(r.URL.Path))); err == nil {
		k.Cookie = c.Value
	}
	return k
}

// Open is the middleware that recognises who is in. A session that has ended is nobody's.
func (d *Door) Open(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k := d.Knock(r)
		if k.Cookie == "" {
			next.ServeHTTP(w, r)
			return
		}
		e, err := d.Sign.Enter(r.Context(), k)
		switch f := fault.Of(err); {
		case err == nil && portals[e.Actor.Role] == web.PortalOf(r.URL.Path):
			d.keep(w, r, e.Cookie)
			if d.shut(w, r, e) {
				return
			}
			r = r.WithContext(web.As(context.WithValue(r.Context(), entryKey{}, e), e.Actor, d.visitor(r.Context(), e)))
		case err != nil && (f == nil || f.Kind != fault.Unsigned):
			d.Hall.Fail(w, r, err)
			return
		default:
			d.forget(w, r)
		}
		next.ServeHTTP(w, r)
	})
}

func (d *Door) visitor(ctx context.Context, e signin.Entry) web.Visitor {
	p := portals[e.Actor.Role]
	v := web.Visitor{Role: web.Role(p), ID: e.Actor.ID, Name: e.Name.Reveal(), Masked: e.Person.Number.Masked(), Scope: e.Actor.Org, Session: e.Session.Mark}
	if p != web.PortalCitizen {
		v.Masked, v.Office = "", d.Office(ctx, e.Actor)
	}
	return v
}

// Admit gives a person the cookie of a session that has just begun.
func (d *Door) Admit(w http.ResponseWriter, r *http.Request, e signin.Entry) { d.keep(w, r, e.Cookie) }

func (d *Door) keep(w http.ResponseWriter, r *http.Request, value string) {
	p := web.PortalOf(r.URL.Path)
	http.SetCookie(w, &http.Cookie{Name: cookieOf(p), Value: value, Path: p.Home(), HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteLaxMode})
}

func (d *Door) forget(w http.ResponseWriter, r *http.Request) {
	p := web.PortalOf(r.URL.Path)
	http.SetCookie(w, &http.Cookie{Name: cookieOf(p), Path: p.Home(), MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Routes are the sign-in and password pages of the three staff portals, and the way out of all four.
func (d *Door) Routes(mux *http.ServeMux) {
	for _, p := range []web.Portal{web.PortalEmployer, web.PortalCounter, web.PortalCentre} {
		mux.Handle("GET "+p.Home()+"sign-in", d.Hall.Handle(d.signInPage(p)))
		mux.Handle("POST "+p.Home()+"sign-in", d.Hall.Handle(d.signIn(p)))
		d.passwordRoutes(mux, p)
	}
	for _, p := range []web.Portal{web.PortalCitizen, web.PortalEmployer, web.PortalCounter, web.PortalCentre} {
		mux.Handle("POST "+p.Home()+"sign-out", d.Hall.Handle(d.signOut(p)))
	}
}

func (d *Door) page(r *http.Request, p web.Portal) web.StaffSignIn {
	s := web.StaffSignIn{Page: d.Hall.Page(r, p, "web.signin"), Next: web.Next(r, p)}
	if d.Hall.Demo {
		s.Logins = d.Logins[p]
	}
	return s
}

func (d *Door) signInPage(p web.Portal) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if web.VisitorOf(r.Context()).Role == web.Role(p) {
			http.Redirect(w, r, web.Next(r, p), http.StatusSeeOther)
			return nil
		}
		return web.StaffSignInView.Show(w, http.StatusOK, d.page(r, p))
	}
}

func (d *Door) signIn(p web.Portal) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		s := d.page(r, p)
		s.User = r.PostFormValue("user")
		k := d.Knock(r)
		e, err := d.Sign.Staff(r.Context(), k, s.User, r.PostFormValue("password"))
		if err == nil && portals[e.Actor.Role] != p {
			k.Cookie = e.Cookie
			if err = d.Sign.Leave(r.Context(), k); err == nil {
				err = web.ErrWrongDoor
			}
		}
		if err == nil {
			d.Admit(w, r, e)
			http.Redirect(w, r, s.Next, http.StatusSeeOther)
			return nil
		}
		f := fault.Of(err)
		if f == nil || f.Kind == fault.Internal {
			return err
		}
		if f.Is(access.ErrTooMany) || f.Is(access.ErrLocked) {
			s.Minutes, _ = f.Args["n"].(int)
		}
		s.Errors = append(s.Errors, web.Problem{Field: "user", Text: s.Word(f)})
		return web.StaffSignInView.Show(w, fault.RuleOf(err).Status, s)
	}
}

func (d *Door) signOut(p web.Portal) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := d.Sign.Leave(r.Context(), d.Knock(r)); err != nil {
			return err
		}
		d.forget(w, r)
		http.Redirect(w, r, p.Home()+"sign-in", http.StatusSeeOther)
		return nil
	}
}
