package terminal_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"kawu/channel/terminal"
	"kawu/channel/web"
	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/reader"
	domain "kawu/domain/terminal"
	"kawu/flow/readcard"
	"kawu/flow/readcard/readtest"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
)

var ctx = context.Background()

// each runs a test against the interface on a port, as the program serves it, on both engines.
func each(t *testing.T, n int, run func(t *testing.T, s *readtest.Stand, r reader.Remote, log *bytes.Buffer)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := readtest.New(t, d, n)
		var log bytes.Buffer
		server := httptest.NewServer(handler(s, &log))
		defer server.Close()
		run(t, s, reader.Remote{URL: server.URL, Terminal: s.Caller.Number, Token: s.Caller.Token}, &log)
	}, readtest.Cycles...)
}

func handler(s *readtest.Stand, log io.Writer) http.Handler {
	hall := &web.Hall{Clock: s.Clock, Log: slog.New(slog.NewJSONHandler(log, nil))}
	mux := http.NewServeMux()
	(&terminal.Portal{Hall: hall, Read: s.Flow}).Routes(mux)
	return hall.Wrap(mux)
}

// The whole way: a card in a reader, a line, the back office, the official line of fields.
func TestReadingOverTheLine(t *testing.T) {
	each(t, 2, func(t *testing.T, s *readtest.Stand, r reader.Remote, log *bytes.Buffer) {
		c := s.Chips[0]
		for _, side := range []cos.Interface{cos.Contact, cos.Contactless} {
			d, err := reader.Read(ctx, c, c.Power(side), r)
			if err != nil {
				t.Fatal(err)
			}
			want := "510100|510100201911010012|BA0000001|" + s.Cards[0].Chip + "|龴龵𠮷·小明|" + strings.ToLower(s.Cards[0].ATR) + "|3.00|20240115|20340114|510100000007|01|"
			if got := d.Line(r.Terminal, "01"); got != want {
				t.Errorf("%s\nwant %s", got, want)
			}
			if err := (reader.Acceptance{Cities: []string{"51"}, Versions: []string{"3.00"}}).Check(d, s.Clock.Now()); err != nil {
				t.Error(err)
			}
		}
		s.Move(t, "report", s.Cards[1].ID)
		if _, err := reader.Read(ctx, s.Chips[1], s.Chips[1].Power(cos.Contact), r); !errors.Is(err, reader.Listed) {
			t.Error(err)
		}
		for _, secret := range []string{s.Caller.Token, "小明", "20191101"} {
			if strings.Contains(log.String(), secret) {
				t.Error("the log holds", secret)
			}
		}
	})
}

// tampering changes what comes back on the line.
type tampering struct{ reader.Remote }

func (x tampering) Answer(ctx context.Context, set []reader.Inquiry) ([]reader.Answer, error) {
	a, err := x.Remote.Answer(ctx, set)
	a[0].Proof[0] ^= 1
	return a, err
}

func TestEnemies(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand, r reader.Remote, _ *bytes.Buffer) {
		c := s.Chips[0]
		if _, err := reader.Read(ctx, c, c.Power(cos.Contact), tampering{r}); !errors.Is(err, apdu.Refused) {
			t.Error("a tampered answer:", err)
		}
		wrong := r
		wrong.Token = "x"
		if _, err := reader.Read(ctx, c, c.Power(cos.Contact), wrong); !errors.Is(err, readcard.ErrCaller) {
			t.Error("a wrong token:", err)
		}
		wrong = r
		wrong.Terminal = "510100000008"
		if _, err := reader.Read(ctx, c, c.Power(cos.Contact), wrong); !errors.Is(err, readcard.ErrCaller) {
			t.Error("an unknown terminal:", err)
		}
		if err := s.Flow.Move(ctx, s.Flow.Shell(), domain.ReportLost, []string{readtest.Number}); err != nil {
			t.Fatal(err)
		}
		if _, err := reader.Read(ctx, c, c.Power(cos.Contact), r); !errors.Is(err, readcard.ErrLost) {
			t.Error("a lost terminal:", err)
		}
		var l reader.InvalidList
		if err := r.Update(ctx, &l); !errors.Is(err, readcard.ErrLost) || l.Number() != 0 {
			t.Error("a lost terminal gets the list:", err)
		}
	})
}

func TestListOverTheLine(t *testing.T) {
	each(t, 3, func(t *testing.T, s *readtest.Stand, r reader.Remote, _ *bytes.Buffer) {
		var l reader.InvalidList
		update := func(want uint64) {
			t.Helper()
			if err := r.Update(ctx, &l); err != nil || l.Number() != want {
				t.Fatal(l.Number(), err)
			}
		}
		update(1)
		update(1)
		s.Move(t, "report", s.Cards[0].ID)
		update(2)
		s.Move(t, "release", s.Cards[0].ID)
		s.Move(t, "void", s.Cards[1].ID)
		update(3)
		for i, want := range []string{"", "void", ""} {
			if why, _ := l.Find(s.Cards[i].Chip); why != want {
				t.Errorf("card %d: %q", i, why)
			}
		}
		if err := l.Load(strings.NewReader(reader.Full(99) + reader.End(0))); err != nil { // a terminal from elsewhere
			t.Fatal(err)
		}
		update(3)
		if why, _ := l.Find(s.Cards[1].Chip); why != "void" {
			t.Error("a list from elsewhere stays:", why)
		}
	})
}

func TestStrangeQuestions(t *testing.T) {
	each(t, 1, func(t *testing.T, s *readtest.Stand, r reader.Remote, _ *bytes.Buffer) {
		for _, x := range []struct {
			method, path, body string
			status             int
			code               string
		}{
			{"POST", "/terminal/readings", "", 422, "terminal.bad_question"}, {"POST", "/terminal/readings", "[]", 422, "terminal.bad_question"},
			{"POST", "/terminal/readings", `{"inquiries":[],"name":"x"}`, 422, "terminal.bad_question"}, {"POST", "/terminal/readings", `{"inquiries":[]} {}`, 422, "terminal.bad_question"},
			{"POST", "/terminal/readings", `{"inquiries":[]}`, 422, "readcard.set_size"}, {"POST", "/terminal/readings", `{"inquiries":[{"reset":"00"}]}`, 422, "reader.bad_inquiry"},
			{"POST", "/terminal/readings", `{"inquiries":[` + strings.Repeat(" ", 300<<10) + `]}`, 422, "terminal.bad_question"},
			{"GET", "/terminal/invalid?since=x", "", 422, "terminal.bad_since"}, {"GET", "/terminal/invalid?since=0", "", 422, "terminal.bad_since"},
			{"GET", "/terminal/invalid?since=7", "", 409, "readcard.list_ahead"},
		} {
			req, _ := http.NewRequest(x.method, r.URL+x.path, strings.NewReader(x.body))
			req.SetBasicAuth(r.Terminal, r.Token)
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			b, _ := io.ReadAll(resp.Body)
			resp.Body.Close()
			if resp.StatusCode != x.status || !strings.Contains(string(b), `"`+x.code+`"`) || resp.Header.Get("Content-Type") != "application/json; charset=utf-8" {
				t.Errorf("%s %.40s: %d %s", x.path, x.body, resp.StatusCode, b)
			}
		}
	})
}

func TestTooOftenSaysWhenAgain(t *testing.T) {
	each(t, 0, func(t *testing.T, s *readtest.Stand, r reader.Remote, _ *bytes.Buffer) {
		set := make([]reader.Inquiry, readcard.Most)
		for i := range set {
			set[i].Historical = make([]byte, 13)
		}
		for range readcard.PerMinute / readcard.Most {
			if _, err := r.Answer(ctx, set); err != nil {
				t.Fatal(err)
			}
		}
		body, err := json.Marshal(reader.Readings{Inquiries: set[:1]})
		if err != nil {
			t.Fatal(err)
		}
		req, _ := http.NewRequest("POST", r.URL+"/terminal/readings", bytes.NewReader(body))
		req.SetBasicAuth(r.Terminal, r.Token)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusTooManyRequests || resp.Header.Get("Retry-After") != "60" {
			t.Error(resp.Status, resp.Header)
		}
	})
}
