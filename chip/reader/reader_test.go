package reader

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/chip/perso"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

var (
	ctx     = context.Background()
	masters = perso.Masters{Transport: key.Ref{Name: "transport", Version: 1}, City: "city/510100", Version: 1, Tries: 3}
	at      = time.Date(2026, 3, 1, 10, 0, 0, 0, clock.Zone)
)

// made gives a finished card and the back office that knows its city's masters.
func made(t testing.TB, generation int) (*cos.Card, Office) {
	t.Helper()
	v := key.NewVault(key.Rebuilt)
	transport := [16]byte{4}
	if err := v.Import(masters.Transport, transport[:]); err != nil {
		t.Fatal(err)
	}
	if err := perso.Found(v, masters, "510100"); err != nil {
		t.Fatal(err)
	}
	f, err := perso.NewFoundry(transport, cos.Chip{Generation: generation, Maker: [3]byte{'K', 'W', 1}, PIN: "123456", PINTries: 6})
	if err != nil {
		t.Fatal(err)
	}
	card, err := f.Blank(77, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := perso.Maker{Keys: v, Masters: masters}
	r := m.Make(ctx, perso.Blank{Channel: card, Reset: card.Power(cos.Contact)}, perso.Order{City: "510100", Serial: 77, Issuer: "915600000251010000000001", Version: "3.00",
		CardNumber: "BA0010547", Issued: "20260301", Expires: "20360228", Number: "510100201911010012", Name: "龴龵𠮷·小明", Sex: "1", Ethnic: "01", Birthplace: "510100", Birth: "20191101"})
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	return card, Office{v, key.Ref{Name: "city/510100/ssse/irk", Version: 1}, key.Ref{Name: "city/510100/ssse/rk", Version: 1}}
}

func TestRead(t *testing.T) {
	card, office := made(t, 3)
	for _, side := range []cos.Interface{cos.Contact, cos.Contactless} {
		d, err := Read(ctx, card, card.Power(side), office)
		if err != nil {
			t.Fatal(err)
		}
		line := d.Line("000000000001", "KW01")
		want := "510100|510100201911010012|BA0010547|" + d.CardID + "|龴龵𠮷·小明|00814b57018600000000000" + "04d|3.00|20260301|20360228|000000000001|KW01|"
		if line != want || len(d.RawName) != 50 || d.Sex != "1" || d.Ethnic != "01" || d.Issuer != "915600000251010000000001" {
			t.Errorf("%s\nwant %s", line, want)
		}
		if s := fmt.Sprintf("%v %+v", d, d); strings.Contains(s, "明") || strings.Contains(s, "2019") {
			t.Error("personal data printed:", s)
		}
	}
}

func TestTwoStepsOverAWire(t *testing.T) {
	card, office := made(t, 3)
	q, err := Begin(card, card.Power(cos.Contact))
	if err != nil {
		t.Fatal(err)
	}
	forged := q
	forged.InternalProof[0] ^= 1
	other := q
	other.Historical = make([]byte, 13)
	set := []Inquiry{forged, q, other}
	b, _ := json.Marshal(set)
	var got []Inquiry
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	answers, err := office.Answer(ctx, got)
	if err != nil {
		t.Fatal(err)
	}
	if answers[0].Fault == nil || answers[2].Fault == nil || answers[1].Fault != nil || answers[0].Proof != (key.Proof{}) {
		t.Error(answers)
	}
	if _, err := Finish(card, q, answers[0]); !errors.Is(err, Forged) {
		t.Error(err)
	}
	if _, err := Finish(card, q, answers[1]); err != nil {
		t.Error(err)
	}
	if _, err := Finish(card, q, answers[1]); !errors.Is(err, apdu.Refused) { // the same answer again
		t.Error("a replayed proof opens the card:", err)
	}
}

func TestNotOurCards(t *testing.T) {
	card, office := made(t, 3)
	stranger, _ := made(t, 3)
	if _, err := Read(ctx, stranger, stranger.Power(cos.Contact), office); !errors.Is(err, Forged) {
		t.Error("a card of another hierarchy:", err)
	}
	if _, err := Read(ctx, card, []byte{0x3B}, office); !errors.Is(err, NotACard) {
		t.Error(err)
	}
	if _, err := Read(ctx, bank{}, make([]byte, 17), office); !errors.Is(err, NotACard) {
		t.Error(err)
	}
	card.Off()
	if _, err := Read(ctx, card, make([]byte, 17), office); !errors.Is(err, apdu.Lost) {
		t.Error(err)
	}
}

// bank is a card that knows no social security application.
type bank struct{}

func (bank) Transmit([]byte) ([]byte, error) { return []byte{0x6A, 0x82}, nil }

func TestDamagedNameIsKept(t *testing.T) {
	card, office := made(t, 3)
	d, err := Read(ctx, spoiled{card}, card.Power(cos.Contact), office)
	if !errors.Is(fault.Of(err), Damaged) || len(d.RawName) != 50 || d.Number == "" {
		t.Error(err, len(d.RawName))
	}
}

// spoiled changes the name record into bytes that are no text, as an old issuer's may be.
type spoiled struct{ *cos.Card }

func (s spoiled) Transmit(b []byte) ([]byte, error) {
	r, err := s.Card.Transmit(b)
	if len(r) > 30 && r[0] == 0x09 {
		r[2], r[3] = 0xFF, 0xFF
	}
	return r, err
}

func TestAcceptance(t *testing.T) {
	good := Data{CardID: "510100D1560000050000004DAABBCCDD", Class: "1", Version: "3.00", Issued: "20260301", Expires: "20360228"}
	var list InvalidList
	a := Acceptance{Cities: []string{"5101"}, Versions: []string{"2.00", "3.00"}, Invalid: &list}
	for _, x := range []struct {
		change func(*Data)
		now    time.Time
		want   error
	}{
		{func(*Data) {}, at, nil},
		{func(d *Data) { d.CardID = "31" + d.CardID[2:] }, at, OtherIssuer},
		{func(d *Data) { d.CardID = "" }, at, OtherIssuer},
		{func(d *Data) { d.Class = "2" }, at, OtherClass},
		{func(d *Data) { d.Version = "1.00" }, at, OtherVersion},
		{func(*Data) {}, at.AddDate(0, 0, -1), NotYetValid},
		{func(*Data) {}, time.Date(2036, 2, 28, 23, 59, 0, 0, clock.Zone), nil},
		{func(*Data) {}, time.Date(2036, 2, 29, 0, 0, 0, 0, clock.Zone), Expired},
	} {
		d := good
		x.change(&d)
		if err := a.Check(d, x.now); !errors.Is(err, x.want) && (err != nil || x.want != nil) {
			t.Errorf("%v, want %v", err, x.want)
		}
	}
	if err := (Acceptance{Versions: []string{"3.00"}}).Check(good, at); err != nil {
		t.Error("without a list:", err)
	}
	load := func(text string) error { return list.Load(strings.NewReader(text)) }
	if err := load("full 7\n+" + good.CardID + " lost\n+" + strings.Repeat("0", 32) + " cancelled\nend 2\n"); err != nil {
		t.Fatal(err)
	}
	if err := a.Check(good, at); !errors.Is(err, Listed) {
		t.Error("a listed card is accepted:", err)
	}
	if err := load("increment 9\n"); !errors.Is(err, Gap) {
		t.Error(err)
	}
	for _, bad := range []string{"", "all 3\n", "increment 8\n" + good.CardID + "\n", "increment 8\n+" + good.CardID + "\nend 1\n", "increment 8\n-" + good.CardID[1:] + "z\nend 1\n"} {
		if err := load(bad); !errors.Is(err, BadList) || list.Number() != 7 {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := load("increment 8\n-" + good.CardID + "\nend 1\n"); err != nil || a.Check(good, at) != nil {
		t.Error("a released card is refused", err)
	}
}

func FuzzInvalidList(f *testing.F) {
	f.Add("full 1\n+00000000000000000000000000000000 x\nend 1\n")
	f.Fuzz(func(t *testing.T, s string) {
		var l InvalidList
		l.Load(strings.NewReader(s))
	})
}
