package wire_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/partner/wire"
)

var noon = time.Date(2024, 2, 1, 12, 0, 0, 0, clock.Zone)

func keys(t *testing.T, dir, party string) *wire.Keyring {
	t.Helper()
	if err := wire.Setup(dir); err != nil {
		t.Fatal(err)
	}
	r, err := wire.Load(dir, party)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func seal(t *testing.T, r *wire.Keyring, h wire.Header, body string) *wire.Envelope {
	t.Helper()
	e, err := r.Seal(h, []byte(body))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEnvelope(t *testing.T) {
	dir := t.TempDir()
	us, bank, factory := keys(t, dir, wire.Self), keys(t, dir, "bank"), keys(t, dir, "factory")
	e := seal(t, us, wire.Header{To: "bank", Kind: "open", Key: "k", SentAt: noon}, "一个秘密")
	text, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "秘密") || e.From != wire.Self {
		t.Fatal("the body is readable or the sender is missing")
	}
	var back wire.Envelope
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if body, err := bank.Open(&back); err != nil || string(body) != "一个秘密" {
		t.Fatal(err)
	}
	if body, err := us.Reopen(&back); err != nil || string(body) != "一个秘密" {
		t.Fatal("the sender cannot read its own copy", err)
	}
	if _, err := factory.Open(&back); !errors.Is(err, wire.BadSignature) {
		t.Fatal("somebody else can open it", err)
	}
	if _, err := factory.Reopen(&back); !errors.Is(err, wire.BadSignature) {
		t.Fatal("somebody else can read the copy", err)
	}
	if other := seal(t, us, back.Header, "一个秘密"); other.Digest() == back.Digest() {
		t.Fatal("two envelopes have one digest")
	}
}

// TestTampering changes every field in turn. An envelope whose parts come from two genuine ones is
// refused as well.
func TestTampering(t *testing.T) {
	dir := t.TempDir()
	us, bank := keys(t, dir, wire.Self), keys(t, dir, "bank")
	header := wire.Header{To: "bank", Kind: "open", Key: "k", Number: "1", Answers: "d", SentAt: noon}
	other := seal(t, us, header, "b")
	flip := func(b []byte) []byte { c := append([]byte(nil), b...); c[len(c)/2] ^= 1; return c }
	for name, change := range map[string]func(*wire.Envelope){
		"from a known party":    func(e *wire.Envelope) { e.From = "factory" },
		"from nobody":           func(e *wire.Envelope) { e.From = "mallory" },
		"to":                    func(e *wire.Envelope) { e.To = "factory" },
		"kind":                  func(e *wire.Envelope) { e.Kind = "close" },
		"key":                   func(e *wire.Envelope) { e.Key = "k2" },
		"no key":                func(e *wire.Envelope) { e.Key = "" },
		"number":                func(e *wire.Envelope) { e.Number = "2" },
		"answers":               func(e *wire.Envelope) { e.Answers = "e" },
		"sent at":               func(e *wire.Envelope) { e.SentAt = e.SentAt.Add(time.Nanosecond) },
		"lock":                  func(e *wire.Envelope) { e.Lock = flip(e.Lock) },
		"copy":                  func(e *wire.Envelope) { e.Copy = flip(e.Copy) },
		"body":                  func(e *wire.Envelope) { e.Body = flip(e.Body) },
		"signature":             func(e *wire.Envelope) { e.Signature = flip(e.Signature) },
		"no signature":          func(e *wire.Envelope) { e.Signature = nil },
		"another body":          func(e *wire.Envelope) { e.Body = other.Body },
		"another lock and body": func(e *wire.Envelope) { e.Lock, e.Body = other.Lock, other.Body },
		"another signature":     func(e *wire.Envelope) { e.Signature = other.Signature },
		"a byte moved between fields": func(e *wire.Envelope) {
			e.Kind, e.Key = e.Kind+e.Key[:1], e.Key[1:]
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := *seal(t, us, header, "a")
			if _, err := bank.Open(&e); err != nil {
				t.Fatal("the genuine one is refused", err)
			}
			change(&e)
			if _, err := bank.Open(&e); !errors.Is(err, wire.BadSignature) && !errors.Is(err, wire.UnknownParty) {
				t.Fatal(err)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	if err := wire.Setup(dir); err != nil {
		f.Fatal(err)
	}
	us, err := wire.Load(dir, wire.Self)
	if err != nil {
		f.Fatal(err)
	}
	bank, err := wire.Load(dir, "bank")
	if err != nil {
		f.Fatal(err)
	}
	e, err := us.Seal(wire.Header{To: "bank", Kind: "open", Key: "k", SentAt: noon}, []byte("{}"))
	if err != nil {
		f.Fatal(err)
	}
	text, err := json.Marshal(e)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"from":"kawu","to":"bank"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var got wire.Envelope
		if json.Unmarshal(b, &got) != nil {
			return
		}
		if _, err := bank.Open(&got); err == nil && got.Digest() != e.Digest() {
			t.Fatal("an envelope that nobody sealed was opened")
		}
	})
}
