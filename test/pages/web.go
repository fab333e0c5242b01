package pages

import (
	"net/http"

	"kawu/channel/web"
	"kawu/domain/access"
	"kawu/kit/fault"
)

var webSamples = []Sample{
	{"/employer/sign-in", "signin", func(c Case) error {
		c.r = c.r.WithContext(web.With(c.r.Context(), web.Visitor{}))
		p := c.page(web.PortalEmployer, "web.signin")
		return web.StaffSignInView.Show(c.w, http.StatusOK, web.StaffSignIn{Page: p, Logins: []web.Login{{User: "agent", Password: "demo-agent", Name: "吴晓岚"}}})
	}},
	{"/centre/password", "password", func(c Case) error {
		return web.StaffPasswordView.Show(c.w, http.StatusOK, password(c, web.PortalCentre))
	}},
	{"/employer/password", "password", func(c Case) error {
		return web.StaffPasswordView.Show(c.w, http.StatusOK, password(c, web.PortalEmployer))
	}},
	{"/counter/password", "password", func(c Case) error {
		return web.StaffPasswordView.Show(c.w, http.StatusOK, password(c, web.PortalCounter))
	}},
	{"/counter/password~refused", "password", func(c Case) error {
		p := password(c, web.PortalCounter)
		p.Fail(access.Choice{Old: "first password", New: "short", Again: "other"}.Check(p.Login))
		return web.StaffPasswordView.Form(c.w, p.Page, p)
	}},
	{"/trouble", "trouble", func(Case) error { return fault.New(fault.Internal, "x.y", "internal") }},
	{"/centre/trouble", "trouble", func(Case) error { return web.ErrWrongDoor }},
}

// password is the choice that a first password leads to.
func password(c Case, p web.Portal) web.StaffPassword {
	return web.StaffPassword{Page: c.page(p, "web.password"), Login: "wang.11", First: p != web.PortalCentre, Least: access.PasswordMin}
}
