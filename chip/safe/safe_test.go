package safe_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/keyd"
	"kawu/chip/perso"
	"kawu/chip/safe"
)

var ctx = context.Background()

func open(t *testing.T, dir, socket string) *safe.Safe {
	t.Helper()
	s, err := safe.Open(dir, socket)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func order(city string) perso.Order {
	return perso.Order{Key: "1", City: city, Serial: 7, Version: "3.00", CardNumber: "BA0010547", Issued: "20260301", Expires: "20360228",
		Number: "11010519491231002X", Name: "测试", Sex: "2", Ethnic: "01", Birthplace: "110105", Birth: "19491231",
		Bank: &perso.Bank{PAN: "6217000000000000004", Expires: "3602", Service: "220", Label: "DEBIT"}}
}

// made makes a card in a factory that knows only the folder.
func made(t *testing.T, dir string, keys key.Store, division, bank string) error {
	t.Helper()
	s := open(t, dir, "")
	m, err := s.Masters(division, bank)
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.Foundry(cos.Chip{Generation: 3, PIN: "123456", PINTries: 6})
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Blank(1, nil)
	if err != nil {
		t.Fatal(err)
	}
	maker := &perso.Maker{Keys: keys, Masters: m}
	return maker.Make(ctx, perso.Blank{Channel: c, Reset: c.Power(cos.Contact)}, order(division)).Err
}

func TestDemonstration(t *testing.T) {
	dir := t.TempDir()
	factory := open(t, dir, "") // opened before there is a single key
	if _, err := factory.Masters("110000", "icbc"); !errors.Is(err, safe.NoMasters) {
		t.Fatal(err)
	}
	// Several processes begin at once.
	var all sync.WaitGroup
	houses := make([]*safe.Safe, 4)
	errs := make([]error, len(houses))
	for i := range houses {
		houses[i] = open(t, dir, "")
		all.Go(func() { _, errs[i] = houses[i].Demonstrate("110000", []string{"icbc", "abc"}) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	question := []key.Question{{Key: key.Path{Master: key.Ref{Name: "city/110000/ssse/rk", Version: 1}, Factors: []key.Factor{{1}}}}}
	want, err := factory.Keys.Prove(ctx, question)
	if err != nil {
		t.Fatal("a key that another process made is not found:", err)
	}
	for _, h := range houses {
		if got, err := h.Keys.Prove(ctx, question); err != nil || got[0] != want[0] {
			t.Error("two processes have two keys:", err)
		}
		m, _ := h.Masters("110000", "abc")
		if err := h.Check(ctx, m); err != nil {
			t.Error(err)
		}
	}
	if err := made(t, dir, houses[0].Keys, "110000", "abc"); err != nil {
		t.Error(err)
	}
	// A second city joins the same folder; the first keeps its keys.
	if made, err := houses[1].Demonstrate("310000", []string{"boc"}); !made || err != nil {
		t.Fatal(made, err)
	}
	if made, err := houses[1].Demonstrate("310000", []string{"boc"}); made || err != nil {
		t.Fatal("made again:", made, err)
	}
	if got, err := open(t, dir, "").Keys.Prove(ctx, question); err != nil || got[0] != want[0] {
		t.Error("the first city's key changed:", err)
	}
	m, _ := factory.Masters("310000", "cmb")
	if err := factory.Check(ctx, m); !errors.Is(err, key.Missing) {
		t.Error("a bank that was never founded:", err)
	}
}

func TestKeyProcess(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, "")
	if _, err := s.Demonstrate("110000", []string{"icbc"}); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(t.TempDir(), "keyd.sock")
	l, err := keyd.Listen(socket)
	if err != nil {
		t.Fatal(err)
	}
	run, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- keyd.Serve(run, l, s.Keys) }()
	house := open(t, t.TempDir(), socket)
	if made, err := house.Demonstrate("110000", []string{"icbc"}); made || err != nil {
		t.Error("keys were made for a key process:", made, err)
	}
	m, err := house.Masters("110000", "icbc")
	if err != nil {
		t.Fatal(err)
	}
	if err := house.Check(ctx, m); err != nil {
		t.Error(err)
	}
	if err := made(t, dir, house.Keys, "110000", "icbc"); err != nil {
		t.Error(err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := house.Check(ctx, m); !errors.Is(err, keyd.Away) {
		t.Error(err)
	}
}

func TestCeremonyMastersStay(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, "")
	if err := s.Use(safe.Note{Origin: safe.Ceremony, Version: 2, Tries: 5, Transport: key.Ref{Name: "transport/maker", Version: 1}}); err != nil {
		t.Fatal(err)
	}
	if made, err := s.Demonstrate("110000", []string{"icbc"}); made || err != nil || len(s.Vault.Names()) != 0 {
		t.Error("demonstration keys in an installation that had a ceremony:", made, err)
	}
	m, err := s.Masters("110000", "icbc")
	if err != nil || m.Version != 2 || m.Refs()[0].Name != "transport/maker" {
		t.Error(m, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "masters.yaml"), []byte("origin: ceremony\nversion: 0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Note(); !errors.Is(err, safe.BadNote) {
		t.Error(err)
	}
}

func TestAnotherKeysFile(t *testing.T) {
	dir := t.TempDir()
	s, late := open(t, dir, ""), open(t, dir, "")
	a, b := key.Ref{Name: "a", Version: 1}, key.Ref{Name: "b", Version: 1}
	if err := s.Vault.Generate(a); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "cards", "a@1.key"), filepath.Join(dir, "cards", "b@1.key")); err != nil {
		t.Fatal(err)
	}
	if _, err := late.Keys.Prove(ctx, []key.Question{{Key: key.Path{Master: b, Factors: []key.Factor{{}}}}}); err == nil {
		t.Error("a renamed file is taken for another key")
	}
}
