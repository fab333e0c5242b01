package door

import (
	"context"
	"net/http"

	"kawu/channel/web"
	"kawu/domain/access"
	"kawu/flow/signin"
)

type entryKey struct{}

func entryOf(ctx context.Context) signin.Entry {
	e, _ := ctx.Value(entryKey{}).(signin.Entry)
	return e
}

// passwordRoutes are where staff choose their own passwords.
func (d *Door) passwordRoutes(mux *http.ServeMux, p web.Portal) {
	for method, h := range map[string]web.Handler{"GET ": d.passwordPage(p), "POST ": d.choosePassword(p)} {
		mux.Handle(method+web.PasswordOf(p), d.Hall.Require(web.Role(p), d.Hall.Handle(h)))
	}
}

// shut leads whoever is in with a first password to the choice of another: besides it only the way out
// is open.
func (d *Door) shut(w http.ResponseWriter, r *http.Request, e signin.Entry) bool {
	p := web.PortalOf(r.URL.Path)
	if !e.First || r.URL.Path == web.PasswordOf(p) || r.URL.Path == p.Home()+"sign-out" {
		return false
	}
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", web.PasswordOf(p))
		w.WriteHeader(http.StatusForbidden)
		return true
	}
	http.Redirect(w, r, web.PasswordOf(p), http.StatusSeeOther)
	return true
}

func (d *Door) choice(r *http.Request, p web.Portal) web.StaffPassword {
	e := entryOf(r.Context())
	return web.StaffPassword{Page: d.Hall.Page(r, p, "web.password"), Login: e.Login, First: e.First, Least: access.PasswordMin}
}

func (d *Door) passwordPage(p web.Portal) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.StaffPasswordView.Show(w, http.StatusOK, d.choice(r, p))
	}
}

// choosePassword ends all sessions of the person and opens a new one, so that whoever else was in is out.
func (d *Door) choosePassword(p web.Portal) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		page := d.choice(r, p)
		c := access.Choice{Old: r.PostFormValue("old"), New: r.PostFormValue("new"), Again: r.PostFormValue("again")}
		k := d.Knock(r)
		err := d.Sign.Choose(r.Context(), k, page.Login, c)
		if err != nil && page.Fail(err) {
			return web.StaffPasswordView.Form(w, page.Page, page)
		}
		if err != nil {
			return err
		}
		e, err := d.Sign.Staff(r.Context(), k, page.Login, c.New)
		if err != nil {
			return err
		}
		d.Admit(w, r, e)
		http.Redirect(w, r, web.Saying(p.Home(), "said.password"), http.StatusSeeOther)
		return nil
	}
}
