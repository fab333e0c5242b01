package pages

import (
	"image/color"
	"log/slog"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/chip/photo"
	"kawu/kit/clock"
)

// Now is the gallery's time: a Tuesday in the middle of the pilot.
var Now = time.Date(2024, 3, 5, 14, 20, 0, 0, clock.Zone)

// Sample is one state of one page.
type Sample struct {
	Path  string // real address, with "~state" for another state of the same page
	Views string // name of the view it shows
	Show  func(c Case) error
}

// Case is one request for a sample.
type Case struct {
	h *web.Hall
	w http.ResponseWriter
	r *http.Request
}

// page starts the page's data as a handler would.
func (c Case) page(portal web.Portal, title string, args ...any) web.Page {
	return c.h.Page(c.r, portal, title, args...)
}

// visitors are who is signed in at each portal.
var visitors = map[web.Portal]web.Visitor{
	web.PortalCitizen:  {Role: web.Citizen, ID: "psn_1", Name: "林知遥", Masked: "110***********2046"},
	web.PortalEmployer: {Role: web.Employer, ID: "usr_1", Name: "吴晓岚", Office: web.Text{ZH: "北桥精密仪器有限公司", EN: "Beiqiao Precision Instruments"}, Scope: "emp_1"},
	web.PortalCounter:  {Role: web.Counter, ID: "usr_2", Name: "王雅菲", Office: web.Text{ZH: "北京银行西直门支行", EN: "Bank of Beijing, Xizhimen"}, Scope: "out_1"},
	web.PortalCentre:   {Role: web.Centre, ID: "usr_3", Name: "陈牧", Office: web.Text{ZH: "社保卡中心", EN: "Card centre"}},
}

// Hall is the gallery's.
func Hall() *web.Hall {
	return &web.Hall{Clock: clock.At(Now), Log: slog.New(slog.DiscardHandler), City: web.Text{ZH: "北京市", EN: "Beijing"}, Hotline: "12333", Demo: true}
}

// Samples are all pages.
func Samples() []Sample {
	var all []Sample
	for _, some := range [][]Sample{citizenSamples, citizenMore, citizenStates, citizenPublic, employerSamples, employerMore, counterSamples, counterPhotos, centreSamples, centreMore, centreTerminals, centreFaces, centrePolicy, lossSamples, webSamples} {
		all = append(all, some...)
	}
	return all
}

// Handler serves the samples at their addresses, with everything a real request passes through.
func Handler() http.Handler {
	h := Hall()
	mux := http.NewServeMux()
	mux.Handle("/static/", web.Static())
	mux.HandleFunc(portraitAt, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(photo.Sketch(3, photo.Width, photo.Height, color.RGBA{120, 170, 215, 255}))
	})
	for _, s := range Samples() {
		mux.Handle(exact(s.Path), h.Handle(func(w http.ResponseWriter, r *http.Request) error {
			return s.Show(Case{h, w, r})
		}))
	}
	mux.Handle("/", h.NoPage())
	return h.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := visitors[web.PortalOf(r.URL.Path)]
		if r.Header.Get("X-Nobody") == "" {
			r = r.WithContext(web.With(r.Context(), v))
		}
		mux.ServeHTTP(w, r)
	}))
}

// exact keeps "/" and "/employer/" from catching every address below them.
func exact(path string) string {
	if path[len(path)-1] == '/' {
		return path + "{$}"
	}
	return path
}

// words is a sentence that data carry, as the wording of a fault would be.
func words(zh, en string) web.Said { return web.Words(web.Text{ZH: zh, EN: en}) }
