package makecard

import (
	"context"
	"encoding/pem"
	"fmt"
	"time"

	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/exchange"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/sm"
	"kawu/kit/state"
)

// answers sorts what the authority sent.
type answers struct {
	certs   []certificate.Certificate
	load    []production.Loading
	refused []certificate.Issued
}

// Certify is the handler of Certified: certificates are stored and go to the factory, which puts them
// on the cards. Nothing has moved yet: a card is certified when they are on it.
func (f *Flow) Certify(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var issued []certificate.Issued
	if err := exchange.Answer(ctx, f.Desk.DB, x.ID, &issued); err != nil {
		return err
	}
	a := sortIssued(issued)
	return f.Desk.Sit(ctx, desk.Clockwork(Certified), desk.TakeCertificates, func(s *desk.Sitting) error {
		s.About(x.Subject, len(issued), "refused", len(a.refused))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := certificate.Put(ctx, s.Tx, a.certs); err != nil {
			return err
		}
		troubles := make([]trouble.Trouble, len(a.refused))
		for i, r := range a.refused {
			troubles[i] = trouble.Trouble{City: f.City, Kind: trouble.NoCertificate, Subject: r.Key, About: x.Subject, OwnerKind: ref.HeldByCentre,
				Owner: "centre", Reason: r.Fault, Due: s.At().Add(3 * 24 * time.Hour)}
		}
		if err := trouble.Raise(ctx, s.Tx, troubles); err != nil {
			return err
		}
		if err := s.Ring(ctx, f.Chain, "ca", s.At()); err != nil || len(a.load) == 0 {
			return err
		}
		_, err := exchange.Put(ctx, s.Tx, "factory", f.Factory, LoadCertificates, x.Subject, len(a.load), a.load)
		return err
	})
}

func sortIssued(issued []certificate.Issued) (a answers) {
	for _, i := range issued {
		two, err := pair(i)
		if i.Fault != "" || err != nil {
			a.refused = append(a.refused, i)
			continue
		}
		a.certs = append(a.certs, two...)
		a.load = append(a.load, production.Loading{Key: i.Key, Sign: i.Sign, Encrypt: i.Encrypt, Envelope: i.Envelope})
	}
	return a
}

// errCertificate is the refusal of what the authority sent as a certificate.
var errCertificate = fault.New(fault.Outside, "certificate.unreadable", "the authority's answer holds no readable certificate")

func pair(i certificate.Issued) ([]certificate.Certificate, error) {
	var out []certificate.Certificate
	for usage, text := range map[string]string{"sign": i.Sign, "encrypt": i.Encrypt} {
		block, _ := pem.Decode([]byte(text))
		if block == nil {
			return nil, errCertificate
		}
		c, err := sm.ParseX509(block.Bytes)
		if err != nil {
			return nil, errCertificate.Because(err)
		}
		out = append(out, certificate.Certificate{Serial: fmt.Sprintf("%032x", c.SerialNumber), Card: ref.Card(i.Key), Usage: usage,
			Issuer: c.Issuer.CommonName, PEM: text, NotAfter: c.NotAfter})
	}
	return out, nil
}

// LoadedCertificates is the handler of LoadCertificates: cards that have theirs may leave the factory
// (SH-05). One whose chip broke under them, or whose face came out wrong, is waste, loses its
// certificates and is made again.
func (f *Flow) LoadedCertificates(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var lines []production.Return
	if err := exchange.Answer(ctx, f.Desk.DB, x.ID, &lines); err != nil {
		return err
	}
	r, err := f.loaded(ctx, lines)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(LoadCertificates), desk.TakeCertificates, func(s *desk.Sitting) error {
		s.About(x.Subject, len(lines), "spoiled", len(r.failed))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := state.Apply(ctx, s.Tx, card.Making, "certify", ids(r.made), s.ID); err != nil {
			return err
		}
		if err := production.SetPrints(ctx, s.Tx, r.prints()); err != nil {
			return err
		}
		if len(r.failed) > 0 {
			if _, err := certificate.End(ctx, s.Tx, ids(r.failed), certificate.Ceased, s.ID); err != nil {
				return err
			}
			if err := s.Ring(ctx, f.Revoke, "ca", s.At()); err != nil {
				return err
			}
		}
		if err := f.unmade(ctx, s, r, production.ReturnFile{Batch: x.Subject}); err != nil {
			return err
		}
		return s.Ring(ctx, f.Handover, "key_loading "+x.Subject, s.At())
	})
}

// prints are the faces of the cards that are complete; a factory that prints none names none.
func (r results) prints() (out []production.Print) {
	for _, c := range r.made {
		if l := r.lines[c.ID]; l.Print != "" {
			out = append(out, production.Print{Card: c.ID, Digest: l.Print, Fonts: l.Fonts})
		}
	}
	return out
}

// loaded sorts the factory's answer. A spoiled card's waste is the chip that it had.
func (f *Flow) loaded(ctx context.Context, lines []production.Return) (results, error) {
	r := results{lines: make(map[ref.Card]production.Return, len(lines))}
	set := make([]ref.Card, len(lines))
	for i, l := range lines {
		set[i] = ref.Card(l.Key)
		r.lines[set[i]] = l
	}
	cards, err := card.FindIn(ctx, f.Desk.DB, set, card.Made)
	for _, c := range cards {
		l := r.lines[c.ID]
		if l.Result == production.Made {
			r.made = append(r.made, c)
			continue
		}
		l.Chip, l.Waste = c.Chip, true
		r.lines[c.ID] = l
		r.failed = append(r.failed, c)
	}
	return r, err
}
