package sim

import (
	"encoding/hex"
	"net/http"
	"strings"
	"time"

	"kawu/kit/idno"
	"kawu/kit/pki"
	"kawu/kit/sm"
	"kawu/partner/ca"
	"kawu/partner/wire/host"
)

// Codes that a card can be refused with.
const (
	BadKey    = "10001" // the public key is no point of the curve
	BadName   = "10002" // the name cannot be written into a certificate
	BadExpiry = "10003" // not_after is no time, past, or too far ahead
	BadNumber = "10004" // the identity number has a wrong check character
	OtherKey  = "10005" // this card has certificates for another key
)

// Orders are what it can be told, beside the common faults.
type Orders struct {
	host.Faults
	Refuse     map[string]string `json:"refuse,omitempty"`      // ref or identity number to code, every time
	RefuseOnce map[string]string `json:"refuse_once,omitempty"` // the same, once
}

// Sim is a running authority.
type Sim struct {
	*host.Host
	orders  *Orders
	secrets *host.Table[string]  // PEM of keys and certificates of the authorities
	issued  *host.Table[issued]  // by ref
	serials *host.Table[bool]    // every serial number given, in hexadecimal
	revoked *host.Table[revoked] // by serial number
}

type issued struct {
	PublicKey string   `json:"public_key"`
	Sign      []byte   `json:"sign"`
	Encrypt   []byte   `json:"encrypt"`
	Envelope  []byte   `json:"envelope"`
	Serials   []string `json:"serials"`
}

type revoked struct {
	At    time.Time `json:"at"`
	Cause pki.Cause `json:"cause"`
}

// New starts it on the memory in o.Data; the first start makes the authorities.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("ca", o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h,
		secrets: host.NewTable[string](h, "secrets"),
		issued:  host.NewTable[issued](h, "issued"),
		serials: host.NewTable[bool](h, "serials"),
		revoked: host.NewTable[revoked](h, "revoked"),
	}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.HandleLines(h, ca.KindIssue, s.issue)
	host.Handle(h, ca.KindRevoke, s.revoke)
	host.HandleLines(h, ca.KindChain, s.chain)
	h.Show("chain", func(*http.Request) any { c, _ := s.Chain(); return c })
	return s, h.Start(o)
}

// issue answers every line; a line that was answered before gets the same certificates.
func (s *Sim) issue(t *host.Turn, q ca.Requests) (ca.Results, error) {
	out := ca.Results{Results: make([]ca.Result, len(q.Lines))}
	var fresh []wanted
	for i, l := range q.Lines {
		out.Results[i] = ca.Result{Ref: l.Ref, Code: ca.CodeIssued}
		if had, ok := s.issued.Get(l.Ref); ok && (had.PublicKey == l.PublicKey || !s.gone(had)) {
			out.Results[i].Sign, out.Results[i].Encrypt, out.Results[i].Envelope = had.Sign, had.Encrypt, had.Envelope
			if had.PublicKey != l.PublicKey {
				out.Results[i] = ca.Result{Ref: l.Ref, Code: OtherKey}
			}
			continue
		}
		w, code := s.check(t.Now(), l)
		if code != "" {
			out.Results[i].Code = code
			continue
		}
		w.at = i
		fresh = append(fresh, w)
	}
	t.Worked(len(fresh))
	return out, s.certify(t.Now(), q, fresh, out.Results)
}

// gone tells that both certificates are revoked for good: the card is being made again.
func (s *Sim) gone(had issued) bool {
	for _, serial := range had.Serials {
		if r, revoked := s.revoked.Get(serial); !revoked || r.Cause == pki.Hold {
			return false
		}
	}
	return true
}

// wanted is a line that can be certified.
type wanted struct {
	at      int
	subject pki.Name
	key     *sm.PublicKey
	until   time.Time
}

func (s *Sim) check(now time.Time, l ca.Request) (w wanted, code string) {
	for _, name := range []string{l.Ref, l.Number} {
		if c, ok := s.orders.RefuseOnce[name]; ok {
			delete(s.orders.RefuseOnce, name)
			return w, c
		}
		if c, ok := s.orders.Refuse[name]; ok {
			return w, c
		}
	}
	if _, _, err := idno.Parse(l.Number); err != nil {
		return w, BadNumber
	}
	point, err := hex.DecodeString(l.PublicKey)
	if err == nil {
		w.key, err = sm.NewPublicKey(point)
	}
	if err != nil {
		return w, BadKey
	}
	w.subject = pki.Name{Country: "CN", Organization: organisation, Common: l.Name, Serial: strings.ReplaceAll(l.Ref, "_", "-")}
	if w.subject.Check() != nil {
		return w, BadName
	}
	if w.until, err = time.Parse(time.RFC3339, l.NotAfter); err != nil || !w.until.After(now) || w.until.After(now.AddDate(10, 11, 0)) {
		return w, BadExpiry
	}
	w.until = w.until.Truncate(time.Second)
	return w, ""
}
