package web

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"kawu/kit/wording"
)

// Page is what every template gets, embedded in the page's own data. Hall.Page makes it.
type Page struct {
	wording.Lang
	Prefs
	Title   string    // worded; the page's <h1> and <title>
	Path    string    // address without query
	Query   string    // raw query without the preference switches
	Portal  Portal    // which portal's bar and density
	Visitor Visitor   // zero when nobody is signed in
	Now     time.Time // the business clock, for "today" and "in 3 days"
	Once    string    // token of this form; see Hall.Once
	City    Text      // the city's name, as in "Beijing"
	Hotline string    // the number to call, as in "12333"
	Demo    bool      // shows what only a demonstration may show
	Notice  Said      // what has just been done, said after a redirect
	claim   Said      // what an address wants said of a card; see Vouch
	Errors  []Problem // what is wrong with the form, in the order of its fields
}

// Portal names one of the four doors for people.
type Portal string

// The portals. Staff portals have the dark bar, 15 px and htmx; the citizen's are phone-first.
const (
	PortalCitizen  Portal = "citizen"
	PortalEmployer Portal = "employer"
	PortalCounter  Portal = "counter"
	PortalCentre   Portal = "centre"
)

// Home is the portal's first address.
func (p Portal) Home() string {
	if p == PortalCitizen {
		return "/"
	}
	return "/" + string(p) + "/"
}

// Brand is the wording key of the portal's name.
func (p Page) Brand() string { return "web.brand." + string(p.Portal) }

// Staff says whether people work here all day: work density, dark bar, htmx.
func (p Page) Staff() bool { return p.Portal != PortalCitizen }

// Signed says whether somebody is signed in.
func (p Page) Signed() bool { return p.Visitor.Role != "" }

// English says whether the page speaks English.
func (p Page) English() bool { return p.Lang == wording.EN }

// Switch is this page's address with one preference changed.
func (p Page) Switch(name, value string) string {
	q, err := url.ParseQuery(p.Query)
	if err != nil {
		q = url.Values{}
	}
	q.Set(name, value)
	return "?" + q.Encode()
}

// Num groups thousands.
func (p Page) Num(n int) string { return Num(n) }

// When is a moment in the words of a table cell: date and time, or a dash when it has not come.
func (p Page) When(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return p.DateTime(t)
}

// DaysTo counts calendar days from today to t; negative when t is past.
func (p Page) DaysTo(t time.Time) int {
	y, m, d := p.Now.Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, p.Now.Location())
	y, m, d = t.In(p.Now.Location()).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, p.Now.Location()).Sub(today).Hours() / 24)
}

// Page starts a page's data from the request; title is a wording key with its arguments.
func (h *Hall) Page(r *http.Request, portal Portal, title string, args ...any) Page {
	p := Page{
		Prefs: PrefsOf(r), Path: r.URL.Path, Query: r.URL.RawQuery, Portal: portal,
		Visitor: VisitorOf(r.Context()), Now: h.Clock.Now(), Once: newToken(),
		City: h.City, Hotline: h.Hotline, Demo: h.Demo,
	}
	p.Lang = p.Prefs.Language
	p.Title = p.Say(Say(title, args...))
	if p.Notice = noticeOf(r); strings.HasPrefix(p.Notice.Key, "said.card.") {
		p.claim, p.Notice = p.Notice, Said{}
	}
	return p
}
