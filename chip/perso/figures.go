package perso

import (
	"context"
	"fmt"
	"time"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/kit/gauge"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Figures are cards a second, with the floors they are measured against: the same cryptography as
// bare library calls, in the same run. Rounds are interleaved, so that a busy machine slows all alike.
type Figures struct {
	Cards  int         `json:"cards"` // in each round
	Rounds int         `json:"rounds"`
	Made   gauge.Speed `json:"made"` // through commands, with reading back and two certificates
	Kept   gauge.Speed `json:"kept"` // the same, and the chips' memories sealed and on the disk
	// Floor has what every card of this system needs: two key pairs, two signatures that are checked,
	// an envelope, twelve dispersals, 1 KB enciphered and authenticated.
	Floor gauge.Speed `json:"floor"`
	// Bare has one key pair and one signature only.
	Bare    gauge.Speed `json:"bare"`
	OfFloor gauge.Share `json:"of_floor"`
	OfBare  gauge.Share `json:"of_bare"`
	KeptOf  gauge.Share `json:"kept_of_floor"`
}

// Measure makes n cards of nobody on keys of its own, some rounds in turn with the floors; keep stores
// the memories of a set of finished chips.
func Measure(ctx context.Context, n, rounds int, now time.Time, keep func(images []string) error) (Figures, error) {
	f := Figures{Cards: n, Rounds: rounds}
	m, foundry, err := bench(now)
	if err != nil {
		return f, err
	}
	ca, err := sm.GenerateKey()
	if err != nil {
		return f, err
	}
	var made, kept, full, bare []gauge.Round
	for k := range rounds {
		blanks, orders, err := trays(foundry, 2*k*n, n)
		if err != nil {
			return f, err
		}
		more, others, err := trays(foundry, (2*k+1)*n, n)
		if err != nil {
			return f, err
		}
		for _, x := range []struct {
			into *[]gauge.Round
			work func() error
		}{
			{&bare, func() error { parallel(n, func(int) { floor(ca, 1) }); return nil }},
			{&made, func() error { return finished(m.MakeAll(ctx, blanks, orders)) }},
			{&kept, func() error {
				if err := finished(m.MakeAll(ctx, more, others)); err != nil {
					return err
				}
				return keep(images(more))
			}},
			{&full, func() error { parallel(n, func(int) { floor(ca, 2) }); return nil }},
		} {
			r, err := gauge.Measure(n, x.work)
			if err != nil {
				return f, err
			}
			*x.into = append(*x.into, r)
		}
	}
	f.Made, f.Kept, f.Floor, f.Bare = gauge.Of(made), gauge.Of(kept), gauge.Of(full), gauge.Of(bare)
	f.OfFloor, f.OfBare, f.KeptOf = gauge.ShareOf(made, full), gauge.ShareOf(made, bare), gauge.ShareOf(kept, full)
	return f, nil
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

// floor is one card's cryptography; what it computes is thrown away, and none of it can fail on
// these inputs.
func floor(ca *sm.PrivateKey, certificates int) {
	var text [1024]byte
	pair := make([]*sm.PrivateKey, certificates)
	for i := range pair {
		pair[i], _ = sm.GenerateKey()
		signature, _ := ca.Sign(text[:600])
		ca.Public().Verify(text[:600], signature)
	}
	if certificates == 2 {
		envelope, _ := sm.Envelope(pair[0].Public(), pair[1])
		sm.OpenEnvelope(pair[0], envelope)
	}
	master, _ := sm.NewCipher(text[:16])
	for i := range 12 {
		key.Rebuilt.Child(master, key.Factor{byte(i)})
	}
	master.EncryptCBC(text[:16], text[:])
	master.CMAC(text[:])
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

// Floor is the least that n certificates cost: a key pair, and a signature that is checked, on all
// cores.
func Floor(n int) error {
	ca, err := sm.GenerateKey()
	if err != nil {
		return err
	}
	var text [600]byte
	parallel(n, func(int) {
		_, _ = sm.GenerateKey()
		signature, _ := ca.Sign(text[:])
		ca.Public().Verify(text[:], signature)
	})
	return nil
}
