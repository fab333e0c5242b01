package own

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"kawu/chip/key"
	"kawu/domain/certificate"
	"kawu/kit/fault"
	"kawu/kit/pki"
)

// Unknown says that a certificate to be revoked was not issued here, or its reason is none; args: serial.
var Unknown = fault.New(fault.Invalid, "ca.unknown", "the certificate {serial} was not issued here, or the reason is none of RFC 5280's")

var causes = map[string]pki.Cause{"unspecified": pki.Unspecified, "keyCompromise": pki.KeyCompromise,
	"affiliationChanged": pki.Changed, "superseded": pki.Superseded, "cessationOfOperation": pki.Ceased, "certificateHold": pki.Hold}

// listDays is how long a list is good: terminals fetch it every day and may miss a weekend.
const listDays = 4

// Revoke implements certificate.Authority: all of the list or, when one is Unknown, none. What is
// revoked stays so for its first reason. The lists are published at once.
func (a *Authority) Revoke(ctx context.Context, _ string, list []certificate.Revocation) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ledger.refresh(); err != nil {
		return err
	}
	now := a.clock.Now()
	var lines []line
	for _, r := range list {
		s, known := a.ledger.serials[r.Serial]
		if _, cause := causes[r.Reason]; !known || !cause {
			return with(Unknown, "serial", r.Serial)
		}
		if s.ended.IsZero() {
			lines = append(lines, line{At: now.Unix(), End: r.Serial, Why: r.Reason})
		}
	}
	if err := a.ledger.add(lines...); err != nil {
		return err
	}
	return a.publish(ctx, now)
}

// Chain implements certificate.Authority, with a list that is signed now.
func (a *Authority) Chain(ctx context.Context, _ string) (certificate.Chain, error) {
	if err := a.Publish(ctx); err != nil {
		return certificate.Chain{}, err
	}
	n := a.newest()
	list, err := os.ReadFile(filepath.Join(a.dir, "public", fmt.Sprintf("issuing-%d.crl", n)))
	if err != nil {
		return certificate.Chain{}, err
	}
	top, err := os.ReadFile(filepath.Join(a.dir, "public", "root.crl"))
	if err != nil {
		return certificate.Chain{}, err
	}
	c := certificate.Chain{Root: text(a.root), Issuing: text(a.certs[n-1]), List: string(list), RootList: string(top)}
	for i := n - 1; i > 0; i-- {
		list, err := os.ReadFile(filepath.Join(a.dir, "public", fmt.Sprintf("issuing-%d.crl", i)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return c, err
		}
		c.Former = append(c.Former, certificate.Former{Issuing: text(a.certs[i-1]), List: string(list)})
	}
	return c, nil
}

// Publish signs the revocation list of every issuing authority whose key is in the store.
func (a *Authority) Publish(ctx context.Context) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ledger.refresh(); err != nil {
		return err
	}
	return a.publish(ctx, a.clock.Now())
}

// publish numbers lists by the second: two in the same second are the same list or say more.
func (a *Authority) publish(ctx context.Context, now time.Time) error {
	for n := 1; n <= a.newest(); n++ {
		issuer, err := a.issuing(ctx, n)
		if errors.Is(err, key.Missing) {
			continue
		}
		if err != nil {
			return err
		}
		revoked, err := a.revoked(n, now)
		if err != nil {
			return err
		}
		list, err := issuer.RevocationList(uint64(now.Unix()), now, now.Add(listDays*day), revoked)
		if err != nil {
			return err
		}
		if err := write(a.dir, fmt.Sprintf("public/issuing-%d.crl", n), list.PEM()); err != nil {
			return err
		}
	}
	return nil
}

// lost is how long a form may wait for its signature before it counts as one that a power cut left:
// it may have been signed, nobody has it, and it goes on the list.
const lost = time.Hour

func (a *Authority) revoked(issuer int, now time.Time) (out []pki.Revoked, err error) {
	for text, s := range a.ledger.serials {
		stale := !s.released && s.use != pki.Status && now.Sub(s.at) > lost
		if s.issuer != issuer || s.ended.IsZero() && !stale {
			continue
		}
		serial, err := pki.ParseSerial(text)
		if err != nil {
			return nil, err
		}
		r := pki.Revoked{Serial: serial, At: s.ended, Cause: causes[s.why]}
		if s.ended.IsZero() {
			r.At, r.Cause = s.at, pki.Ceased
		}
		out = append(out, r)
	}
	return out, nil
}
