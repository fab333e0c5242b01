package tray_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/tray"
	"kawu/kit/sm"
)

func blank(t *testing.T) *cos.Card {
	t.Helper()
	c, err := cos.New(cos.Chip{Generation: 3, Serial: 7, PIN: "135790", PINTries: 3}, [sm.KeySize]byte{1}, key.Rebuilt, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func tries(t *testing.T, c *cos.Card) apdu.Status {
	t.Helper()
	c.Power(cos.Contact)
	apdu.Do(c, "select", apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDSocial)})
	r, err := apdu.Send(c, apdu.Command{INS: apdu.Verify, Data: []byte{0x99, 0x99, 0x99}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Status
}

// A wrong PIN costs a try that the card remembers in the next hand.
func TestTakeRemembers(t *testing.T) {
	dir := t.TempDir()
	for i, want := range []apdu.Status{0x63C2, 0x63C1, 0x6983} {
		tr, err := tray.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if err := tr.Put("crd_1", blank(t)); err != nil {
				t.Fatal(err)
			}
		}
		c, j, err := tr.Take("crd_1")
		if err != nil {
			t.Fatal(err)
		}
		if got := tries(t, c); got != want && !(i == 2 && got == 0x63C0) {
			t.Errorf("try %d: %04X", i+1, got)
		}
		j.Close()
	}
}

// A copy keeps nothing, and what lies in the folder is sealed.
func TestCopy(t *testing.T) {
	dir := t.TempDir()
	tr, _ := tray.Open(dir)
	c := blank(t)
	if err := tr.Put("crd_1", c); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		got, err := tr.Copy("crd_1")
		if err != nil || !bytes.Equal(got.Image(), c.Image()) {
			t.Fatal(err)
		}
		tries(t, got)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "_1", "crd_1.card"))
	if err != nil || bytes.Contains(raw, c.Image()[:32]) {
		t.Error("a card in plain", err)
	}
	if err := errors.Join(tr.Scrap("crd_1"), tr.Scrap("crd_1")); err != nil {
		t.Error(err)
	}
	if _, err := tr.Copy("crd_1"); !errors.Is(err, tray.NoCard) {
		t.Error(err)
	}
	for _, bad := range []string{"", "../x", "a/b", "..", ".."} {
		if err := tr.Put(bad, c); !errors.Is(err, tray.BadName) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// What was printed stays with the card: through commands after it, until another card has its name.
func TestPrinted(t *testing.T) {
	dir := t.TempDir()
	tr, _ := tray.Open(dir)
	if err := tr.Print("crd_1", "a"); !errors.Is(err, tray.NoCard) {
		t.Error(err)
	}
	c := blank(t)
	for _, want := range []string{"digest1", "digest2"} {
		if err := tr.Put("crd_1", c); err != nil {
			t.Fatal(err)
		}
		if got, err := tr.Printed("crd_1"); got != "" || err != nil {
			t.Error("a blank face says", got, err)
		}
		if err := tr.Print("crd_1", want); err != nil {
			t.Fatal(err)
		}
		hand, j, err := tr.Take("crd_1")
		if err != nil {
			t.Fatal(err)
		}
		tries(t, hand)
		j.Close()
		if again, err := tr.Copy("crd_1"); err != nil || bytes.Equal(again.Image(), c.Image()) {
			t.Error("the try after the print was lost", err)
		}
		if got, err := tr.Printed("crd_1"); got != want || err != nil {
			t.Errorf("%q, not %q: %v", got, want, err)
		}
	}
	if _, err := tr.Printed("crd_2"); !errors.Is(err, tray.NoCard) {
		t.Error(err)
	}
}
