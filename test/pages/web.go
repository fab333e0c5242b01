package pages

import (
	"net/http"

	"kawu/channel/web"
	"kawu/kit/fault"
)

var webSamples = []Sample{
	{"/employer/sign-in", "signin", func(c Case) error {
		c.r = c.r.WithContext(web.With(c.r.Context(), web.Visitor{}))
		p := c.page(web.PortalEmployer, "web.signin")
		return web.StaffSignInView.Show(c.w, http.StatusOK, web.StaffSignIn{Page: p, Logins: []web.Login{{User: "agent", Password: "demo-agent", Name: "吴晓岚"}}})
	}},
	{"/trouble", "trouble", func(Case) error { return fault.New(fault.Internal, "x.y", "internal") }},
	{"/centre/trouble", "trouble", func(Case) error { return web.ErrWrongDoor }},
}
