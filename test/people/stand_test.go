// Package people_test is an employer's agent and employees in front of a real house with simulators:
// every page over HTTP, through the real door, with the cookies a browser would keep.
package people_test

import (
	"bytes"
	"context"
	_ "embed"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kawu/app"
	"kawu/app/demo"
	"kawu/domain/application"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
)

var ctx = context.Background()

// scanned lists the statements of pages that may read a whole table, each with its reason.
//
//go:embed testdata/scans.txt
var scanned string

// stand is a house on the day the pilot begins, with its four portals.
type stand struct {
	t       *testing.T
	house   *app.House
	clock   *clock.Manual
	demo    *demo.Demo
	handler http.Handler
	roster  []byte // of the employer whose agent is agent5, with the faults people make
}

func open(t *testing.T) *stand {
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
	h, err := app.Open(ctx, app.Config{Data: data, City: "beijing", Clock: now, Partners: addresses, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	plans := dbtest.Watch(h.Store)
	t.Cleanup(func() { plans.Some(t, scanned) }) // before the house closes
	s := &stand{t: t, house: h, clock: now, demo: &demo.Demo{House: h, Clock: now, World: demo.Make(h.Here, 6)}}
	for _, step := range []func(context.Context) error{s.demo.Settle, h.Start} {
		if err := step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	o, err := s.demo.Options(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	s.handler, _ = h.Portals(o, "http://example.com")
	if s.roster, err = os.ReadFile(filepath.Join(data, "rosters", "by-hand.xlsx")); err != nil {
		t.Fatal(err)
	}
	return s
}

// write changes what stands in the database, to begin in the middle of the journey.
func (s *stand) write(query string, args ...any) {
	s.t.Helper()
	if err := s.house.Store.Write(ctx, s.clock.Now(), func(tx *db.Tx) error { _, err := tx.Exec(ctx, query, args...); return err }); err != nil {
		s.t.Fatal(err)
	}
}

// told is the newest message to a person that a pattern finds something in.
func (s *stand) told(p person.Person, what *regexp.Regexp) string {
	s.t.Helper()
	all, err := notice.OfPerson(ctx, s.house.Store, p.ID, 20)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, m := range all {
		if found := what.FindStringSubmatch(m.Text); found != nil {
			return found[1]
		}
	}
	s.t.Fatal("no such message to this person")
	return ""
}

func (s *stand) app(p person.Person) application.Application {
	s.t.Helper()
	all, err := application.OfPerson(ctx, s.house.Store, p.ID)
	if err != nil || len(all) == 0 {
		s.t.Fatal("no application", err)
	}
	return all[0]
}

// browser keeps cookies for one person.
type browser struct {
	s       *stand
	cookies map[string]string
}

func (s *stand) browser() *browser { return &browser{s, map[string]string{}} }

// agent is a browser in which an agent has signed in.
func (s *stand) agent(login string) *browser {
	s.t.Helper()
	b := s.browser()
	b.post("/employer/sign-in", "user", login, "password", demo.Password).leads(s.t, "/employer/")
	return b
}

var code6, code8 = regexp.MustCompile(`验证码(\d{6})`), regexp.MustCompile(`确认码(\d{8})`)

// citizen is a browser in which a person has signed in.
func (s *stand) citizen(p person.Person) *browser {
	s.t.Helper()
	b := s.browser()
	b.post("/sign-in", "number", p.Number.Reveal(), "name", p.Name.Reveal()).leads(s.t, "/sign-in/code?next=%2F")
	b.post("/sign-in/code", "code", s.told(p, code6)).leads(s.t, "/sign-in/notice?next=%2F")
	b.post("/sign-in/notice", "next", "/").leads(s.t, "/")
	return b
}

// answer is a page as a person gets it.
type answer struct {
	code int
	to   string // where a redirect leads
	body string
}

func (b *browser) send(r *http.Request) answer {
	b.s.t.Helper()
	for k, v := range b.cookies {
		r.AddCookie(&http.Cookie{Name: k, Value: v})
	}
	w := httptest.NewRecorder()
	b.s.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	a := answer{w.Code, w.Header().Get("Location"), w.Body.String()}
	if m := unworded.FindAllString(a.body, -1); m != nil {
		b.s.t.Errorf("%s %s: no wording for %v", r.Method, r.URL.Path, m)
	}
	return a
}

var unworded = regexp.MustCompile(`⟦[^⟧]*⟧`)

func (b *browser) get(path string) answer {
	b.s.t.Helper()
	return b.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form; pairs are name, value.
func (b *browser) post(path string, pairs ...string) answer {
	b.s.t.Helper()
	return b.send(form(path, pairs...))
}

// swap sends a form as htmx does.
func (b *browser) swap(path string, pairs ...string) answer {
	b.s.t.Helper()
	r := form(path, pairs...)
	r.Header.Set("HX-Request", "true")
	return b.send(r)
}

func form(path string, pairs ...string) *http.Request {
	f := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(f.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// upload sends a file.
func (b *browser) upload(path, once string, file []byte) answer {
	b.s.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	_ = m.WriteField("once", once)
	if file != nil {
		w, _ := m.CreateFormFile("file", "staff.xlsx")
		_, _ = w.Write(file)
	}
	_ = m.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	return b.send(r)
}

// want checks the status and texts that the page holds.
func (a answer) want(t *testing.T, code int, texts ...string) answer {
	t.Helper()
	if a.code != code {
		t.Fatalf("status %d to %q, want %d: %.900s", a.code, a.to, code, text(a.body))
	}
	for _, x := range texts {
		if !strings.Contains(a.body, x) {
			t.Errorf("the page does not say %q: %.1500s", x, text(a.body))
		}
	}
	return a
}

// leads checks that the answer is a redirect to an address.
func (a answer) leads(t *testing.T, to string) answer {
	t.Helper()
	if a.code != http.StatusSeeOther || a.to != to {
		t.Fatalf("status %d to %q, want to be led to %q: %.600s", a.code, a.to, to, text(a.body))
	}
	return a
}

// hides checks that nobody's number or mobile stands on the page.
func (a answer) hides(t *testing.T, people []person.Person) answer {
	t.Helper()
	for _, p := range people {
		if strings.Contains(a.body, p.Number.Reveal()) || strings.Contains(a.body, p.Mobile.Reveal()) {
			t.Errorf("a number of %s stands on the page", p.ID)
		}
	}
	return a
}

var tags = regexp.MustCompile(`(?s)<[^>]*>`)

func text(body string) string {
	return strings.Join(strings.Fields(tags.ReplaceAllString(body, " ")), " ")
}

// collective reads the application that an address is about.
func (s *stand) collective(path string) application.Collective {
	s.t.Helper()
	id, _, _ := strings.Cut(strings.TrimPrefix(path, "/employer/batches/"), "/")
	c, err := application.GetCollective(ctx, s.house.Store, ref.Collective(id))
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}
