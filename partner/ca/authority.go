package ca

import (
	"context"
	"encoding/pem"
	"fmt"
	"slices"

	"kawu/domain/certificate"
	"kawu/partner/wire"
)

// The authority's words for its services.
const (
	KindIssue  = "issue"
	KindRevoke = "revoke"
	KindChain  = "chain"
)

// PerQuestion is how many cards go into one question: an answer has about 2 KB for each.
const PerQuestion = 5_000

// Requests asks for certificates.
type Requests struct {
	Lines []Request `json:"lines"`
}

// Request is one card's.
type Request struct {
	Ref       string `json:"ref"`
	Name      string `json:"AAC003"`
	Number    string `json:"AAC002"`
	PublicKey string `json:"public_key"` // 04 and 64 bytes, hex
	NotAfter  string `json:"not_after"`  // RFC 3339
}

// Results has one Result for every line.
type Results struct {
	Results []Result `json:"results"`
}

// Result is one card's: both certificates in DER and the encryption pair enveloped to the card's key,
// or a code other than CodeIssued.
type Result struct {
	Ref      string `json:"ref"`
	Code     string `json:"code"`
	Sign     []byte `json:"sign,omitempty"`
	Encrypt  []byte `json:"encrypt,omitempty"`
	Envelope []byte `json:"envelope,omitempty"`
}

// Chain is the authorities' certificates and their newest revocation lists, as PEM.
type Chain struct {
	Root    string `json:"root"`
	Issuing string `json:"issuing"`
	CRL     string `json:"crl"`
	RootCRL string `json:"root_crl"`
}

// CodeIssued is the code of success. The others are the authority's: 10001–10036 a fault in the
// request, 20001–20008 one in its own state, 30001–30008 one in its systems.
const CodeIssued = "0"

// Revocations takes certificates out of use, puts them on hold, or lifts a hold.
type Revocations struct {
	Lines []Revocation `json:"lines"`
}

// Revocation is one of them.
type Revocation struct {
	Serial string `json:"serial"` // hexadecimal
	Reason string `json:"reason"` // name of RFC 5280; removeFromCRL lifts a hold
}

// Service is the adapter; it fills certificate.Authority.
type Service struct{ wire *wire.Client }

var _ certificate.Authority = (*Service)(nil)

// New speaks to the authority over a link.
func New(c *wire.Client) *Service { return &Service{c} }

// Issue asks in questions of PerQuestion cards; part n has the key "KEY/n", so that a repeat of the
// call after a fault in the middle repeats the same parts. Fault: wire.Malformed when a card is
// answered twice, not at all or without certificates.
func (s *Service) Issue(ctx context.Context, key string, cards []certificate.Request) ([]certificate.Issued, error) {
	out := make([]certificate.Issued, 0, len(cards))
	n := 0
	for part := range slices.Chunk(cards, PerQuestion) {
		n++
		got, err := s.part(ctx, fmt.Sprintf("%s/%d", key, n), part)
		if err != nil {
			return nil, err
		}
		out = append(out, got...)
	}
	return out, nil
}

func (s *Service) part(ctx context.Context, key string, cards []certificate.Request) ([]certificate.Issued, error) {
	q := Requests{Lines: make([]Request, len(cards))}
	for i, c := range cards {
		q.Lines[i] = Request{c.Key, c.Name, c.Number, c.PublicKey, c.NotAfter}
	}
	var r Results
	if err := s.wire.Ask(ctx, KindIssue, key, q, &r); err != nil {
		return nil, err
	}
	out := make([]certificate.Issued, len(r.Results))
	for i, v := range r.Results {
		out[i] = certificate.Issued{Key: v.Ref}
		switch {
		case v.Code == CodeIssued && len(v.Sign) > 0 && len(v.Encrypt) > 0 && len(v.Envelope) > 0:
			out[i].Sign, out[i].Encrypt, out[i].Envelope = text(v.Sign), text(v.Encrypt), v.Envelope
		case v.Code == CodeIssued || v.Code == "":
			return nil, s.wire.Malformed()
		default:
			out[i].Fault = v.Code
		}
	}
	return wire.Match(s.wire, cards, func(c certificate.Request) string { return c.Key },
		out, func(c certificate.Issued) string { return c.Key })
}

func text(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// Revoke names all certificates in one question.
func (s *Service) Revoke(ctx context.Context, key string, list []certificate.Revocation) error {
	q := Revocations{Lines: make([]Revocation, len(list))}
	for i, r := range list {
		q.Lines[i] = Revocation{r.Serial, r.Reason}
	}
	return s.wire.Ask(ctx, KindRevoke, key, q, nil)
}

// Chain asks for the newest list. Fault: wire.Malformed when something is missing.
func (s *Service) Chain(ctx context.Context, key string) (certificate.Chain, error) {
	var c Chain
	if err := s.wire.Ask(ctx, KindChain, key, struct{}{}, &c); err != nil {
		return certificate.Chain{}, err
	}
	if c.Root == "" || c.Issuing == "" || c.CRL == "" || c.RootCRL == "" {
		return certificate.Chain{}, s.wire.Malformed()
	}
	return certificate.Chain{Root: c.Root, Issuing: c.Issuing, List: c.CRL, RootList: c.RootCRL}, nil
}
