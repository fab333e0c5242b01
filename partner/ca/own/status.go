package own

import (
	"context"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"kawu/chip/key"
	"kawu/kit/pki"
	"kawu/kit/wording"
)

// Status is what an operator wants to know of the authority.
type Status struct {
	Custodians []string       `json:"custodians"` // who can open the root together
	Members    []Member       `json:"members"`    // the root first
	Cards      int            `json:"cards"`      // that have certificates
	Signed     int            `json:"signed"`     // serial numbers given to holders' certificates
	Revoked    int            `json:"revoked"`
	Held       int            `json:"held"`       // on hold: their cards are reported lost
	Unfinished int            `json:"unfinished"` // serial numbers whose certificates never came back from signing
	Warnings   []wording.Said `json:"warnings"`
}

// Member is the root or an issuing authority.
type Member struct {
	Name     string    `json:"name"`
	Serial   string    `json:"serial"`
	Key      string    `json:"key"` // check value of its public key
	From     time.Time `json:"from"`
	Until    time.Time `json:"until"`
	Ready    bool      `json:"ready"`          // its key can sign now; never for the root
	Ended    time.Time `json:"ended,omitzero"` // revoked by the root: it issues nothing any more
	List     uint64    `json:"list"`           // number of the newest revocation list
	ListNext time.Time `json:"list_next"`
	Lines    int       `json:"lines"` // on that list
}

// cardLife is how long a card is good: an issuing authority that ends sooner shortens certificates.
const cardLife = 10

// Status reads everything and signs nothing.
func (a *Authority) Status(ctx context.Context) (s Status, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.ledger.refresh(); err != nil {
		return s, err
	}
	if s.Custodians, err = Custodians(a.dir); err != nil {
		return s, err
	}
	now := a.clock.Now()
	for n := range a.newest() + 1 {
		name := "root"
		if n > 0 {
			name = fmt.Sprintf("issuing-%d", n)
		}
		m, err := a.member(name)
		if err != nil {
			return s, err
		}
		if n > 0 {
			if m.Ended, _, err = a.over(n); err != nil {
				return s, err
			}
			_, missing := a.issuing(ctx, n)
			m.Ready = missing == nil && m.Ended.IsZero()
		}
		s.Members = append(s.Members, m)
		s.warn(now, n == a.newest(), n == 0, m)
	}
	for _, x := range a.ledger.serials {
		switch {
		case x.use == pki.Status:
		case !x.released:
			s.Unfinished++
		default:
			s.Signed++
		}
		switch {
		case x.gone():
			s.Revoked++
		case !x.ended.IsZero():
			s.Held++
		}
	}
	s.Cards = len(a.ledger.cards)
	return s, nil
}

func (a *Authority) member(name string) (m Member, err error) {
	cert, err := a.certificate(name + ".crt")
	if err != nil {
		return m, err
	}
	serial, _ := cert.Serial()
	m = Member{Name: cert.Common(), Serial: serial.String(), Key: key.PublicCheck(cert.Key()), From: cert.From(), Until: cert.Until()}
	list, err := a.list(name, cert)
	if err != nil {
		return m, err
	}
	m.List, m.ListNext, m.Lines = list.Number(), list.Next(), list.Len()
	return m, nil
}

func (s *Status) warn(now time.Time, newest, root bool, m Member) {
	say := func(what string, at time.Time) {
		s.Warnings = append(s.Warnings, wording.Say("ca.warn."+what, "name", m.Name, "day", at))
	}
	switch {
	case !m.Until.After(now):
		say("over", m.Until)
	case newest && m.Until.Before(now.AddDate(cardLife, 0, 0)):
		say("soon", m.Until)
	}
	if !m.ListNext.After(now) {
		say("list_over", m.ListNext)
	} else if root && m.ListNext.Before(now.AddDate(0, 1, 0)) {
		say("list_soon", m.ListNext)
	}
	switch {
	case newest && !m.Ended.IsZero():
		say("ended", m.Ended)
	case newest && !m.Ready:
		say("no_key", now)
	}
}

// over tells whether the root has revoked an issuing authority, since when and why.
func (a *Authority) over(n int) (since time.Time, why pki.Cause, err error) {
	list, err := a.list("root", a.root)
	if err != nil {
		return since, why, err
	}
	serial, _ := a.certs[n-1].Serial()
	if r, revoked := list.Find(serial); revoked {
		return r.At, r.Cause, nil
	}
	return since, why, nil
}

// list reads what was published last.
func (a *Authority) list(name string, issuer *pki.Certificate) (*pki.RevocationList, error) {
	text, err := os.ReadFile(filepath.Join(a.dir, "public", name+".crl"))
	if err != nil {
		return nil, err
	}
	if b, _ := pem.Decode(text); b != nil {
		text = b.Bytes
	}
	return pki.ParseRevocationList(text, issuer)
}
