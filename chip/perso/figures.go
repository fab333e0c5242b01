package perso

import (
	"context"
	"fmt"
	"time"

	"kawu/chip/cos"
	"kawu/chip/key"
	"kawu/kit/clock"
	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Figures are cards a second on all cores, with the floors they are measured against: the same
// cryptography as bare library calls, in the same run.
type Figures struct {
	Cards int     `json:"cards"`
	Made  float64 `json:"made_per_second"` // through commands, with reading back and two certificates
	// Floor has what every card of this system needs: two key pairs, two signatures that are checked,
	// an envelope, twelve dispersals, 1 KB enciphered and authenticated.
	Floor float64 `json:"floor_per_second"`
	// Bare has one key pair and one signature only.
	Bare float64 `json:"bare_per_second"`
}

// Measure makes n cards of nobody on keys of its own.
func Measure(ctx context.Context, n int, now time.Time) (Figures, error) {
	f := Figures{Cards: n}
	m, foundry, err := bench(now)
	if err != nil {
		return f, err
	}
	blanks, orders := make([]Blank, n), make([]Order, n)
	for i := range blanks {
		c, err := foundry.Blank(uint32(i), nil)
		if err != nil {
			return f, err
		}
		blanks[i] = Blank{c, c.Power(cos.Contact)}
		orders[i] = Order{Key: fmt.Sprint(i), City: "000000", Serial: uint32(i), Version: "3.00", CardNumber: "BA0010547", Issued: "20260301", Expires: "20360228",
			Number: "11010519491231002X", Name: "测试", Sex: "2", Ethnic: "01", Birthplace: "110105", Birth: "19491231",
			Bank: &Bank{PAN: "6217000000000000004", Expires: "3602", Service: "220", Label: "DEBIT"}}
	}
	ca, err := sm.GenerateKey()
	if err != nil {
		return f, err
	}
	f.Bare = rate(n, func(int) { floor(ca, 1) })
	f.Floor = rate(n, func(int) { floor(ca, 2) })
	elapsed := clock.Since()
	for _, r := range m.MakeAll(ctx, blanks, orders) {
		if r.Err != nil {
			return f, r.Err
		}
	}
	f.Made = float64(n) / elapsed().Seconds()
	return f, nil
}

func rate(n int, one func(int)) float64 {
	elapsed := clock.Since()
	parallel(n, one)
	return float64(n) / elapsed().Seconds()
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
