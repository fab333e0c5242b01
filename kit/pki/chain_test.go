package pki

import (
	"testing"
	"time"

	"kawu/kit/sm"
)

// chain is one small authority, made fresh for each test: keys are cheap.
type chain struct {
	root, issuing        *Issuer
	responder            *Responder
	signing, encryption  *Certificate
	revoked              *Certificate
	signKey, encKey      *sm.PrivateKey
	rootList, issuerList *RevocationList
	at                   time.Time
}

const rare = "𠮷䶮㛃·买买提" // beyond the BMP, a GBK private-use neighbour, an extension A character, a middle dot

func profile(t testing.TB, use Use, validity time.Duration) *Profile {
	t.Helper()
	c := Config{Use: use, Validity: validity, Backdate: 5 * time.Minute}
	if use != Root && use != Status {
		c.CRL, c.OCSP, c.CA = "http://ca.example/issuing.crl", "http://ca.example/ocsp", "http://ca.example/issuing.crt"
		c.Policy = "1.2.156.112560.1.1"
	}
	p, err := NewProfile(c)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func key(t testing.TB) *sm.PrivateKey {
	t.Helper()
	k, err := sm.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func issue(t testing.TB, i *Issuer, d Draft) *Certificate {
	t.Helper()
	u, err := i.Prepare(d)
	if err != nil {
		t.Fatal(err)
	}
	c, err := i.Issue(u)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func newChain(t testing.TB) *chain {
	t.Helper()
	c := &chain{at: time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC), signKey: key(t), encKey: key(t)}
	start := c.at.AddDate(-1, 0, 0)
	rootKey, issuingKey, ocspKey := key(t), key(t), key(t)
	name := func(common string) Name {
		return Name{Country: "CN", Organization: "示例市社会保障卡中心", Common: common}
	}
	root := must[*Certificate](t)(SelfSigned(Draft{Profile: profile(t, Root, 30*year), Subject: name("根证书"), From: start}, rootKey))
	c.root = must[*Issuer](t)(NewIssuer(root, rootKey))
	issuing := issue(t, c.root, Draft{Profile: profile(t, Issuing, 20*year), Subject: name("签发证书"), Key: issuingKey.Public(), From: start})
	c.issuing = must[*Issuer](t)(NewIssuer(issuing, issuingKey))
	holder := name(rare)
	holder.Serial = "310000D156000005991101451234ABCD"
	c.signing = issue(t, c.issuing, Draft{Profile: profile(t, Signing, 10*year), Subject: holder, Key: c.signKey.Public(), From: c.at})
	c.encryption = issue(t, c.issuing, Draft{Profile: profile(t, Encryption, 10*year), Subject: holder, Key: c.encKey.Public(), From: c.at})
	c.revoked = issue(t, c.issuing, Draft{Profile: profile(t, Signing, 10*year), Subject: holder, Key: key(t).Public(), From: c.at})
	own := issue(t, c.issuing, Draft{Profile: profile(t, Status, 90*24*time.Hour), Subject: name("状态应答"), Key: ocspKey.Public(), From: c.at})
	c.responder = must[*Responder](t)(NewResponder(issuing, own, ocspKey, time.Hour))
	c.rootList = must[*RevocationList](t)(c.root.RevocationList(1, c.at, c.at.AddDate(0, 1, 0), nil))
	c.issuerList = must[*RevocationList](t)(c.issuing.RevocationList(7, c.at, c.at.AddDate(0, 0, 1),
		[]Revoked{{serial(t, c.revoked), c.at.Add(-time.Hour), KeyCompromise}, {NewSerial(), c.at, Unspecified}}))
	return c
}

func serial(t testing.TB, c *Certificate) Serial {
	t.Helper()
	s, ok := c.Serial()
	if !ok {
		t.Fatal("serial number")
	}
	return s
}

// standings is what the chain's authority knows.
func (c *chain) standings(t testing.TB) func([]Serial) ([]Standing, error) {
	return func(ask []Serial) ([]Standing, error) {
		out := make([]Standing, len(ask))
		for i, s := range ask {
			if r, ok := c.issuerList.Find(s); ok {
				out[i] = Standing{Known: true, Revoked: true, At: r.At, Cause: r.Cause}
			} else if s == serial(t, c.signing) {
				out[i] = Standing{Known: true}
			}
		}
		return out, nil
	}
}
