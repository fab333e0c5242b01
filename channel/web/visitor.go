package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"kawu/kit/fault"
)

// Role is which kind of person is signed in; every page of a portal asks for one.
type Role string

// The roles.
const (
	Citizen  Role = "citizen"  // a cardholder, by identity number, name and SMS code
	Employer Role = "employer" // an employer's agent
	Counter  Role = "counter"  // a clerk at a bank or community outlet
	Centre   Role = "centre"   // an officer of the card centre
)

// Visitor is who is signed in, as far as pages need to know. app's session middleware puts it into
// the request's context with With.
type Visitor struct {
	Role    Role
	ID      string // the person's or user's id; never shown
	Name    string // as shown in the bar
	Masked  string // masked identity number of a citizen, "110***********2046"
	Office  Text   // employer, outlet or centre the person acts for
	Scope   string // id of the one employer, outlet, bank or district the person may see; "" = all
	Session string // id of the session; binds form tokens to it
}

type visitorKey struct{}

// With puts the visitor into the context.
func With(ctx context.Context, v Visitor) context.Context {
	return context.WithValue(ctx, visitorKey{}, v)
}

// VisitorOf gives the visitor of a request's context; its Role is "" when nobody is signed in.
func VisitorOf(ctx context.Context) Visitor {
	v, _ := ctx.Value(visitorKey{}).(Visitor)
	return v
}

// Faults of the door.
var (
	ErrSignIn    = fault.New(fault.Unsigned, "web.sign_in", "sign in to see this page")
	ErrWrongDoor = fault.New(fault.Forbidden, "web.wrong_door", "this page belongs to another kind of user")
)

// Require lets only visitors of the role through. A person who is not signed in is sent to the
// portal's sign-in page and comes back afterwards; one with another role is told so.
func (h *Hall) Require(role Role, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch v := VisitorOf(r.Context()); {
		case v.Role == role:
			w.Header().Set("Cache-Control", "no-store")
			next.ServeHTTP(w, r)
		case v.Role != "":
			h.Fail(w, r, ErrWrongDoor)
		default:
			h.toSignIn(w, r, role)
		}
	})
}

func (h *Hall) toSignIn(w http.ResponseWriter, r *http.Request, role Role) {
	to := Portal(role).Home() + "sign-in"
	if r.Method == http.MethodGet {
		to += "?next=" + url.QueryEscape(r.URL.RequestURI())
	}
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// Next is where to go after signing in: the asked-for address when it is one of the portal's own,
// otherwise the portal's home. Never another site.
func Next(r *http.Request, portal Portal) string {
	n := r.FormValue("next")
	if !strings.HasPrefix(n, portal.Home()) || strings.HasPrefix(n, "//") || strings.ContainsAny(n, "\\\r\n") {
		return portal.Home()
	}
	return n
}
