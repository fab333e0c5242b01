package perso

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"kawu/kit/pki"
	"kawu/kit/sm"
)

// Ask is one card's wish for certificates.
type Ask struct {
	CardID  string // into the subject's serialNumber
	Name    string // into the subject's common name
	Signing *sm.PublicKey
}

// Issued is the authority's answer. The encryption pair travels in an envelope to the signing key:
// only the chip can open it. Both are missing when the authority gives signing certificates only.
type Issued struct {
	Key         string // the caller's name for the card; only Load reads it, for the press
	Sign, Crypt *pki.Certificate
	Envelope    []byte
	Err         error // this card only
}

// Authority gives both certificates for a set of cards, in its order.
type Authority interface {
	Certify(ctx context.Context, set []Ask) ([]Issued, error)
}

// Local is an authority in this process, over an issuer whose key may lie anywhere.
type Local struct {
	Issuer      *pki.Issuer
	Sign, Crypt *pki.Profile // no Crypt: signing certificates only
	Subject     pki.Name     // country, organization; name and card are filled in
	Now         func() time.Time
}

// Certify implements Authority.
func (l *Local) Certify(ctx context.Context, set []Ask) ([]Issued, error) {
	out := make([]Issued, len(set))
	now := l.Now()
	parallel(len(set), func(i int) { out[i] = l.one(set[i], now) })
	return out, ctx.Err()
}

func (l *Local) one(a Ask, now time.Time) (is Issued) {
	subject := l.Subject
	subject.Common, subject.Serial = a.Name, a.CardID
	if is.Sign, is.Err = l.issue(pki.Draft{Profile: l.Sign, Subject: subject, Key: a.Signing, From: now}); is.Err != nil || l.Crypt == nil {
		return is
	}
	pair, err := sm.GenerateKey()
	if err != nil {
		return Issued{Err: err}
	}
	if is.Crypt, err = l.issue(pki.Draft{Profile: l.Crypt, Subject: subject, Key: pair.Public(), From: now}); err != nil {
		return Issued{Err: err}
	}
	is.Envelope, is.Err = sm.Envelope(a.Signing, pair)
	return is
}

func (l *Local) issue(d pki.Draft) (*pki.Certificate, error) {
	u, err := l.Issuer.Prepare(d)
	if err != nil {
		return nil, err
	}
	return l.Issuer.Issue(u)
}

// parallel runs n pieces of work on all cores; whoever is free takes the next.
func parallel(n int, one func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				one(i)
			}
		})
	}
	wg.Wait()
}
