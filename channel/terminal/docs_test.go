package terminal_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/readcard/readtest"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/state"
)

var fence = regexp.MustCompile("(?s)(?:<!-- token: (\\w+) -->\n)?```http\n(.*?)```")

// documented installs what docs/terminals.md speaks of: two masters, a card that is in use and one that
// is lost since the first list was drawn.
func documented(t *testing.T, d *db.DB) *readtest.Stand {
	t.Helper()
	s := readtest.New(t, d, 0)
	irk, rk := make([]byte, 16), make([]byte, 16)
	for i := range 16 {
		irk[i], rk[i] = byte(i), byte(16+i)
	}
	s.Masters.City = "city/documented"
	for name, k := range map[string][]byte{"irk": irk, "rk": rk} {
		if err := s.Vault.Import(key.Ref{Name: s.Masters.City + "/ssse/" + name, Version: 1}, k); err != nil {
			t.Fatal(err)
		}
	}
	s.Flow.Masters = func() (perso.Masters, error) { return s.Masters, nil }
	sit := func(do func(q *desk.Sitting) error) {
		if err := s.Flow.Desk.Sit(ctx, desk.Clockwork("test"), desk.TakeCards, do); err != nil {
			t.Fatal(err)
		}
	}
	sit(func(q *desk.Sitting) error {
		var all []card.Card
		var chips []card.Chip
		for id, n := range map[string]string{"2A": "BA0000018", "2B": "BA0000026"} {
			c := card.Card{ID: ref.Card("crd_" + id), City: s.Flow.City, Number: n, Person: ref.Person("per_" + id), Generation: 3, Product: "sscard", Making: card.Handed, Social: card.Normal}
			all = append(all, c)
			chips = append(chips, card.Chip{Card: c.ID, Code: "510100D156000005000000" + id + "AABBCCDD", ATR: "00814B570186000000000000" + id})
		}
		if err := card.Put(ctx, q.Tx, all); err != nil {
			return err
		}
		return card.SetChips(ctx, q.Tx, chips)
	})
	if _, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0); err != nil {
		t.Fatal(err)
	}
	sit(func(q *desk.Sitting) error {
		return state.Apply(ctx, q.Tx, card.Social, "report", []ref.Card{"crd_2B"}, q.ID)
	})
	return s
}

// The examples of the documentation are what the program answers.
func TestDocumentation(t *testing.T) {
	text, err := os.ReadFile("../../docs/terminals.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := fence.FindAllStringSubmatch(string(text), -1)
	if len(blocks) < 12 || len(blocks)%2 != 0 {
		t.Fatalf("%d blocks", len(blocks))
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := documented(t, d)
		server := httptest.NewServer(handler(s, io.Discard))
		defer server.Close()
		for i := 0; i < len(blocks); i += 2 {
			example(t, server.URL, s, blocks[i][1], blocks[i][2], blocks[i+1][2])
		}
	}, readtest.Cycles...)
}

func example(t *testing.T, url string, s *readtest.Stand, token, question, answer string) {
	t.Helper()
	head, body, _ := strings.Cut(question, "\n\n")
	line, _, _ := strings.Cut(strings.TrimSpace(head), "\n")
	method, path, _ := strings.Cut(line, " ")
	req, err := http.NewRequest(method, url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if token == "" {
		token = s.Caller.Token
	}
	req.SetBasicAuth(s.Caller.Number, token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	status, want, _ := strings.Cut(answer, "\n")
	want = strings.TrimPrefix(want, "\n")
	var a, b any
	same := string(got) == want
	if json.Unmarshal(got, &a) == nil && json.Unmarshal([]byte(want), &b) == nil {
		same = reflect.DeepEqual(a, b)
	}
	if strconv.Itoa(resp.StatusCode) != strings.TrimSpace(status) || !same {
		t.Errorf("%s\nanswers %d\n%s\nbut docs/terminals.md says %s\n%s", line, resp.StatusCode, got, status, want)
	}
}

// The documented proofs, computed by OpenSSL in the way the documentation describes.
func TestDocumentedProofs(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	text, err := os.ReadFile("../../docs/terminals.md")
	if err != nil {
		t.Fatal(err)
	}
	value := func(name string) string {
		m := regexp.MustCompile(`"` + name + `": "([0-9a-f]+)"`).FindSubmatch(text)
		if m == nil {
			t.Fatal("no example of ", name)
		}
		return string(m[1])
	}
	step := func(k []byte, f string) []byte {
		b, err := hex.DecodeString(f)
		if err != nil || len(b) != 8 {
			t.Fatal(f, err)
		}
		for _, x := range b {
			b = append(b, ^x)
		}
		c := exec.Command("openssl", "enc", "-sm4-ecb", "-nopad", "-K", hex.EncodeToString(k))
		c.Stdin = bytes.NewReader(b)
		out, err := c.Output()
		if err != nil || len(out) != 16 {
			t.Skip("this OpenSSL has no SM4:", err)
		}
		return out
	}
	chip := value("reset")[10:]
	for _, x := range []struct{ master, challenge, source, proof string }{
		{"000102030405060708090a0b0c0d0e0f", "internal_factor", "internal_source", "internal_proof"},
		{"101112131415161718191a1b1c1d1e1f", "external_factor", "external_source", "proof"},
	} {
		k, _ := hex.DecodeString(x.master)
		got := step(step(step(k, chip), value(x.challenge)), value(x.source))[:8]
		if hex.EncodeToString(got) != value(x.proof) {
			t.Errorf("%s: %x, documented %s", x.proof, got, value(x.proof))
		}
	}
}
