package perso

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"kawu/chip/apdu"
	"kawu/chip/cos"
	"kawu/chip/element"
	"kawu/chip/key"
	"kawu/kit/fault"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

var (
	ctx       = context.Background()
	transport = [16]byte{1, 2, 3}
	at        = time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	masters   = Masters{Transport: key.Ref{Name: "transport/kw", Version: 1}, City: "city/310000", Bank: "bank/test", Version: 1, Tries: 3}
)

const year = 365 * 24 * time.Hour

func profile(t testing.TB, use pki.Use, validity time.Duration) *pki.Profile {
	t.Helper()
	p, err := pki.NewProfile(pki.Config{Use: use, Validity: validity, CRL: "http://ca.example/crl"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func authority(t testing.TB) *Local {
	t.Helper()
	rootKey, _ := sm.GenerateKey()
	root, err := pki.SelfSigned(pki.Draft{Profile: profile(t, pki.Root, 20*year), Subject: pki.Name{Common: "root"}, From: at}, rootKey)
	if err != nil {
		t.Fatal(err)
	}
	i, err := pki.NewIssuer(root, rootKey)
	if err != nil {
		t.Fatal(err)
	}
	return &Local{Issuer: i, Sign: profile(t, pki.Signing, 10*year), Crypt: profile(t, pki.Encryption, 10*year),
		Subject: pki.Name{Country: "CN", Organization: "示例市社会保障卡中心"}, Now: func() time.Time { return at }}
}

func maker(t testing.TB) (*Maker, *key.Vault) {
	t.Helper()
	v := key.NewVault(key.Rebuilt)
	k := transport
	if err := v.Import(masters.Transport, k[:]); err != nil {
		t.Fatal(err)
	}
	if err := Found(v, masters, "310000"); err != nil {
		t.Fatal(err)
	}
	return &Maker{Keys: v, Masters: masters, Authority: authority(t)}, v
}

// blank is a fresh chip as its maker delivers it.
func blank(t testing.TB, serial uint32, generation int) (*cos.Card, Blank) {
	t.Helper()
	f, err := NewFoundry(transport, cos.Chip{Generation: generation, Maker: [3]byte{'K', 'W', 1}, PIN: "123456", PINTries: 6})
	if err != nil {
		t.Fatal(err)
	}
	card, err := f.Blank(serial, nil)
	if err != nil {
		t.Fatal(err)
	}
	return card, Blank{card, card.Power(cos.Contact)}
}

func order(serial uint32) Order {
	return Order{Key: fmt.Sprint("card-", serial), City: "310000", Serial: serial, Issuer: "915600000253100000000001", Version: "3.00", CardNumber: "BA0010547",
		Issued: "20260301", Expires: "20360228", Number: "11010519491231002X", Name: "阿卜杜热依木·𠮷䶮㛃", Sex: "2", Ethnic: "05", Birthplace: "110105",
		Birth: "19491231", Bank: &Bank{PAN: "6217000000000000004", Expires: "3602", Service: "220", Label: "UPDEBIT"}}
}

func TestMake(t *testing.T) {
	m, v := maker(t)
	card, b := blank(t, 7, 3)
	r := m.Make(ctx, b, order(7))
	if r.Err != nil || r.Stage != Finished || r.Waste || r.Key != "card-7" {
		t.Fatalf("%+v", r)
	}
	if !strings.HasPrefix(r.CardID, "310000D15600000500000007") || len(r.CardID) != 32 || !bytes.Equal(r.Historical, card.Chip().Historical()) {
		t.Error(r.CardID)
	}
	if !r.SignCert.Key().Equal(r.Signing) || r.SignCert.Common() != "阿卜杜热依木·𠮷䶮㛃" || r.CryptCert.SubjectSerial() != r.CardID {
		t.Error("certificates")
	}
	// Another program, another session, live keys: the name comes back whole.
	chip, _ := key.ChipFactor(r.Historical)
	card.Power(cos.Contactless)
	apdu.Do(card, "select", apdu.Command{INS: apdu.Select, P1: 4, Data: []byte(cos.AIDSocial)})
	challenge, err := apdu.Do(card, "challenge", apdu.Command{INS: apdu.Challenge, Le: 8})
	if err != nil {
		t.Fatal(err)
	}
	p, err := v.Prove(ctx, []key.Question{{Key: key.Path{Master: masters.named("rk"), Factors: []key.Factor{chip}}, Challenge: [8]byte(challenge)}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := apdu.Do(card, "prove", apdu.Command{INS: apdu.External, P2: byte(key.Read), Data: append(p[0][:], make([]byte, 8)...)}); err != nil {
		t.Fatal(err)
	}
	first, _ := apdu.Do(card, "name", apdu.Command{INS: apdu.ReadRecord, P1: 2, P2: 6<<3 | 4})
	more, err := apdu.Do(card, "name", apdu.Command{INS: apdu.ReadRecord, P1: 3, P2: 6<<3 | 4})
	if err != nil {
		t.Fatal(err)
	}
	if name, err := element.DecodeName(first[2:], more[2:]); err != nil || name != "阿卜杜热依木·𠮷䶮㛃" {
		t.Error(name, err)
	}
	// Made once: the blank's keys are gone.
	if again := m.Make(ctx, Blank{card, card.Power(cos.Contact)}, order(8)); !errors.Is(again.Err, NotOurs) || again.Waste {
		t.Error("a finished card was made again:", again.Err)
	}
}

func TestOrdersAreCheckedBeforeTheCardIsTouched(t *testing.T) {
	m, _ := maker(t)
	for name, change := range map[string]func(*Order){
		"name":  func(o *Order) { o.Name = strings.Repeat("字", 26) },
		"lost":  func(o *Order) { o.Name = "\uFFFD" },
		"date":  func(o *Order) { o.Issued = "2026-3-1" },
		"two":   func(o *Order) { o.Issued, o.Sex = "x", "男性" },
		"birth": func(o *Order) { o.Birth = "19491231x" },
	} {
		_, b := blank(t, 1, 3)
		o := order(1)
		change(&o)
		r := m.Make(ctx, b, o)
		if fault.Of(r.Err) == nil || r.Waste {
			t.Errorf("%s: %+v", name, r.Err)
		}
		var l fault.List
		if errors.As(r.Err, &l); name == "two" && len(l) != 2 {
			t.Error("not all problems at once:", r.Err)
		}
	}
	_, b := blank(t, 1, 3)
	stranger := *m
	stranger.Masters.Transport = key.Ref{Name: "city/310000/ssse/uk", Version: 1}
	if r := stranger.Make(ctx, b, order(1)); !errors.Is(r.Err, NotOurs) || r.Waste {
		t.Error("a blank of another maker:", r.Err)
	}
	if r := m.Make(ctx, Blank{b.Channel, []byte{0x3B}}, order(1)); !errors.Is(r.Err, BadReset) {
		t.Error(r.Err)
	}
}

// faulty is a channel that stops, or changes an answer, at the nth command.
type faulty struct {
	card   *cos.Card
	n      int
	tamper bool
}

func (f *faulty) Transmit(b []byte) ([]byte, error) {
	f.n--
	if f.n == 0 && !f.tamper {
		return nil, errors.New("taken out")
	}
	r, err := f.card.Transmit(b)
	if f.n == 0 && len(r) > 6 {
		r[4] ^= 1
	}
	return r, err
}

// A card taken out at every command: waste exactly when something was written, and never finished.
func TestTakenOutAtEveryCommand(t *testing.T) {
	m, _ := maker(t)
	for n := 1; ; n++ {
		card, b := blank(t, 1, 3)
		before := card.Image()
		r := m.Make(ctx, Blank{&faulty{card: card, n: n}, b.Reset}, order(1))
		if r.Err == nil {
			if n < 80 {
				t.Error("only", n, "commands make a card")
			}
			return
		}
		if !errors.Is(r.Err, apdu.Lost) || r.Stage == Finished {
			t.Fatal(n, r.Err)
		}
		if !r.Waste && !bytes.Equal(before, card.Image()) {
			t.Fatal(n, "written, but not counted as waste")
		}
	}
}

func TestTamperedReadBack(t *testing.T) {
	m, _ := maker(t)
	found := 0
	for n := 1; n < 120; n++ {
		card, b := blank(t, 1, 3)
		r := m.Make(ctx, Blank{&faulty{card: card, n: n, tamper: true}, b.Reset}, order(1))
		if errors.Is(r.Err, Mismatch) {
			found++
			if !r.Waste {
				t.Error(n, "a card that holds something else is not waste")
			}
		}
	}
	if found < 20 {
		t.Error("changed answers noticed only", found, "times")
	}
}

// deaf is an authority that refuses some, or does not answer at all.
type deaf struct {
	Authority
	all bool
}

func (d deaf) Certify(ctx context.Context, set []Ask) ([]Issued, error) {
	if d.all {
		return nil, errors.New("timeout")
	}
	out, err := d.Authority.Certify(ctx, set)
	out[1] = Issued{Err: errors.New("10007")}
	return out, err
}

func TestSets(t *testing.T) {
	m, _ := maker(t)
	blanks, orders := make([]Blank, 40), make([]Order, 40)
	for i := range blanks {
		_, blanks[i] = blank(t, uint32(i), 3)
		orders[i] = order(uint32(i))
	}
	orders[3].Name = strings.Repeat("字", 30)
	m.Authority = deaf{m.Authority, false}
	for i, r := range m.MakeAll(ctx, blanks, orders) {
		switch {
		case r.Key != orders[i].Key:
			t.Fatal("order lost")
		case i == 1 && (!errors.Is(r.Err, NoCertificate) || !r.Waste || r.Stage != Keyed):
			t.Error(r.Err, r.Stage)
		case i == 3 && (!errors.Is(fault.Of(r.Err), element.TooLong) || r.Waste):
			t.Error(r.Err)
		case i != 1 && i != 3 && r.Stage != Finished:
			t.Error(i, r.Err)
		}
	}
	m.Authority = deaf{m.Authority, true}
	_, b := blank(t, 99, 3)
	if r := m.Make(ctx, b, order(99)); !errors.Is(r.Err, NoCertificate) || !r.Waste {
		t.Error(r.Err)
	}
}

func TestCertificatesLater(t *testing.T) {
	m, _ := maker(t)
	ca := m.Authority
	m.Authority = nil
	card, b := blank(t, 5, 3)
	r := m.Make(ctx, b, order(5))
	if r.Err != nil || r.SignCert != nil || r.Signing == nil {
		t.Fatal(r.Err)
	}
	issued, err := ca.Certify(ctx, []Ask{{r.CardID, "王小明", r.Signing}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range m.Load(ctx, []Blank{{card, card.Power(cos.Contact)}}, issued) {
		if err != nil {
			t.Error(err)
		}
	}
}

// smudge is a press that spoils one card; it notes what it was given.
type smudge struct {
	spoils string
	got    []string
}

var errSmudged = errors.New("smudged")

func (p *smudge) Print(_ context.Context, keys []string) []error {
	p.got = append(p.got, keys...)
	out := make([]error, len(keys))
	for i, k := range keys {
		if k == p.spoils {
			out[i] = errSmudged
		}
	}
	return out
}

// The face comes last: only complete cards reach the press, and one that it spoils is waste.
func TestFaceLast(t *testing.T) {
	m, _ := maker(t)
	press := &smudge{}
	m.Press = press
	blanks, orders := make([]Blank, 4), make([]Order, 4)
	for i := range blanks {
		_, blanks[i] = blank(t, uint32(i), 3)
		orders[i] = order(uint32(i))
		orders[i].Key = fmt.Sprint("card", i)
	}
	orders[1].Name = strings.Repeat("字", 30)
	press.spoils = "card2"
	for i, r := range m.MakeAll(ctx, blanks, orders) {
		switch {
		case i == 1 && (r.Err == nil || r.Waste), i == 2 && (!errors.Is(r.Err, errSmudged) || !r.Waste || r.Stage != Finished),
			i%3 == 0 && (r.Err != nil || r.Waste || r.Stage != Printed):
			t.Error(i, r.Stage, r.Waste, r.Err)
		}
	}
	if want := "card0 card2 card3"; strings.Join(press.got, " ") != want {
		t.Errorf("printed %q, not %q", press.got, want)
	}
	press.got = nil
	ca := m.Authority
	m.Authority = nil
	card, b := blank(t, 5, 3)
	r := m.Make(ctx, b, order(5))
	if r.Err != nil || len(press.got) > 0 {
		t.Fatal("a card without certificates was printed", r.Err)
	}
	issued, err := ca.Certify(ctx, []Ask{{r.CardID, "王小明", r.Signing}})
	if err != nil {
		t.Fatal(err)
	}
	issued[0].Key = "card2"
	if err := m.Load(ctx, []Blank{{card, card.Power(cos.Contact)}}, issued)[0]; !errors.Is(err, errSmudged) {
		t.Error(err)
	}
}

func TestOrdersNeverPrint(t *testing.T) {
	o := order(1)
	if s := fmt.Sprintf("%v %+v %s %v", o, o, o, o.Bank); strings.Contains(s, "1101") || strings.Contains(s, "阿") || strings.Contains(s, "6217") {
		t.Error(s)
	}
}
