package own

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"kawu/chip/key"
	"kawu/domain/certificate"
	"kawu/kit/clock"
	"kawu/kit/pki"
	"kawu/kit/seal"
)

// Authority is an open authority; safe for concurrent use.
type Authority struct {
	dir    string
	keys   key.Store
	box    *seal.Box
	clock  clock.Clock
	setup  Setup
	root   *pki.Certificate
	issuer []*pki.Issuer // in the order of their numbers, from 1; nil when its key is not in the store

	mu     sync.Mutex
	ledger *ledger
}

var _ certificate.Authority = (*Authority)(nil)

// Open opens the authority in a folder. The box seals what its ledger says of people. Faults: None,
// BadSetup, BadLedger, pki.WrongKey.
func Open(ctx context.Context, dir string, keys key.Store, box *seal.Box, c clock.Clock) (*Authority, error) {
	setup, err := readSetup(dir)
	if err != nil {
		return nil, err
	}
	a := &Authority{dir: dir, keys: keys, box: box, clock: c, setup: setup}
	if a.root, err = a.certificate("root.crt"); err != nil {
		return nil, err
	}
	for n, ref := range setup.Keys {
		cert, err := a.certificate(fmt.Sprintf("issuing-%d.crt", n+1))
		if err != nil {
			return nil, err
		}
		var issuer *pki.Issuer
		signer, err := keys.Signer(ctx, ref)
		if err == nil {
			issuer, err = pki.NewIssuer(cert, signer)
		}
		if err != nil && !errors.Is(err, key.Missing) {
			return nil, err
		}
		a.issuer = append(a.issuer, issuer)
	}
	a.ledger, err = openLedger(filepath.Join(dir, "ledger"))
	return a, err
}

// Close closes the ledger.
func (a *Authority) Close() error { return a.ledger.file.Close() }

func (a *Authority) certificate(name string) (*pki.Certificate, error) {
	text, err := os.ReadFile(filepath.Join(a.dir, "public", name))
	if err != nil {
		return nil, err
	}
	return pki.ParsePEM(text)
}

// newest is the number of the issuing authority that issues.
func (a *Authority) newest() (int, *pki.Issuer, error) {
	n := len(a.issuer)
	if a.issuer[n-1] == nil {
		return n, nil, with(key.Missing, "key", a.setup.Keys[n-1].String())
	}
	return n, a.issuer[n-1], nil
}

// profile is what a holder's certificate of an issuing authority says beside its holder.
func (a *Authority) profile(n int, c pki.Config) (*pki.Profile, error) {
	c.CRL, c.CA, c.OCSP = fmt.Sprintf("%sissuing-%d.crl", a.setup.URL, n), fmt.Sprintf("%sissuing-%d.crt", a.setup.URL, n), fmt.Sprintf("%socsp/%d", a.setup.URL, n)
	if c.Use == pki.Status {
		c.CRL, c.OCSP = "", ""
	}
	return pki.NewProfile(c)
}
