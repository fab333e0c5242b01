package perso

import (
	"context"
	"fmt"
	"time"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// rig is what is measured: two makers on one vault, a foundry, and a key for the floors.
type rig struct {
	n       int // cards in a round
	next    int // serial number of the next blank
	foundry *Foundry
	both    *Maker // gives signing and encryption certificates
	signing *Maker // gives signing certificates only
	ca      *sm.PrivateKey
}

func newRig(n int, now time.Time) (*rig, error) {
	m, foundry, err := bench(now)
	if err != nil {
		return nil, err
	}
	one, authority := *m, *m.Authority.(*Local)
	authority.Crypt, one.Authority = nil, &authority
	ca, err := sm.GenerateKey()
	return &rig{n: n, foundry: foundry, both: m, signing: &one, ca: ca}, err
}

// floor is a round of bare library calls.
func (r *rig) floor(certificates int) func() error {
	return func() error { parallel(r.n, func(int) { floor(r.ca, certificates) }); return nil }
}

// cards is a round of cards, from blanks that were delivered before it begins; keep may be nil.
func (r *rig) cards(ctx context.Context, m *Maker, keep func(images []string) error) func() error {
	blanks, orders, err := trays(r.foundry, r.next, r.n)
	r.next += r.n
	return func() error {
		if err == nil {
			err = finished(m.MakeAll(ctx, blanks, orders))
		}
		if err != nil || keep == nil {
			return err
		}
		return keep(images(blanks))
	}
}

// trays are n blanks and the orders for them.
func trays(foundry *Foundry, from, n int) ([]Blank, []Order, error) {
	blanks, orders := make([]Blank, n), make([]Order, n)
	for i := range blanks {
		c, err := foundry.Blank(uint32(from+i), nil)
		if err != nil {
			return nil, nil, err
		}
		blanks[i] = Blank{c, c.Power(cos.Contact)}
		orders[i] = Order{Key: fmt.Sprintf("card%04d", i), City: "000000", Serial: uint32(from + i), Version: "3.00", CardNumber: "BA0010547", Issued: "20260301", Expires: "20360228",
			Number: "11010519491231002X", Name: "测试", Sex: "2", Ethnic: "01", Birthplace: "110105", Birth: "19491231",
			Bank: &Bank{PAN: "6217000000000000004", Expires: "3602", Service: "220", Label: "DEBIT"}}
	}
	return blanks, orders, nil
}

// images are the memories of finished chips.
func images(blanks []Blank) []string {
	out := make([]string, len(blanks))
	parallel(len(blanks), func(i int) {
		if c, ok := blanks[i].Channel.(*cos.Card); ok {
			out[i] = string(c.Image())
		}
	})
	return out
}

func finished(results []Result) error {
	for _, r := range results {
		if r.Err != nil {
			return r.Err
		}
	}
	return nil
}

// bench is a maker with a vault, an authority and a foundry of its own.
func bench(now time.Time) (*Maker, *Foundry, error) {
	m := Masters{Transport: key.Ref{Name: "transport", Version: 1}, City: "city/000000", Bank: "bank/none", Version: 1, Tries: 3}
	var transport [sm.KeySize]byte
	v := key.NewVault(key.Rebuilt)
	if err := v.Import(m.Transport, transport[:]); err != nil {
		return nil, nil, err
	}
	if err := Found(v, m, "000000"); err != nil {
		return nil, nil, err
	}
	foundry, err := NewFoundry(transport, cos.Chip{Generation: 3, PIN: "123456", PINTries: 6})
	if err != nil {
		return nil, nil, err
	}
	ca, err := benchAuthority(now)
	return &Maker{Keys: v, Masters: m, Authority: ca}, foundry, err
}

func benchAuthority(now time.Time) (*Local, error) {
	const year = 365 * 24 * time.Hour
	profile := map[pki.Use]*pki.Profile{}
	for use, validity := range map[pki.Use]time.Duration{pki.Root: 20 * year, pki.Signing: 10 * year, pki.Encryption: 10 * year} {
		p, err := pki.NewProfile(pki.Config{Use: use, Validity: validity, CRL: "http://ca.example/crl"})
		if err != nil {
			return nil, err
		}
		profile[use] = p
	}
	k, err := sm.GenerateKey()
	if err != nil {
		return nil, err
	}
	root, err := pki.SelfSigned(pki.Draft{Profile: profile[pki.Root], Subject: pki.Name{Common: "bench"}, From: now}, k)
	if err != nil {
		return nil, err
	}
	issuer, err := pki.NewIssuer(root, k)
	return &Local{Issuer: issuer, Sign: profile[pki.Signing], Crypt: profile[pki.Encryption], Subject: pki.Name{Country: "CN"},
		Now: func() time.Time { return now }}, err
}
