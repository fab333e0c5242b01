package key_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"kawu/chip/key"
	"kawu/chip/key/keytest"
	"kawu/kit/seal"
	"kawu/kit/sm"
)

var ctx = context.Background()

func box(t testing.TB) *seal.Box {
	t.Helper()
	b, err := seal.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestVaultInMemory(t *testing.T) { keytest.Contract(t, keytest.Fill(t, key.NewVault(key.Rebuilt))) }

func TestVaultOnDisk(t *testing.T) {
	dir := t.TempDir()
	v, err := key.OpenVault(dir, box(t), key.Rebuilt)
	if err != nil {
		t.Fatal(err)
	}
	keytest.Fill(t, v)
	if v, err = key.OpenVault(dir, box(t), key.Rebuilt); err != nil {
		t.Fatal(err)
	}
	keytest.Contract(t, v)
	if got := fmt.Sprint(v.Names()); got != "[ca/issuing@1 city/uk@1 ministry/uk@1 transport@1]" {
		t.Error(got)
	}
	if err := v.Generate(keytest.Ref("city/uk")); !errors.Is(err, key.Taken) {
		t.Error("overwritten:", err)
	}
	// Two vaults on one folder: the file system decides who was first.
	w, _ := key.OpenVault(dir, box(t), key.Rebuilt)
	if err := v.Generate(key.Ref{Name: "city/uk", Version: 2}); err != nil {
		t.Fatal(err)
	}
	if err := w.Generate(key.Ref{Name: "city/uk", Version: 2}); !errors.Is(err, key.Taken) {
		t.Error("overwritten by another process:", err)
	}
	for _, bad := range []key.Ref{keytest.Ref(""), keytest.Ref("City"), keytest.Ref("../x"), keytest.Ref("a//b"), {Name: "a"}} {
		if err := v.Generate(bad); !errors.Is(err, key.BadName) {
			t.Error(bad, err)
		}
	}
	// Exchanged files do not open: the name is sealed in.
	a, b := filepath.Join(dir, "city+uk@1.key"), filepath.Join(dir, "ministry+uk@1.key")
	text, _ := os.ReadFile(a)
	other, _ := os.ReadFile(b)
	cut := strings.Index(string(text), `"sealed"`)
	os.WriteFile(a, append(text[:cut:cut], other[strings.Index(string(other), `"sealed"`):]...), 0o600)
	if _, err := key.OpenVault(dir, box(t), key.Rebuilt); !errors.Is(err, seal.Broken) {
		t.Error("an exchanged key file opened:", err)
	}
}

func TestWrapIsTamperProof(t *testing.T) {
	c, _ := sm.NewCipher(make([]byte, 16))
	w, err := key.Wrap(c, key.Header{ID: key.Read, Version: 1, Tries: 3}, [16]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range w {
		w[i] ^= 1
		if _, ok := key.Unwrap(c, w); ok {
			t.Fatal("byte", i)
		}
		w[i] ^= 1
	}
	for _, cut := range [][]byte{nil, w[:len(w)-1], append(bytes.Clone(w), w[:8]...)} {
		if _, ok := key.Unwrap(c, cut); ok {
			t.Error("cut off at", len(cut))
		}
	}
}

// The arithmetic, done again by OpenSSL from its description.
func TestSchemeByOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	enc := func(k, in string) string {
		cmd := exec.Command("openssl", "enc", "-sm4-ecb", "-nopad", "-K", k)
		b, _ := hex.DecodeString(in)
		cmd.Stdin = strings.NewReader(string(b))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return hex.EncodeToString(out)
	}
	const master = "000102030405060708090a0b0c0d0e0f"
	mk, _ := hex.DecodeString(master)
	c, _ := sm.NewCipher(mk)
	city := key.Rebuilt.Child(c, key.CityFactor("371700"))
	want := enc(master, "3337313730307378"+"ccc8cec8cfcf8c87")
	if hex.EncodeToString(city[:]) != want {
		t.Errorf("child %x, OpenSSL %s", city, want)
	}
	session := enc(master, "86000001000000097"+"9fffffefffffff6")
	full := enc(session, "0102030405060708fefdfcfbfaf9f8f7")
	if p := key.Rebuilt.Proof(c, keytest.Chip, [8]byte{1, 2, 3, 4, 5, 6, 7, 8}); hex.EncodeToString(p[:]) != full[:16] {
		t.Errorf("proof %x, OpenSSL %s", p, full[:16])
	}
	// one block of CBC-MAC: challenge ‖ zeros XOR padded command
	block := enc(master, "0200000404000009"+"8000000000000000")
	if m := key.Rebuilt.MAC(c, keytest.Chip, []byte{0x84, 0, 0, 5, 4, 0, 0, 0}); hex.EncodeToString(m[:]) != block[:8] {
		t.Errorf("MAC %x, OpenSSL %s", m, block[:8])
	}
}

func BenchmarkDisperse(b *testing.B) {
	v := keytest.Fill(b, key.NewVault(key.Rebuilt))
	d := make([]key.Dispersal, 14)
	for i := range d {
		d[i] = key.Dispersal{Key: key.Path{Master: keytest.Ref("city/uk"), Factors: []key.Factor{keytest.Chip}}, Header: key.Header{ID: key.ID(i), Version: 1, Tries: 3},
			Under: key.Path{Master: keytest.Ref("transport"), Factors: []key.Factor{keytest.Chip}}}
	}
	for b.Loop() {
		if _, err := v.Disperse(ctx, d); err != nil {
			b.Fatal(err)
		}
	}
}
