package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kawu/kit/clock"
	"kawu/kit/fault"
)

var noon = time.Date(2024, 3, 5, 12, 0, 0, 0, clock.Zone)

func hall(log io.Writer) *Hall {
	return &Hall{Clock: clock.At(noon), Log: slog.New(slog.NewTextHandler(log, nil)), City: Text{"北京市", "Beijing"}, Hotline: "12333"}
}

// serve sends one request through everything that Wrap puts around a handler.
func serve(h *Hall, r *http.Request, f Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.Wrap(h.Handle(f)).ServeHTTP(w, r)
	return w
}

func post(path string, form url.Values) *http.Request {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

// Each kind of fault has its status, a page in both languages with a number that stands in the log,
// and nothing of the error's own text.
func TestFaultsBecomePages(t *testing.T) {
	for kind, status := range map[fault.Kind]int{fault.Invalid: 422, fault.Refused: 409, fault.NotFound: 404, fault.Conflict: 409, fault.Forbidden: 403,
		fault.Unsigned: 401, fault.TooMany: 429, fault.Outside: 502, fault.Internal: 500} {
		for lang, do := range map[string]string{"zh-CN": "回首页", "en": "Go to the first page"} {
			var log bytes.Buffer
			r := httptest.NewRequest("GET", "/progress", nil)
			r.Header.Set("Cookie", "lang="+lang)
			w := serve(hall(&log), r, func(http.ResponseWriter, *http.Request) error {
				return fault.New(kind, "test.code", "said by the fault").Because(errors.New("connection to 10.0.0.7 refused"))
			})
			page := w.Body.String()
			if w.Code != status || !strings.Contains(page, do) || strings.Contains(page, "10.0.0.7") || strings.Contains(page, "⟦") {
				t.Errorf("%s %s: %d %s", kind, lang, w.Code, page)
			}
			if kind == fault.Internal == strings.Contains(page, "said by the fault") {
				t.Errorf("%s: what the fault says is shown for all but internal ones", kind)
			}
			number := between(log.String(), "number=", " ")
			if number == "" || !strings.Contains(page, number) || !strings.Contains(log.String(), "10.0.0.7") {
				t.Errorf("%s: the page does not quote the log's number %q", kind, number)
			}
		}
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func TestUnknownErrorsAndPanicsSayNothing(t *testing.T) {
	for name, f := range map[string]Handler{
		"error": func(http.ResponseWriter, *http.Request) error { return errors.New("table persons is gone") },
		"panic": func(http.ResponseWriter, *http.Request) error { panic("table persons is gone") },
	} {
		w := serve(hall(io.Discard), httptest.NewRequest("GET", "/", nil), f)
		if w.Code != 500 || strings.Contains(w.Body.String(), "persons") || !strings.Contains(w.Body.String(), "fault.internal") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// htmx swaps an error into the page, so it gets a piece, not a page in a page.
func TestHtmxGetsAPiece(t *testing.T) {
	r := httptest.NewRequest("POST", "/employer/batches", nil)
	r.Header.Set("HX-Request", "true")
	w := serve(hall(io.Discard), r, func(http.ResponseWriter, *http.Request) error { return ErrWrongDoor })
	if w.Code != 403 || strings.Contains(w.Body.String(), "<html") || !strings.Contains(w.Body.String(), `role="alert"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestFormsOfOtherSitesAreStopped(t *testing.T) {
	r := post("/activate", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	done := false
	w := serve(hall(io.Discard), r, func(http.ResponseWriter, *http.Request) error { done = true; return nil })
	if done || w.Code != 403 || !strings.Contains(w.Body.String(), "web.elsewhere") {
		t.Errorf("done %v: %d", done, w.Code)
	}
}

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	w := serve(hall(io.Discard), httptest.NewRequest("GET", "/", nil), func(http.ResponseWriter, *http.Request) error { return ErrNoPage })
	csp := w.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'self'", "style-src 'self';", "frame-ancestors 'none'", "form-action 'self'"} {
		if !strings.Contains(csp, want) {
			t.Errorf("policy lacks %s: %s", want, csp)
		}
	}
	if strings.Contains(csp, "unsafe-eval") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Error(csp)
	}
}

// The log says what was asked for and how it ended, and nothing of whom.
func TestTheLogKnowsNobody(t *testing.T) {
	var log bytes.Buffer
	r := post("/centre/search/110102199203054510?q=138****2209", url.Values{"find": {"林知遥"}})
	r = r.WithContext(With(r.Context(), Visitor{Role: Citizen, Name: "林知遥", Masked: "110***********2046"}))
	r.Header.Set("Cookie", "session=secret")
	serve(hall(&log), r, func(w http.ResponseWriter, r *http.Request) error { return nil })
	for _, never := range []string{"110102", "138", "林", "secret", "2046", "192.0.2.1"} {
		if strings.Contains(log.String(), never) {
			t.Errorf("the log says %q: %s", never, &log)
		}
	}
	if !strings.Contains(log.String(), "status=200") || !strings.Contains(log.String(), "/centre/search/#") {
		t.Error(log.String())
	}
}

func TestOnce(t *testing.T) {
	h := hall(io.Discard)
	var mu sync.Mutex
	done := 0
	press := func(path, token, session string, fail error) *httptest.ResponseRecorder {
		r := post(path, url.Values{"once": {token}})
		r = r.WithContext(With(r.Context(), Visitor{Role: Citizen, Session: session}))
		return serve(h, r, func(w http.ResponseWriter, r *http.Request) error {
			return h.Once(w, r, func() (string, error) {
				mu.Lock()
				defer mu.Unlock()
				if fail != nil {
					return "", fail
				}
				done++
				return fmt.Sprintf("/done/%d", done), nil
			})
		})
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if w := press("/confirm/data", "a", "s1", nil); w.Code != 303 || w.Header().Get("Location") != "/done/1" {
				t.Errorf("pressed twice: %d %s", w.Code, w.Header().Get("Location"))
			}
		})
	}
	all.Wait()
	if press("/confirm/data", "b", "s1", ErrNoPage).Code != 404 || press("/confirm/data", "b", "s1", nil).Header().Get("Location") != "/done/2" {
		t.Error("after a refusal the same form may be sent again")
	}
	if press("/confirm/data", "a", "s2", nil).Header().Get("Location") != "/done/3" || press("/confirm/decline", "a", "s1", nil).Header().Get("Location") != "/done/4" {
		t.Error("another session or another form is another matter")
	}
	first := press("/activate", "", "s1", nil).Header().Get("Location")
	if press("/activate", "", "s1", nil).Header().Get("Location") == first {
		t.Error("forms without a token are not the same form")
	}
	for i := range 2 * onceSize {
		press("/fill", fmt.Sprint(i), "s", nil)
	}
	if len(h.once.forms) > onceSize {
		t.Errorf("remembers %d forms", len(h.once.forms))
	}
}

func TestRequire(t *testing.T) {
	h := hall(io.Discard)
	ask := func(method, path string, v Visitor, hx bool) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, nil)
		if hx {
			r.Header.Set("HX-Request", "true")
		}
		w := httptest.NewRecorder()
		inside := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "inside") })
		h.Require(Employer, inside).ServeHTTP(w, r.WithContext(With(r.Context(), v)))
		return w
	}
	if w := ask("GET", "/employer/x", Visitor{Role: Employer}, false); w.Body.String() != "inside" || w.Header().Get("Cache-Control") != "no-store" {
		t.Error("the right role is let in, and its page is not stored")
	}
	if w := ask("GET", "/employer/x", Visitor{Role: Counter}, false); w.Code != 403 || strings.Contains(w.Body.String(), "inside") {
		t.Errorf("a clerk is not an employer: %d", w.Code)
	}
	if w := ask("GET", "/employer/x?tab=bad", Visitor{}, false); w.Code != 303 || w.Header().Get("Location") != "/employer/sign-in?next=%2Femployer%2Fx%3Ftab%3Dbad" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	if w := ask("POST", "/employer/x", Visitor{}, true); w.Header().Get("HX-Redirect") != "/employer/sign-in" || w.Code != 401 {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// Whatever stands in ?next=, a person stays in the portal.
func TestNextNeverLeaves(t *testing.T) {
	for next, want := range map[string]string{"/employer/batches/1?tab=bad": "/employer/batches/1?tab=bad", "": "/employer/", "https://x.example/": "/employer/",
		"//x.example": "/employer/", "/centre/": "/employer/", "/employer/\r\nSet-Cookie: a=b": "/employer/"} {
		r := httptest.NewRequest("GET", "/employer/sign-in?next="+url.QueryEscape(next), nil)
		if got := Next(r, PortalEmployer); got != want {
			t.Errorf("%q leads to %q", next, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		next := rapid.OneOf(rapid.String(), rapid.StringMatching(`[/\\]{1,3}[a-z.:@/\\]{0,12}`)).Draw(t, "next")
		got := Next(httptest.NewRequest("GET", "/sign-in?next="+url.QueryEscape(next), nil), PortalCitizen)
		base, _ := url.Parse("https://cards.example/sign-in")
		u, err := base.Parse(got)
		if err != nil || u.Host != "cards.example" || u.Scheme != "https" {
			t.Fatalf("%q leads to %q", next, got)
		}
	})
}

func TestPreferences(t *testing.T) {
	h := hall(io.Discard)
	r := httptest.NewRequest("GET", "/progress?no=7&lang=en&care=26&contrast=high&kiosk=9", nil)
	w := serve(h, r, func(http.ResponseWriter, *http.Request) error { return nil })
	if w.Code != 303 || w.Header().Get("Location") != "/progress?kiosk=9&no=7" {
		t.Errorf("%d %s", w.Code, w.Header().Get("Location"))
	}
	back := httptest.NewRequest("GET", "/progress", nil)
	for _, c := range w.Result().Cookies() {
		back.AddCookie(c)
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("%v", c)
		}
	}
	if p := PrefsOf(back); p.Language != "en" || p.Care != "26" || !p.Contrast || p.Kiosk {
		t.Errorf("%+v", p)
	}
	odd := httptest.NewRequest("GET", "/", nil)
	odd.Header.Set("Cookie", `care="><script>; lang=fr; contrast=1`)
	odd.Header.Set("Accept-Language", "en-GB")
	if p := PrefsOf(odd); p.Language != "en" || p.Care != "" || p.Contrast {
		t.Errorf("odd cookies: %+v", p)
	}
	if got := (Page{Query: "tab=bad&page=2"}).Switch("lang", "en"); got != "?lang=en&page=2&tab=bad" {
		t.Error(got)
	}
}

func TestNoticesAreOursOnly(t *testing.T) {
	for address, want := range map[string]string{"/?said=web.signout": "", "/?said=%3Cb%3E": "", "/?said=said.no_such": ""} {
		if got := noticeOf(httptest.NewRequest("GET", address, nil)).Key; got != want {
			t.Errorf("%s says %q", address, got)
		}
	}
	if got := Saying("/a?b=1", "said.x"); got != "/a?b=1&said=said.x" {
		t.Error(got)
	}
}

func TestStaticFiles(t *testing.T) {
	get := func(path, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", accept)
		w := httptest.NewRecorder()
		Static().ServeHTTP(w, r)
		return w
	}
	for _, name := range []string{"app.css", "app.js", "htmx.min.js", "icons.svg", "guilloche.svg"} {
		plain, packed := get(Asset(name), ""), get(Asset(name), "br, gzip")
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatal(name, err)
		}
		same, err := io.ReadAll(z)
		if err != nil || !bytes.Equal(same, plain.Body.Bytes()) || plain.Body.Len() == 0 {
			t.Errorf("%s: packed is not plain: %v", name, err)
		}
		if !strings.Contains(plain.Header().Get("Cache-Control"), "immutable") || plain.Header().Get("Content-Type") == "" {
			t.Errorf("%s: %v", name, plain.Header())
		}
	}
	if get("/static/app.css", "").Code != 404 {
		t.Error("a name without digest would be kept for ever")
	}
	css := get(Asset("app.css"), "").Body.String()
	if strings.Contains(css, "@import") || !strings.Contains(css, strings.TrimPrefix(Asset("guilloche.svg"), "/static/")) {
		t.Error("the style sheet imports, or asks for a file that is not served")
	}
}
