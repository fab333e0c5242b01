package pages

import (
	"html/template"
	"net/http"

	"kawu/channel/centre"
	"kawu/channel/web"
	"kawu/flow/makecard"
)

var aBank = web.Text{ZH: "北京银行", EN: "Bank of Beijing"}

func faceTabs(waiting, wrong int, second bool) []web.Tab {
	return []web.Tab{{Key: "centre.face.state.waiting", Href: "/centre/faces?state=waiting", N: waiting, Current: !second},
		{Key: "centre.face.state.wrong", Href: "/centre/faces?state=wrong", N: wrong, Current: second}}
}

// strokes stands for a drawn name: the gallery needs no fonts.
const strokes = template.HTML(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="30 17 51 9"><path fill="#d1e3f4" d="M30 17h99v99h-99z"/><path fill="#161a22" d="M32 19h4v.4h-4zM32 21h4v.4h-4zM32 23h4v.4h-4zM33.8 19h.4v4h-.4zM38 19h.4v4.4h-.4zM40 19h3v.4h-3zM40 19h.4v4.4h-.4zM42.6 19h.4v4.4h-.4zM40 23h3v.4h-3z"/></svg>`)

func (c Case) face() centre.Face {
	return centre.Face{Page: c.page(web.PortalCentre, "centre.face"), Frame: centre.Frame{Here: "faces", Faces: 2, Exceptions: 12}, Ref: "7K2M91QX",
		State: tag(web.Watch, "centre.face.state.waiting"), Name: "王𫖶", Picture: strokes, Characters: []makecard.Character{{Code: "U+2B5B6", Font: "BabelStoneHan"}},
		Bank: aBank, Since: at(3, 4, 9, 12), Due: at(3, 5, 18, 0), Left: web.Say("centre.left.hours", "n", 3), Waits: true}
}

var centreFaces = []Sample{
	{"/centre/faces", "faces", func(c Case) error {
		return centre.FacesView.Show(c.w, http.StatusOK, centre.Faces{Page: c.page(web.PortalCentre, "centre.faces"), Frame: centre.Frame{Here: "faces", Faces: 2, Exceptions: 12},
			Tabs: faceTabs(2, 1, false), Pager: web.Pager{Page: 1, Size: 20, Total: 2, Base: "/centre/faces?state=waiting"},
			Rows: []centre.FaceRow{{Ref: "7K2M91QX", Href: "/centre/faces/7", Name: "王*", Bank: aBank, Left: web.Say("centre.left.hours", "n", 3), Tone: web.Bad},
				{Ref: "8C4N02RT", Href: "/centre/faces/7", Name: "司*䶮*", Bank: aBank, Left: web.Say("centre.left.days", "n", 1), Tone: web.Watch}}})
	}},
	{"/centre/faces~wrong", "faces", func(c Case) error {
		return centre.FacesView.Show(c.w, http.StatusOK, centre.Faces{Page: c.page(web.PortalCentre, "centre.faces"), Frame: centre.Frame{Here: "faces", Faces: 2, Exceptions: 12},
			Tabs: faceTabs(2, 1, true), Pager: web.Pager{Page: 1, Size: 20, Total: 1, Base: "/centre/faces?state=wrong"},
			Rows: []centre.FaceRow{{Ref: "9D5P13SU", Href: "/centre/faces/7", Name: "赵*敏", Bank: aBank, Why: web.Say("trouble.reason.face_glyph"), Left: web.Say("centre.left.over", "n", 1), Tone: web.Bad}}})
	}},
	{"/centre/faces~none", "faces", func(c Case) error {
		return centre.FacesView.Show(c.w, http.StatusOK, centre.Faces{Page: c.page(web.PortalCentre, "centre.faces"), Frame: centre.Frame{Here: "faces"}, Tabs: faceTabs(0, 0, false)})
	}},
	{"/centre/faces/7", "face", func(c Case) error { return centre.FaceView.Show(c.w, http.StatusOK, c.face()) }},
	{"/centre/faces/7~why", "face", func(c Case) error {
		x := c.face()
		x.Page.Fail(makecard.ErrWhy.At("why"))
		return centre.FaceView.Form(c.w, x.Page, x)
	}},
	{"/centre/faces/7~no-font", "face", func(c Case) error {
		x := c.face()
		x.Picture, x.Characters = "", append(x.Characters, makecard.Character{Code: "U+33479"})
		return centre.FaceView.Show(c.w, http.StatusOK, x)
	}},
	{"/centre/faces/7~done", "face", func(c Case) error {
		x := c.face()
		x.State, x.Waits, x.Why = tag(web.Bad, "centre.face.state.wrong"), false, web.Say("trouble.reason.face_glyph")
		return centre.FaceView.Show(c.w, http.StatusOK, x)
	}},
}
