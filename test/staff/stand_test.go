// Package staff_test works at the counters and in the card centre of a real house with simulators:
// every page is asked for over HTTP, as a clerk, a bank, an officer and an auditor.
package staff_test

import (
	"context"
	_ "embed"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"kawu/app"
	"kawu/app/demo"
	"kawu/channel/centre"
	"kawu/channel/counter"
	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/handover"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
)

// stand is a house in the middle of the journey with its staff portals.
type stand struct {
	t       *testing.T
	house   *app.House
	clock   *clock.Manual
	world   *demo.World
	handler http.Handler
}

var ctx = context.Background()

// scanned lists the statements of pages that may read a whole table, each with its reason.
//
//go:embed testdata/scans.txt
var scanned string

// each runs a test on both engines; on SQLite, which is asked how, no page reads a table that grows
// with the city from end to end.
func each(t *testing.T, run func(t *testing.T, s *stand)) {
	for _, e := range dbtest.Engines {
		t.Run(string(e), func(t *testing.T) {
			s := open(t, e)
			if e == db.SQLite {
				plans := dbtest.Watch(s.house.Store)
				defer plans.Some(t, scanned)
			}
			run(t, s)
		})
	}
}

// people is enough for each of the three ways of delivery and for every fault the simulators make.
const people = 48

// open founds a house and plays the journey until the outlets have lists to sign for.
func open(t *testing.T, engine db.Engine) *stand {
	t.Helper()
	data := t.TempDir()
	partners, addresses, err := app.StartPartners(data, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, p := range partners {
			_ = p.Stop()
		}
	})
	now := clock.At(demo.Start)
	h, err := app.Open(ctx, app.Config{Data: data, DB: dbtest.Made(t, engine), City: "beijing", Clock: now, Partners: addresses})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	s := &stand{t: t, house: h, clock: now, world: demo.Make(h.Here, people)}
	d := &demo.Demo{House: h, Clock: now, World: s.world}
	for _, step := range []func(context.Context) error{d.Settle, h.Start, d.Apply} {
		if err := step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	s.handler = s.portals()
	s.until("lists for an outlet", func() bool { return len(s.lists(s.clerk())) > 0 })
	return s
}

// portals are the two staff portals; who asks stands in a header instead of a session.
func (s *stand) portals() http.Handler {
	h, f := s.house, s.house.Flows
	hall := &web.Hall{Clock: s.clock, Log: slog.New(slog.DiscardHandler), City: web.Text{ZH: "北京市", EN: "Beijing"}, Hotline: "12333"}
	mux := http.NewServeMux()
	mux.Handle("/static/", web.Static())
	counter.New(counter.Deps{Hall: hall, Store: h.Store, City: h.Here, HandOut: f.HandOut, Handover: f.Handover, Balance: f.Balance, Settle: f.Settle, Lost: f.Loss, Cancel: f.Cancel}).Routes(mux)
	centre.New(centre.Deps{Hall: hall, Store: h.Store, City: h.Here, Key: h.Key.Public(), Handover: f.Handover, Accounts: f.Accounts,
		Compare: f.Compare, Make: f.Make, Post: f.Post, Settle: f.Settle, Oversee: f.Oversee, Publish: f.Publish, Read: f.Read, Report: f.Loss, Cancel: f.Cancel}).Routes(mux)
	mux.Handle("/", hall.NoPage())
	return hall.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := s.actor(r.Header.Get("X-Who"))
		v := web.Visitor{Role: web.Counter, ID: who.ID, Name: "王雅菲", Office: web.Text{ZH: "西城支行", EN: "Xicheng branch"}, Session: who.ID}
		if who.Role == desk.Centre || who.Role == desk.Auditor {
			v.Role = web.Centre
		}
		mux.ServeHTTP(w, r.WithContext(web.As(r.Context(), who, v)))
	}))
}

func (s *stand) clerk() desk.Actor {
	p := s.world.Plans[s.world.Employers[0].ID]
	return desk.Actor{Role: desk.Clerk, ID: "stf_clerk", City: "beijing", Org: string(p.Bank), Place: string(p.Outlet), Channel: "web"}
}

func (s *stand) banker(i int) desk.Actor {
	p := s.world.Plans[s.world.Employers[i].ID]
	return desk.Actor{Role: desk.Banker, ID: "stf_bank", City: "beijing", Org: string(p.Bank), Channel: "web"}
}

func (s *stand) actor(name string) desk.Actor {
	centre := desk.Actor{Role: desk.Centre, ID: "stf_centre", City: "beijing", Org: "centre", Channel: "web"}
	switch name {
	case "clerk":
		return s.clerk()
	case "other": // a clerk of another outlet of the same bank
		a := s.clerk()
		a.ID, a.Place = "stf_other", "out_"+a.Org+"_110107"
		return a
	case "banker":
		return s.banker(2)
	case "second": // another person in the centre
		centre.ID = "stf_centre2"
	case "auditor":
		centre.Role, centre.ID = desk.Auditor, "stf_auditor"
	}
	return centre
}

func (s *stand) lists(who desk.Actor) []custody.Handover {
	s.t.Helper()
	all, err := custody.Open(ctx, s.house.Store, ref.HeldByOutlet, who.Place)
	if err != nil {
		s.t.Fatal(err)
	}
	given := all[:0]
	for _, l := range all {
		if l.State == "given" {
			given = append(given, l)
		}
	}
	return given
}

// until works off duties, with the centre and the banks signing what waits for them.
func (s *stand) until(what string, done func() bool) {
	s.t.Helper()
	for range 3000 {
		if _, err := s.house.Runner.RunDue(ctx); err != nil {
			s.t.Fatal(err)
		}
		s.sign(s.actor("centre"), ref.HeldByCentre, "centre")
		for i := range 3 {
			b := s.banker(i)
			s.sign(b, ref.HeldByBank, b.Org)
		}
		if done() {
			return
		}
		next, ok, err := s.house.Runner.Next(ctx)
		if err != nil || !ok {
			s.t.Fatal("nothing is due any more before ", what, err)
		}
		s.clock.To(next)
	}
	s.t.Fatal("never came to ", what)
}

func (s *stand) sign(who desk.Actor, kind ref.HolderKind, name string) {
	s.t.Helper()
	open, err := custody.Open(ctx, s.house.Store, kind, name)
	for _, l := range open {
		if err == nil && l.State == "drawn" {
			err = s.house.Flows.Handover.Give(ctx, who, l.ID)
		} else if err == nil {
			err = s.house.Flows.Handover.Take(ctx, who, l.ID, handover.Found{})
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// browser keeps cookies for one person.
type browser struct {
	s       *stand
	who     string
	cookies map[string]string
}

func (s *stand) as(who string) *browser { return &browser{s, who, map[string]string{}} }

// answer is a page as a person gets it.
type answer struct {
	code int
	to   string // where a redirect leads
	body string
}

func (b *browser) send(method, path string, form url.Values) answer {
	b.s.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.Header.Set("X-Who", b.who)
	for k, v := range b.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	w := httptest.NewRecorder()
	b.s.handler.ServeHTTP(w, r)
	res := w.Result()
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c.Value
	}
	body, _ := io.ReadAll(res.Body)
	a := answer{res.StatusCode, res.Header.Get("Location"), string(body)}
	if strings.Contains(a.body, "⟦") {
		b.s.t.Errorf("%s %s: no wording for %v", method, path, unworded.FindAllString(a.body, -1))
	}
	return a
}

var unworded = regexp.MustCompile(`⟦[^⟧]*⟧`)

func (b *browser) get(path string) answer { b.s.t.Helper(); return b.send(http.MethodGet, path, nil) }

// post sends a form; pairs are name, value.
func (b *browser) post(path string, pairs ...string) answer {
	b.s.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.send(http.MethodPost, path, form)
}

func (a answer) want(t *testing.T, code int, texts ...string) answer {
	t.Helper()
	if a.code != code {
		t.Fatalf("status %d, want %d: %.600s", a.code, code, text(a.body))
	}
	for _, x := range texts {
		if !strings.Contains(a.body, x) {
			t.Errorf("the page does not say %q: %.900s", x, text(a.body))
		}
	}
	return a
}

var tags = regexp.MustCompile(`(?s)<style.*?</style>|<[^>]*>`)

func text(body string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

// short is the code on a card's envelope.
func short(id ref.Card) string { return strings.ToUpper(string(id[len(id)-8:])) }

// holders reads who has a card.
func (s *stand) holder(id ref.Card) ref.Holder {
	s.t.Helper()
	now, err := custody.Now(ctx, s.house.Store, []ref.Card{id})
	if err != nil {
		s.t.Fatal(err)
	}
	return now[id].Holder
}

func (s *stand) card(id ref.Card) (card.Card, application.Application) {
	s.t.Helper()
	c, err := card.Get(ctx, s.house.Store, id)
	if err != nil {
		s.t.Fatal(err)
	}
	a, err := application.Get(ctx, s.house.Store, c.Application)
	if err != nil {
		s.t.Fatal(err)
	}
	return c, a
}

// open is the open trouble of a kind about a subject; zero when there is none.
func (s *stand) open(k trouble.Kind, subject string) trouble.Trouble {
	s.t.Helper()
	all, err := trouble.About(ctx, s.house.Store, subject)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, x := range all {
		if x.Kind == k && x.State == "open" {
			return x
		}
	}
	return trouble.Trouble{}
}
