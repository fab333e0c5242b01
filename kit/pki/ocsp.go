package pki

import (
	"encoding/asn1"
	"time"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/sm"
)

var (
	oidOCSPBasic = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 1}
	oidOCSPNonce = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 2}
)

// Outcome of an OCSP request as a whole (OCSPResponseStatus).
const (
	ocspSuccessful   = 0
	ocspMalformed    = 1
	ocspInternal     = 2
	ocspUnauthorized = 6 // not our issuer
)

// Standing is what a responder knows of a serial number. Known false means that this authority never
// issued it: answered "unknown", never "good".
type Standing struct {
	Known   bool
	Revoked bool
	At      time.Time // of revocation
	Cause   Cause
}

// Responder answers OCSP requests (RFC 6960) for one issuer with a delegated key.
type Responder struct {
	issuer *Certificate
	by     *Issuer // the responder's certificate and key; an Issuer only in that it signs
	fresh  time.Duration
}

// NewResponder takes the responder's own certificate and key; answers are good for fresh. Faults:
// WrongKey, BadSignature when the issuer did not make the responder's certificate.
func NewResponder(issuer, own *Certificate, signer sm.Signer, fresh time.Duration) (*Responder, error) {
	by, err := NewIssuer(own, signer)
	if err != nil {
		return nil, err
	}
	if !own.SignedBy(issuer) {
		return nil, BadSignature
	}
	return &Responder{issuer, by, fresh}, nil
}

// Answer gives the DER answer to a DER request; bad requests get an answer that says so. lookup is
// called once with all serial numbers asked for and gives their standings in that order.
func (r *Responder) Answer(now time.Time, request []byte, lookup func([]Serial) ([]Standing, error)) ([]byte, error) {
	ask, nonce, outcome := r.parse(request)
	if outcome != ocspSuccessful {
		return refuse(outcome)
	}
	serials := make([]Serial, len(ask))
	for i, q := range ask {
		serials[i] = q.serial
	}
	standings, err := lookup(serials)
	if err != nil || len(standings) != len(ask) {
		return refuse(ocspInternal) // the asker tries another responder or the list
	}
	tbs, err := r.encode(now, ask, standings, nonce)
	if err != nil {
		return nil, err
	}
	basic, err := r.by.sign(tbs, element(tagCertificates, element(tagSequence, r.by.cert.der)))
	if err != nil {
		return nil, err
	}
	b := cryptobyte.NewBuilder(nil)
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Enum(ocspSuccessful)
		b.AddASN1(cbasn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1ObjectIdentifier(oidOCSPBasic)
				b.AddASN1OctetString(basic)
			})
		})
	})
	return b.Bytes()
}

func refuse(outcome int64) ([]byte, error) {
	b := cryptobyte.NewBuilder(nil)
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Enum(outcome) })
	return b.Bytes()
}

// encode writes ResponseData.
func (r *Responder) encode(now time.Time, ask []question, standings []Standing, nonce []byte) ([]byte, error) {
	b := cryptobyte.NewBuilder(nil)
	now = now.UTC().Truncate(second)
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(cbasn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddBytes(r.by.cert.x.RawSubject) })
		b.AddASN1GeneralizedTime(now)
		b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
			for i, q := range ask {
				b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddBytes(q.id)
					addStanding(b, standings[i], q.ours)
					b.AddASN1GeneralizedTime(now)
					b.AddASN1(cbasn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) { b.AddASN1GeneralizedTime(now.Add(r.fresh)) })
				})
			}
		})
		if nonce != nil {
			b.AddASN1(cbasn1.Tag(1).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
				b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
					addExtension(b, oidOCSPNonce, false, func(b *cryptobyte.Builder) { b.AddBytes(nonce) })
				})
			})
		}
	})
	return b.Bytes()
}

func addStanding(b *cryptobyte.Builder, s Standing, ours bool) {
	tag := func(n uint8) cbasn1.Tag { return cbasn1.Tag(n).ContextSpecific() }
	switch {
	case !ours || !s.Known:
		b.AddASN1(tag(2), func(*cryptobyte.Builder) {})
	case !s.Revoked:
		b.AddASN1(tag(0), func(*cryptobyte.Builder) {})
	default:
		b.AddASN1(tag(1).Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1GeneralizedTime(s.At.UTC().Truncate(second))
			if s.Cause != Unspecified {
				b.AddASN1(tag(0).Constructed(), func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(s.Cause)) })
			}
		})
	}
}
