package key

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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

// filled puts the same known masters into any store.
func filled(t testing.TB, v *Vault) *Vault {
	t.Helper()
	for name, b := range map[string]byte{"ministry/uk": 1, "transport": 2} {
		k := make([]byte, 16)
		k[0] = b
		if err := v.Import(Ref{name, 1}, k); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Descend(Ref{"ministry/uk", 1}, CityFactor("310000"), Ref{"city/uk", 1}); err != nil {
		t.Fatal(err)
	}
	if err := v.GenerateSM2(Ref{"ca/issuing", 1}); err != nil {
		t.Fatal(err)
	}
	return v
}

var chip = Factor{0x86, 0, 0, 1, 0, 0, 0, 9}

// contract is what every Store must do.
func contract(t *testing.T, s Store) {
	t.Helper()
	card := Path{Master: Ref{"city/uk", 1}}.Below(chip)
	long := Path{Master: Ref{"ministry/uk", 1}}.Below(CityFactor("310000")).Below(chip)
	under := Path{Master: Ref{"transport", 1}}.Below(chip)
	proofs, err := s.Prove(ctx, []Question{{Key: card, Challenge: chip, Source: Factor{1}}, {Key: long, Challenge: chip, Source: Factor{1}}, {Key: card, Challenge: chip}})
	if err != nil || proofs[0] != proofs[1] || proofs[0] == proofs[2] {
		t.Fatal("a city's master is not what its path from the ministry gives:", proofs, err)
	}
	wrapped, err := s.Disperse(ctx, []Dispersal{{card, Header{Update, 1, 3}, under}, {card, Header{Read, 1, 5}, under}})
	if err != nil || len(wrapped) != 2 || len(wrapped[0]) != WrappedSize {
		t.Fatal(wrapped, err)
	}
	// The card knows its transport key and finds its new key, by which it makes the same proof.
	transport := make([]byte, 16)
	transport[0] = 2
	tc, _ := sm.NewCipher(transport)
	ck := Rebuilt.Child(tc, chip)
	on, _ := sm.NewCipher(ck[:])
	h, k, ok := Unwrap(on, wrapped[1])
	if !ok || h != (Header{Read, 1, 5}) {
		t.Fatal("unwrap", h, ok)
	}
	kc, _ := sm.NewCipher(k[:])
	if Rebuilt.Proof(kc, chip, Factor{1}) != proofs[0] {
		t.Error("the wrapped key is another one")
	}
	macs, err := s.MAC(ctx, []Command{{card, chip, []byte{0x84, 0x1E, 0, 0, 4}}})
	if err != nil || macs[0] != Rebuilt.MAC(kc, chip, []byte{0x84, 0x1E, 0, 0, 4}) {
		t.Error("MAC", err)
	}
	signer, err := s.Signer(ctx, Ref{"ca/issuing", 1})
	if err != nil {
		t.Fatal(err)
	}
	if sig, err := signer.Sign([]byte("x")); err != nil || !signer.Public().Verify([]byte("x"), sig) {
		t.Error("signer", err)
	}
	none := Path{Master: Ref{"none", 1}}.Below(chip)
	for name, x := range map[string]struct{ got, want error }{
		"no such key":          {second(s.Prove(ctx, []Question{{Key: card}, {Key: none}})), Missing},
		"no such wrapping key": {second(s.Disperse(ctx, []Dispersal{{Key: card, Under: none}})), Missing},
		"a master leaves":      {second(s.Disperse(ctx, []Dispersal{{Key: Path{Master: Ref{"city/uk", 1}}, Under: under}})), WrongKind},
		"a master proves":      {second(s.Prove(ctx, []Question{{Key: Path{Master: Ref{"city/uk", 1}}}})), WrongKind},
		"a master signs MACs":  {second(s.MAC(ctx, []Command{{Key: Path{Master: Ref{"city/uk", 1}}}})), WrongKind},
		"wrong kind":           {second(s.Signer(ctx, Ref{"city/uk", 1})), WrongKind},
		"SM2 key disperses":    {second(s.Prove(ctx, []Question{{Key: Path{Master: Ref{"ca/issuing", 1}}.Below(chip)}})), WrongKind},
		"other version":        {second(s.Signer(ctx, Ref{"ca/issuing", 2})), Missing},
	} {
		if !errors.Is(x.got, x.want) {
			t.Errorf("%s: %v", name, x.got)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestVaultInMemory(t *testing.T) { contract(t, filled(t, NewVault(Rebuilt))) }

func TestVaultOnDisk(t *testing.T) {
	dir := t.TempDir()
	v, err := OpenVault(dir, box(t), Rebuilt)
	if err != nil {
		t.Fatal(err)
	}
	filled(t, v)
	if v, err = OpenVault(dir, box(t), Rebuilt); err != nil {
		t.Fatal(err)
	}
	contract(t, v)
	if got := fmt.Sprint(v.Names()); got != "[ca/issuing@1 city/uk@1 ministry/uk@1 transport@1]" {
		t.Error(got)
	}
	if err := v.Generate(Ref{"city/uk", 1}); !errors.Is(err, Taken) {
		t.Error("overwritten:", err)
	}
	// Two vaults on one folder: the file system decides who was first.
	w, _ := OpenVault(dir, box(t), Rebuilt)
	if err := v.Generate(Ref{"city/uk", 2}); err != nil {
		t.Fatal(err)
	}
	if err := w.Generate(Ref{"city/uk", 2}); !errors.Is(err, Taken) {
		t.Error("overwritten by another process:", err)
	}
	for _, bad := range []Ref{{"", 1}, {"City", 1}, {"../x", 1}, {"a//b", 1}, {"a", 0}} {
		if err := v.Generate(bad); !errors.Is(err, BadName) {
			t.Error(bad, err)
		}
	}
	// Exchanged files do not open: the name is sealed in.
	a, b := filepath.Join(dir, "city+uk@1.key"), filepath.Join(dir, "ministry+uk@1.key")
	text, _ := os.ReadFile(a)
	other, _ := os.ReadFile(b)
	cut := strings.Index(string(text), `"sealed"`)
	os.WriteFile(a, append(text[:cut:cut], other[strings.Index(string(other), `"sealed"`):]...), 0o600)
	if _, err := OpenVault(dir, box(t), Rebuilt); !errors.Is(err, seal.Broken) {
		t.Error("an exchanged key file opened:", err)
	}
}

func TestWrapIsTamperProof(t *testing.T) {
	c, _ := sm.NewCipher(make([]byte, 16))
	w, err := Wrap(c, Header{Read, 1, 3}, [16]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range w {
		w[i] ^= 1
		if _, _, ok := Unwrap(c, w); ok {
			t.Fatal("byte", i)
		}
		w[i] ^= 1
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
	city := Rebuilt.Child(c, CityFactor("371700"))
	want := enc(master, "3337313730307378"+"ccc8cec8cfcf8c87")
	if hex.EncodeToString(city[:]) != want {
		t.Errorf("child %x, OpenSSL %s", city, want)
	}
	session := enc(master, "86000001000000097"+"9fffffefffffff6")
	full := enc(session, "0102030405060708fefdfcfbfaf9f8f7")
	if p := Rebuilt.Proof(c, chip, [8]byte{1, 2, 3, 4, 5, 6, 7, 8}); hex.EncodeToString(p[:]) != full[:16] {
		t.Errorf("proof %x, OpenSSL %s", p, full[:16])
	}
	// one block of CBC-MAC: challenge ‖ zeros XOR padded command
	block := enc(master, "0200000404000009"+"8000000000000000")
	if m := Rebuilt.MAC(c, chip, []byte{0x84, 0, 0, 5, 4, 0, 0, 0}); hex.EncodeToString(m[:]) != block[:8] {
		t.Errorf("MAC %x, OpenSSL %s", m, block[:8])
	}
}

func BenchmarkDisperse(b *testing.B) {
	v := filled(b, NewVault(Rebuilt))
	d := make([]Dispersal, 14)
	for i := range d {
		d[i] = Dispersal{Path{Ref{"city/uk", 1}, []Factor{chip}}, Header{ID(i), 1, 3}, Path{Ref{"transport", 1}, []Factor{chip}}}
	}
	for b.Loop() {
		if _, err := v.Disperse(ctx, d); err != nil {
			b.Fatal(err)
		}
	}
}
