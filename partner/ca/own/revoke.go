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

// Final says that a hold cannot be lifted because the certificate is revoked for good; args: serial.
var Final = fault.New(fault.Refused, "ca.final", "the certificate {serial} is revoked for good; only a hold can be lifted")

var causes = map[string]pki.Cause{"unspecified": pki.Unspecified, "keyCompromise": pki.KeyCompromise,
	"affiliationChanged": pki.Changed, "superseded": pki.Superseded, "cessationOfOperation": pki.Ceased, "certificateHold": pki.Hold}

// listDays is how long a list is good: terminals fetch it every day and may miss a weekend.
const listDays = 4

// Revoke implements certificate.Authority: all of the list or, when one is Unknown or Final, none. The
// lists are published at once.
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
		lift := r.Reason == certificate.Lifted
		if _, cause := causes[r.Reason]; !known || !cause && !lift {
			return with(Unknown, "serial", r.Serial)
		}
		if lift && s.gone() {
			return with(Final, "serial", r.Serial)
		}
		if s.changes(r.Reason) {
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

// publish numbers lists by the second, and one further when a list of that second is out already: a
// lifted hold makes it say less, and readers keep the list with the higher number.
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
		number, err := a.number(n, now)
		if err != nil {
			return err
		}
		list, err := issuer.RevocationList(number, now, now.Add(listDays*day), revoked)
		if err != nil {
			return err
		}
		if err := write(a.dir, fmt.Sprintf("public/issuing-%d.crl", n), list.PEM()); err != nil {
			return err
		}
	}
	return nil
}

func (a *Authority) number(n int, now time.Time) (uint64, error) {
	last, err := a.list(fmt.Sprintf("issuing-%d", n), a.certs[n-1])
	if errors.Is(err, fs.ErrNotExist) {
		return uint64(now.Unix()), nil
	}
	if err != nil {
		return 0, err
	}
	return max(uint64(now.Unix()), last.Number()+1), nil
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
