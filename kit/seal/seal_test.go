package seal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kawu/kit/fault"
)

func box(t testing.TB, seed byte) *Box {
	t.Helper()
	m := make([]byte, 32)
	m[0] = seed
	b, err := New(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSealOpens(t *testing.T) {
	b, other := box(t, 1), box(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.String().Draw(t, "plain")
		s, err := b.Seal("person.phone", plain)
		if err != nil || !strings.HasPrefix(s, "v1:") {
			t.Fatal(s, err)
		}
		if p, err := b.Open("person.phone", s); err != nil || p != plain {
			t.Fatal("does not open", err)
		}
		again, _ := b.Seal("person.phone", plain)
		if again == s {
			t.Fatal("the same value sealed twice gives the same text")
		}
		cut := rapid.IntRange(0, len(s)-1).Draw(t, "cut")
		for name, err := range map[string]error{
			"another purpose": second(b.Open("person.address", s)),
			"another master":  second(other.Open("person.phone", s)),
			"cut":             second(b.Open("person.phone", s[:cut])),
			"one letter":      second(b.Open("person.phone", flip(s, max(cut, 3)))),
		} {
			if !errors.Is(err, Broken) {
				t.Fatalf("%s: %v", name, err)
			}
		}
	})
}

// flip changes one base64 letter so that its bits change too: the last letter may carry spare bits.
func flip(s string, i int) string {
	i = min(i, len(s)-2)
	c := byte('A')
	if s[i] == c {
		c = 'B'
	}
	return s[:i] + string(c) + s[i+1:]
}

func second(_ string, err error) error { return err }

func TestDigest(t *testing.T) {
	b := box(t, 1)
	d := b.Digest("person.id_number", "11010519491231002X")
	if d != b.Digest("person.id_number", "11010519491231002X") || len(d) != 43 {
		t.Fatal("not stable", d)
	}
	// Computed with "openssl kdf" and "openssl dgst"; it is part of every stored row and may never change.
	if want := "xV9LBuIwFehM1Uv9Qot72fs9UOegAjqLSl8UCGg7HSk"; d != want {
		t.Errorf("digest is %s", d)
	}
	for _, o := range []string{b.Digest("person.phone", "11010519491231002X"), box(t, 2).Digest("person.id_number", "11010519491231002X"),
		b.Digest("person.id_number", "110105194912310021"), b.Digest("person.id_number1", "1010519491231002X")} {
		if o == d {
			t.Error("two different inputs share a digest")
		}
	}
}

func TestSets(t *testing.T) {
	b := box(t, 1)
	in := make([]string, 1001)
	for i := range in {
		in[i] = fmt.Sprint("value ", i)
	}
	s, err := b.SealAll("p", in)
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.OpenAll("p", s)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range b.DigestAll("p", in) {
		if out[i] != in[i] || d != b.Digest("p", in[i]) {
			t.Fatal("order lost at", i)
		}
	}
	s[777] = s[778][:40]
	if _, err := b.OpenAll("p", s); !errors.Is(err, Broken) {
		t.Error("a set with a broken value opened:", err)
	}
}

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "master.key")
	boxes := make([]*Box, 8)
	var wg sync.WaitGroup
	for i := range boxes {
		wg.Go(func() { boxes[i], _ = LoadOrCreate(path) })
	}
	wg.Wait()
	for _, b := range boxes {
		if b == nil || b.Digest("p", "x") != boxes[0].Digest("p", "x") {
			t.Fatal("starting at once gave different secrets")
		}
	}
	if m, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(m) != 0 {
		t.Error("left behind:", m)
	}
	if st, _ := os.Stat(path); st.Mode().Perm() != 0o600 {
		t.Error("mode", st.Mode())
	}
	os.Chmod(path, 0o640)
	if _, err := LoadOrCreate(path); !errors.Is(err, OpenToOthers) {
		t.Error("a file the group can read:", err)
	}
	os.Chmod(path, 0o600)
	os.WriteFile(path, []byte("short"), 0o600)
	if _, err := LoadOrCreate(path); !errors.Is(err, Malformed) {
		t.Error("a malformed file:", err)
	}
	if f := fault.Of(func() error { _, err := LoadOrCreate(path); return err }()); f.Args["path"] != path {
		t.Error("the fault does not name the file")
	}
}

func TestNeverPrints(t *testing.T) {
	b := box(t, 1)
	if s := fmt.Sprintf("%v %s", b, b); s != "[secret] [secret]" {
		t.Error(s)
	}
}

func BenchmarkSealAll100k(b *testing.B) {
	bx := box(b, 1)
	in := make([]string, 100_000)
	for i := range in {
		in[i] = fmt.Sprintf("1101051949%08d", i)
	}
	for b.Loop() {
		s, _ := bx.SealAll("p", in)
		bx.DigestAll("p", in)
		if _, err := bx.OpenAll("p", s); err != nil {
			b.Fatal(err)
		}
	}
}
