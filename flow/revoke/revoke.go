package revoke

import (
	"context"
	"encoding/pem"
	"time"

	"kawu/domain/certificate"
	"kawu/domain/exchange"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/pki"
)

// The duties. Tell's and Fetch's key is the authority, the others' an exchange.
const (
	Tell    job.Kind = "certificate.tell"
	Told    job.Kind = "certificate.revoke"
	Fetch   job.Kind = "certificate.fetch"
	Fetched job.Kind = "certificate.chain"
)

// Flow revokes.
type Flow struct {
	Desk      *desk.Desk
	Authority string // its name among the partners
}

// ErrChain is the refusal of a chain that does not hold together, or of a root that changed: a new
// root is handed over by people, not by a message.
var ErrChain = fault.New(fault.Outside, "revoke.bad_chain", "the authority's {part} does not fit the chain known here; nothing was taken")

// Start rings the standing duty: the list is fetched every morning at six.
func (f *Flow) Start(ctx context.Context) error {
	return f.Desk.Sit(ctx, desk.Clockwork(Fetch), desk.SetUp, func(s *desk.Sitting) error {
		s.About(f.Authority, 1)
		return s.Ring(ctx, Fetch, f.Authority, morning(s.At()))
	})
}

func morning(now time.Time) time.Time {
	t := clock.Day(now).Add(6 * time.Hour)
	if !t.After(now) {
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// TellAuthority is the handler of Tell: what the authority does not know yet of all certificates.
func (f *Flow) TellAuthority(ctx context.Context, _ string) error {
	for {
		list, err := certificate.Untold(ctx, f.Desk.DB, exchange.Lines)
		if err != nil || len(list) == 0 {
			return err
		}
		err = f.Desk.Sit(ctx, desk.Clockwork(Tell), desk.RevokeCertificates, func(s *desk.Sitting) error {
			s.About(f.Authority, len(list))
			x, err := exchange.Put(ctx, s.Tx, "ca", f.Authority, Told, f.Authority, len(list), list)
			if err != nil {
				return err
			}
			return certificate.SetTelling(ctx, s.Tx, list, x)
		})
		if err != nil {
			return err
		}
	}
}

// Revoked is the handler of Told: the authority knows, and its list is fetched anew. What has changed in
// the meantime is told next.
func (f *Flow) Revoked(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var list []certificate.Revocation
	if err := exchange.Body(ctx, f.Desk.DB, x.ID, &list); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Told), desk.RevokeCertificates, func(s *desk.Sitting) error {
		s.About(f.Authority, len(list))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := certificate.SetTold(ctx, s.Tx, list, x.ID); err != nil {
			return err
		}
		if err := s.Ring(ctx, Tell, f.Authority, s.At()); err != nil {
			return err
		}
		return s.Ring(ctx, Fetch, f.Authority, s.At())
	})
}

// AskChain is the handler of Fetch.
func (f *Flow) AskChain(ctx context.Context, _ string) error {
	return f.Desk.Sit(ctx, desk.Clockwork(Fetch), desk.RevokeCertificates, func(s *desk.Sitting) error {
		s.About(f.Authority, 0)
		if err := s.Ring(ctx, Fetch, f.Authority, morning(s.At())); err != nil {
			return err
		}
		_, err := exchange.Put(ctx, s.Tx, "ca", f.Authority, Fetched, f.Authority, 1, struct{}{})
		return err
	})
}

// Listed is the handler of Fetched. Fault: ErrChain.
func (f *Flow) Listed(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var c certificate.Chain
	if err := exchange.Answer(ctx, f.Desk.DB, x.ID, &c); err != nil {
		return err
	}
	known, has, err := certificate.GetChain(ctx, f.Desk.DB, f.Authority)
	if err != nil {
		return err
	}
	if has && known.Root != c.Root {
		return bad("root")
	}
	n, err := check(c)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Fetched), desk.RevokeCertificates, func(s *desk.Sitting) error {
		s.About(f.Authority, n)
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		return certificate.SetChain(ctx, s.Tx, f.Authority, c)
	})
}

// check holds the chain together: root signs itself and the issuing authority, which signs the list.
func check(c certificate.Chain) (revoked int, err error) {
	root, err := pki.ParsePEM([]byte(c.Root))
	if err != nil || !root.SignedBy(root) {
		return 0, bad("root")
	}
	issuing, err := pki.ParsePEM([]byte(c.Issuing))
	if err != nil || !issuing.SignedBy(root) {
		return 0, bad("issuing certificate")
	}
	list, err := readList(c.List, issuing)
	if err != nil {
		return 0, bad("revocation list").Because(err)
	}
	if _, err := readList(c.RootList, root); err != nil {
		return 0, bad("root's revocation list").Because(err)
	}
	n := list.Len()
	for _, f := range c.Former {
		former, err := pki.ParsePEM([]byte(f.Issuing))
		if err != nil || !former.SignedBy(root) {
			return 0, bad("former issuing certificate")
		}
		if f.List == "" {
			continue
		}
		list, err := readList(f.List, former)
		if err != nil {
			return 0, bad("former revocation list").Because(err)
		}
		n += list.Len()
	}
	return n, nil
}

func readList(text string, issuer *pki.Certificate) (*pki.RevocationList, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, ErrChain
	}
	return pki.ParseRevocationList(block.Bytes, issuer)
}

func bad(part string) *fault.Fault {
	return fault.New(ErrChain.Kind, ErrChain.Code, ErrChain.Message, "part", part)
}
