package own

import (
	"context"
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
	dir   string
	keys  key.Store
	box   *seal.Box
	clock clock.Clock
	setup Setup
	root  *pki.Certificate
	certs []*pki.Certificate // of the issuing authorities, in the order of their numbers, from 1

	mu     sync.Mutex
	issuer map[int]*pki.Issuer // those whose keys were asked for
	ledger *ledger
}

var _ certificate.Authority = (*Authority)(nil)

// Open opens the authority in a folder. The box seals what its ledger says of people. Faults: None,
// BadSetup, BadLedger.
func Open(dir string, keys key.Store, box *seal.Box, c clock.Clock) (*Authority, error) {
	setup, err := readSetup(dir)
	if err != nil {
		return nil, err
	}
	a := &Authority{dir: dir, keys: keys, box: box, clock: c, setup: setup, issuer: map[int]*pki.Issuer{}}
	if a.root, err = a.certificate("root.crt"); err != nil {
		return nil, err
	}
	for n := range setup.Keys {
		cert, err := a.certificate(fmt.Sprintf("issuing-%d.crt", n+1))
		if err != nil {
			return nil, err
		}
		a.certs = append(a.certs, cert)
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
func (a *Authority) newest() int { return len(a.certs) }

// issuing asks the store for an issuing authority's key when it is first needed: a key process that
// is away now may be back then. The caller has the lock.
func (a *Authority) issuing(ctx context.Context, n int) (*pki.Issuer, error) {
	if i := a.issuer[n]; i != nil {
		return i, nil
	}
	signer, err := a.keys.Signer(ctx, a.setup.Keys[n-1])
	if err != nil {
		return nil, err
	}
	i, err := pki.NewIssuer(a.certs[n-1], signer)
	if err == nil {
		a.issuer[n] = i
	}
	return i, err
}

// profile is what a holder's certificate of an issuing authority says beside its holder.
func (a *Authority) profile(n int, c pki.Config) (*pki.Profile, error) {
	c.CRL, c.CA, c.OCSP = fmt.Sprintf("%sissuing-%d.crl", a.setup.URL, n), fmt.Sprintf("%sissuing-%d.crt", a.setup.URL, n), fmt.Sprintf("%socsp/%d", a.setup.URL, n)
	if c.Use == pki.Status {
		c.CRL, c.OCSP = "", ""
	}
	return pki.NewProfile(c)
}
