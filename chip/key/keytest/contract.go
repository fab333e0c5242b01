// Package keytest holds the contract that every key.Store passes: the vault in memory, the vault on
// disk, the key process, and one day a device.
package keytest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"kawu/chip/key"
	"kawu/kit/sm"
)

var ctx = context.Background()

// Ref is the first version of a named key.
func Ref(name string) key.Ref { return key.Ref{Name: name, Version: 1} }

// Fill puts the masters that Contract asks for into a vault.
func Fill(t testing.TB, v *key.Vault) *key.Vault {
	t.Helper()
	for name, b := range map[string]byte{"ministry/uk": 1, "transport": 2} {
		k := make([]byte, 16)
		k[0] = b
		if err := v.Import(Ref(name), k); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Descend(Ref("ministry/uk"), key.CityFactor("310000"), Ref("city/uk")); err != nil {
		t.Fatal(err)
	}
	if err := v.GenerateSM2(Ref("ca/issuing")); err != nil {
		t.Fatal(err)
	}
	return v
}

// Chip is the factor of the card in the contract.
var Chip = key.Factor{0x86, 0, 0, 1, 0, 0, 0, 9}

func below(name string, factors ...key.Factor) key.Path {
	return key.Path{Master: Ref(name), Factors: factors}
}

// Contract is what every Store must do; the store's vault was filled by Fill.
func Contract(t *testing.T, s key.Store) {
	t.Helper()
	card, under := below("city/uk", Chip), below("transport", Chip)
	long := below("ministry/uk", key.CityFactor("310000"), Chip)
	one := key.Factor{1}
	proofs, err := s.Prove(ctx, []key.Question{{Key: card, Challenge: Chip, Source: one}, {Key: long, Challenge: Chip, Source: one}, {Key: card, Challenge: Chip}})
	if err != nil || proofs[0] != proofs[1] || proofs[0] == proofs[2] {
		t.Fatal("a city's master is not what its path from the ministry gives:", proofs, err)
	}
	header := key.Header{ID: key.Read, Version: 1, Tries: 5}
	wrapped, err := s.Disperse(ctx, []key.Dispersal{{Key: card, Header: key.Header{ID: key.Update, Version: 1, Tries: 3}, Under: under}, {Key: card, Header: header, Under: under}})
	if err != nil || len(wrapped) != 2 || len(wrapped[0]) != key.WrappedSize {
		t.Fatal(wrapped, err)
	}
	// The card knows its transport key and finds its new key, by which it makes the same proof.
	transport := make([]byte, 16)
	transport[0] = 2
	on := cipher(key.Rebuilt.Child(cipher([16]byte(transport)), Chip))
	live, ok := key.Unwrap(on, slices.Concat(wrapped...))
	if !ok || len(live) != 2 || live[1].Header != header {
		t.Fatal("unwrap", len(live), ok)
	}
	k := live[1].Key
	if key.Rebuilt.Proof(cipher(k), Chip, one) != proofs[0] {
		t.Error("the wrapped key is another one")
	}
	command := []byte{0x84, 0x1E, 0, 0, 4}
	macs, err := s.MAC(ctx, []key.Command{{Key: card, Challenge: Chip, Bytes: command}})
	if err != nil || macs[0] != key.Rebuilt.MAC(cipher(k), Chip, command) {
		t.Error("MAC", err)
	}
	signer, err := s.Signer(ctx, Ref("ca/issuing"))
	if err != nil {
		t.Fatal(err)
	}
	if sig, err := signer.Sign([]byte("x")); err != nil || !signer.Public().Verify([]byte("x"), sig) {
		t.Error("signer", err)
	}
	refusals(t, s)
	order(t, s)
}

// order: a large set comes back in its order, whatever is worked side by side.
func order(t *testing.T, s key.Store) {
	set := make([]key.Question, 500)
	for i := range set {
		set[i] = key.Question{Key: below("city/uk", Chip), Challenge: key.Factor{byte(i), byte(i >> 8)}}
	}
	all, err := s.Prove(ctx, set)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 63, 250, 499} {
		if one, err := s.Prove(ctx, set[i:i+1]); err != nil || one[0] != all[i] {
			t.Error("order lost at", i, err)
		}
	}
}

func refusals(t *testing.T, s key.Store) {
	card, under := below("city/uk", Chip), below("transport", Chip)
	none, master := below("none", Chip), below("city/uk")
	for name, x := range map[string]struct{ got, want error }{
		"no such key":          {second(s.Prove(ctx, []key.Question{{Key: card}, {Key: none}})), key.Missing},
		"no such wrapping key": {second(s.Disperse(ctx, []key.Dispersal{{Key: card, Under: none}})), key.Missing},
		"a master leaves":      {second(s.Disperse(ctx, []key.Dispersal{{Key: master, Under: under}})), key.WrongKind},
		"under a master":       {second(s.Disperse(ctx, []key.Dispersal{{Key: card, Under: master}})), key.WrongKind},
		"a master proves":      {second(s.Prove(ctx, []key.Question{{Key: master}})), key.WrongKind},
		"a master makes MACs":  {second(s.MAC(ctx, []key.Command{{Key: master}})), key.WrongKind},
		"a master signs":       {second(s.Signer(ctx, Ref("city/uk"))), key.WrongKind},
		"SM2 key disperses":    {second(s.Prove(ctx, []key.Question{{Key: below("ca/issuing", Chip)}})), key.WrongKind},
		"other version":        {second(s.Signer(ctx, key.Ref{Name: "ca/issuing", Version: 2})), key.Missing},
	} {
		if !errors.Is(x.got, x.want) {
			t.Errorf("%s: %v", name, x.got)
		}
	}
	if out, err := s.Prove(ctx, nil); err != nil || len(out) != 0 {
		t.Error("an empty set:", out, err)
	}
}

func cipher(k [16]byte) *sm.Cipher { c, _ := sm.NewCipher(k[:]); return c }

func second[T any](_ T, err error) error { return err }
