package wire_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/partner/wire"
)

// answering is a partner that does what the test says with a question.
func answering(t *testing.T, f func(w http.ResponseWriter, bank *wire.Keyring, e *wire.Envelope)) (link wire.Link, dir string) {
	t.Helper()
	dir = t.TempDir()
	us, bank := keys(t, dir, wire.Self), keys(t, dir, "bank")
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var e wire.Envelope
		text, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(text, &e); err != nil || r.URL.Path != wire.Path {
			t.Errorf("asked %s: %v", r.URL.Path, err)
		}
		f(w, bank, &e)
	}))
	t.Cleanup(s.Close)
	return wire.Link{Partner: "bank", Address: s.URL, Keys: us, Clock: clock.At(noon)}, dir
}

func reply(t *testing.T, w io.Writer, r *wire.Keyring, h wire.Header, body string) {
	t.Helper()
	h.To, h.SentAt = wire.Self, noon
	_ = json.NewEncoder(w).Encode(seal(t, r, h, body))
}

func TestFaults(t *testing.T) {
	other := keys(t, t.TempDir(), "bank") // a bank whose key nobody knows
	type serve = func(w http.ResponseWriter, bank *wire.Keyring, e *wire.Envelope)
	for name, c := range map[string]struct {
		serve serve
		want  *fault.Fault
	}{
		"trouble": {func(w http.ResponseWriter, _ *wire.Keyring, _ *wire.Envelope) { http.Error(w, "secret detail", 502) }, wire.Unavailable},
		"not found": {func(w http.ResponseWriter, _ *wire.Keyring, _ *wire.Envelope) {
			http.Error(w, "secret detail", 404)
		}, wire.Rejected},
		"redirect": {func(w http.ResponseWriter, _ *wire.Keyring, _ *wire.Envelope) {
			w.Header().Set("Location", "http://127.0.0.1:1/wire")
			w.WriteHeader(307)
		}, wire.Rejected},
		"dropped":         {func(http.ResponseWriter, *wire.Keyring, *wire.Envelope) { panic(http.ErrAbortHandler) }, wire.NoAnswer},
		"not an envelope": {func(w http.ResponseWriter, _ *wire.Keyring, _ *wire.Envelope) { _, _ = io.WriteString(w, "<html>") }, wire.Malformed},
		"half an answer": {func(w http.ResponseWriter, _ *wire.Keyring, _ *wire.Envelope) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "{")
		}, wire.NoAnswer},
		"an answer to another question": {func(w http.ResponseWriter, b *wire.Keyring, _ *wire.Envelope) {
			reply(t, w, b, wire.Header{Kind: wire.KindAnswer, Answers: "d"}, `{}`)
		}, wire.Mismatch},
		"signed by an unknown key": {func(w http.ResponseWriter, _ *wire.Keyring, e *wire.Envelope) {
			dir := t.TempDir()
			_ = keys(t, dir, wire.Self)
			reply(t, w, other, wire.Header{Kind: wire.KindAnswer, Answers: e.Digest()}, `{}`)
		}, wire.BadSignature},
		"unreadable body": {func(w http.ResponseWriter, b *wire.Keyring, e *wire.Envelope) {
			reply(t, w, b, wire.Header{Kind: wire.KindAnswer, Answers: e.Digest()}, `[1]`)
		}, wire.Malformed},
		"refusal": {func(w http.ResponseWriter, b *wire.Keyring, e *wire.Envelope) {
			reply(t, w, b, wire.Header{Kind: wire.KindRefusal, Answers: e.Digest()}, `{"reason":"bad_lines","lines":[3]}`)
		}, wire.Refused},
		"too large": {func(w http.ResponseWriter, _ *wire.Keyring, _ *wire.Envelope) {
			_, _ = io.WriteString(w, strings.Repeat("x", 5000))
		}, wire.TooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			link, _ := answering(t, c.serve)
			link.Limit = 4000
			var answer struct{}
			err := wire.NewClient(link).Ask(context.Background(), "open", "k", "q", &answer)
			if !errors.Is(err, c.want) {
				t.Fatalf("%v, want %s", err, c.want.Code)
			}
			if f := fault.Of(err); f.Args["partner"] != "bank" || strings.Contains(err.Error(), "secret") {
				t.Fatal("the fault names no partner, or more than it should:", err)
			}
		})
	}
}

// TestAnotherPartner: a genuine signature of somebody else on the ring is none of this partner's.
func TestAnotherPartner(t *testing.T) {
	var factory *wire.Keyring
	link, dir := answering(t, func(w http.ResponseWriter, _ *wire.Keyring, e *wire.Envelope) {
		reply(t, w, factory, wire.Header{Kind: wire.KindAnswer, Answers: e.Digest()}, `{}`)
	})
	factory = keys(t, dir, "factory")
	if err := wire.NewClient(link).Ask(context.Background(), "open", "k", "q", nil); !errors.Is(err, wire.BadSignature) {
		t.Fatal(err)
	}
}

func TestRefusalWording(t *testing.T) {
	link, _ := answering(t, func(w http.ResponseWriter, b *wire.Keyring, e *wire.Envelope) {
		reply(t, w, b, wire.Header{Kind: wire.KindRefusal, Answers: e.Digest()}, `{"reason":"张三 110102199001010014 is unknown"}`)
	})
	err := wire.NewClient(link).Ask(context.Background(), "open", "k", "q", nil)
	if wire.ReasonOf(err) != "unreadable" || strings.Contains(err.Error(), "张三") {
		t.Fatal("a partner's free text got through:", err)
	}
	if wire.ReasonOf(wire.NoAnswer) != "" || wire.ReasonOf(nil) != "" {
		t.Fatal("a reason where there is none")
	}
}

func TestUnreachable(t *testing.T) {
	link, _ := answering(t, nil)
	link.Address = "http://127.0.0.1:1"
	if err := wire.NewClient(link).Ask(context.Background(), "open", "k", "q", nil); !errors.Is(err, wire.Unreachable) {
		t.Fatal(err)
	}
	link.Partner = "nobody"
	if err := wire.NewClient(link).Ask(context.Background(), "open", "k", "q", nil); !errors.Is(err, wire.UnknownParty) {
		t.Fatal(err)
	}
}

func TestTooLate(t *testing.T) {
	stop := make(chan struct{})
	link, _ := answering(t, func(http.ResponseWriter, *wire.Keyring, *wire.Envelope) { <-stop })
	defer close(stop)
	ctx, cancel := context.WithCancel(context.Background())
	link.HTTP = &http.Client{Timeout: 20 * time.Millisecond}
	if err := wire.NewClient(link).Ask(ctx, "open", "k", "q", nil); !errors.Is(err, wire.NoAnswer) {
		t.Fatal(err)
	}
	cancel()
	if err := wire.NewClient(link).Ask(ctx, "open", "k", "q", nil); !errors.Is(err, context.Canceled) {
		t.Fatal("the cause is lost:", err)
	}
}

func TestOversizeQuestion(t *testing.T) {
	link, _ := answering(t, func(http.ResponseWriter, *wire.Keyring, *wire.Envelope) { t.Error("it was sent") })
	link.Limit = 4000
	if err := wire.NewClient(link).Ask(context.Background(), "open", "k", strings.Repeat("x", 5000), nil); !errors.Is(err, wire.TooLarge) {
		t.Fatal(err)
	}
}

// TestReplay: an answer, however genuine, is good for one question only; a message keeps its number.
func TestReplay(t *testing.T) {
	var first []byte
	link, _ := answering(t, func(w http.ResponseWriter, b *wire.Keyring, e *wire.Envelope) {
		if first == nil {
			var text strings.Builder
			reply(t, &text, b, wire.Header{Kind: wire.KindAnswer, Answers: e.Digest()}, `{}`)
			first = []byte(text.String())
		}
		_, _ = w.Write(first)
	})
	c := wire.NewClient(link)
	if err := c.Ask(context.Background(), "open", "k", "q", nil); err != nil {
		t.Fatal(err)
	}
	if err := c.Ask(context.Background(), "open", "k", "q", nil); !errors.Is(err, wire.Mismatch) {
		t.Fatal("an old answer was taken for a new one", err)
	}
}

// book is a recorder in memory.
type book struct {
	copies []wire.Copy
	full   error
}

func (b *book) Record(_ context.Context, c wire.Copy) error {
	if b.full != nil {
		return b.full
	}
	b.copies = append(b.copies, c)
	return nil
}

func TestRecorder(t *testing.T) {
	asked := 0
	link, _ := answering(t, func(w http.ResponseWriter, b *wire.Keyring, e *wire.Envelope) {
		asked++
		body := `{}`
		if e.Kind == wire.KindCollect {
			inner := seal(t, b, wire.Header{To: wire.Self, Kind: "returns", Number: "000000000007", SentAt: noon}, `{}`)
			text, _ := json.Marshal(wire.Collected{Messages: []*wire.Envelope{inner, inner}})
			body = string(text)
		}
		reply(t, w, b, wire.Header{Kind: wire.KindAnswer, Key: e.Key, Answers: e.Digest()}, body)
	})
	b := &book{}
	link.Recorder = b
	c := wire.NewClient(link)
	if err := c.Ask(context.Background(), "open", "k", "一个秘密", nil); err != nil {
		t.Fatal(err)
	}
	if len(b.copies) != 2 || !b.copies[0].Out || b.copies[1].Out || b.copies[1].Key != "k" || b.copies[1].Kind != "open" {
		t.Fatalf("%d copies", len(b.copies))
	}
	var e wire.Envelope
	if err := json.Unmarshal(b.copies[0].Envelope, &e); err != nil || e.Digest() != b.copies[0].Digest {
		t.Fatal(err)
	}
	if body, err := link.Keys.Reopen(&e); err != nil || string(body) != `"一个秘密"` {
		t.Fatal("the kept copy cannot be read", err)
	}
	got, err := c.Collect(context.Background(), "returns", "")
	if err != nil || len(got) != 2 || got[0].Number != "000000000007" || len(b.copies) != 4 || b.copies[2].Number != "000000000007" {
		t.Fatal(len(got), len(b.copies), err)
	}
	b.full = errors.New("no room")
	before := asked
	if err := c.Ask(context.Background(), "open", "k2", "q", nil); !errors.Is(err, b.full) || asked != before {
		t.Fatal("something went out that was not kept", err)
	}
}

func TestFollowingClock(t *testing.T) {
	var c wire.FollowingClock
	if !c.Now().IsZero() {
		t.Fatal(c.Now())
	}
	c.See(noon)
	c.See(noon.Add(-time.Hour))
	if !c.Now().Equal(noon) || c.Now().Location() != clock.Zone {
		t.Fatal(c.Now())
	}
}

func TestMatch(t *testing.T) {
	link, _ := answering(t, nil)
	c := wire.NewClient(link)
	id := func(s string) string { return s }
	for _, k := range []struct {
		asked, answers string
		ok             bool
	}{{"abc", "cab", true}, {"abc", "ab", false}, {"abc", "abb", false}, {"abc", "abd", false}, {"aab", "aab", false}, {"", "", true}} {
		got, err := wire.Match(c, strings.Split(k.asked, ""), id, strings.Split(k.answers, ""), id)
		if k.ok != (err == nil) || k.ok && strings.Join(got, "") != k.asked {
			t.Errorf("%s, %s: %v, %v", k.asked, k.answers, got, err)
		}
	}
}
