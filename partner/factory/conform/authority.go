package conform

import (
	"sync"
	"testing"
	"time"

	"kawu/kit/pki"
	"kawu/kit/sm"
)

// issuing makes certificates that chain to nothing: a factory does not look.
type issuing struct {
	once   sync.Once
	issuer *pki.Issuer
}

var authority issuing

var start = time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)

func (a *issuing) sign(t *testing.T, use pki.Use, k *sm.PublicKey) string {
	t.Helper()
	a.once.Do(func() {
		own, err := sm.GenerateKey()
		must(t, err)
		root, err := pki.SelfSigned(pki.Draft{Profile: profile(t, pki.Root), Subject: pki.Name{Country: "CN", Common: "trial"}, Key: own.Public(), From: start}, own)
		must(t, err)
		a.issuer, err = pki.NewIssuer(root, own)
		must(t, err)
	})
	form, err := a.issuer.Prepare(pki.Draft{Profile: profile(t, use), Subject: pki.Name{Country: "CN", Common: "trial card"}, Key: k, From: start})
	must(t, err)
	c, err := a.issuer.Issue(form)
	must(t, err)
	return string(c.PEM())
}

func profile(t *testing.T, use pki.Use) *pki.Profile {
	t.Helper()
	p, err := pki.NewProfile(pki.Config{Use: use, Validity: 24 * 365 * time.Hour, CRL: "http://crl.example/list"})
	must(t, err)
	return p
}
