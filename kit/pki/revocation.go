package pki

import (
	"encoding/pem"
	"maps"
	"slices"
	"sort"
	"time"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/sm"
)

// Cause is why a certificate was revoked: CRLReason of RFC 5280.
type Cause int

// The causes a card authority uses; 7 does not exist.
const (
	Unspecified   Cause = 0 // the encoding leaves it out
	KeyCompromise Cause = 1 // the card is lost: whoever has it may know the PIN
	CACompromise  Cause = 2
	Changed       Cause = 3 // the holder's data changed
	Superseded    Cause = 4 // a replacement card was enabled
	Ceased        Cause = 5 // the card was cancelled
	Hold          Cause = 6 // temporary loss; the only cause that can be lifted
)

// Revoked is one line of a revocation list.
type Revoked struct {
	Serial Serial
	At     time.Time
	Cause  Cause
}

// RevocationList is a parsed list.
type RevocationList struct {
	der []byte
	x   *sm.X509CRL
	by  map[Serial]Revoked
}

// RevocationList signs the list that is valid from this until next. number grows with every list
// of this issuer. The order of revoked does not matter: lines are written by serial number, so that
// the same set gives the same to-be-signed bytes.
func (i *Issuer) RevocationList(number uint64, this, next time.Time, revoked []Revoked) (*RevocationList, error) {
	lines := append([]Revoked(nil), revoked...)
	sort.Slice(lines, func(a, b int) bool { return string(lines[a].Serial[:]) < string(lines[b].Serial[:]) })
	b := cryptobyte.NewBuilder(make([]byte, 0, 512+len(lines)*56))
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(1) // version 2
		b.AddBytes(algorithm)
		b.AddBytes(i.cert.x.RawSubject)
		b.AddBytes(timeElement(this.Truncate(second)))
		b.AddBytes(timeElement(next.Truncate(second)))
		if len(lines) > 0 {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				for _, r := range lines {
					r.add(b)
				}
			})
		}
		b.AddASN1(cbasn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				addAuthorityKeyID(b, i.cert.x.SubjectKeyId)
				addExtension(b, oidCRLNumber, false, func(b *cryptobyte.Builder) { b.AddASN1Uint64(number) })
			})
		})
	})
	tbs, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	der, err := i.sign(tbs, nil)
	if err != nil {
		return nil, err
	}
	return ParseRevocationList(der, i.cert)
}

func (r Revoked) add(b *cryptobyte.Builder) {
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1BigInt(r.Serial.Int())
		b.AddBytes(timeElement(r.At.Truncate(second)))
		if r.Cause != Unspecified {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				addExtension(b, oidCRLReason, false, func(b *cryptobyte.Builder) { b.AddASN1Enum(int64(r.Cause)) })
			})
		}
	})
}

// sign wraps a to-be-signed form and refuses a signature that does not verify.
func (i *Issuer) sign(tbs, more []byte) ([]byte, error) {
	signature, err := i.signer.Sign(tbs)
	if err != nil {
		return nil, err
	}
	if !i.cert.key.Verify(tbs, signature) {
		return nil, BadSignature
	}
	return envelope(tbs, signature, more), nil
}

// ParseRevocationList reads DER and checks the issuer's signature: Malformed, BadSignature.
func ParseRevocationList(der []byte, issuer *Certificate) (*RevocationList, error) {
	x, err := sm.ParseX509CRL(der)
	if err != nil {
		return nil, malformed("revocation list").Because(err)
	}
	if string(x.RawIssuer) != string(issuer.x.RawSubject) || !issuer.key.Verify(x.RawTBSRevocationList, x.Signature) {
		return nil, BadSignature
	}
	l := &RevocationList{der: x.Raw, x: x, by: make(map[Serial]Revoked, len(x.RevokedCertificateEntries))}
	for _, e := range x.RevokedCertificateEntries {
		if s, ok := serialOf(e.SerialNumber); ok {
			l.by[s] = Revoked{s, e.RevocationTime, Cause(e.ReasonCode)}
		}
	}
	return l, nil
}

// Find gives the line of a certificate; false when it is not revoked by this list.
func (l *RevocationList) Find(s Serial) (Revoked, bool) { r, ok := l.by[s]; return r, ok }

// Lines are the list's lines, in no order.
func (l *RevocationList) Lines() []Revoked { return slices.Collect(maps.Values(l.by)) }

// Len is the number of lines.
func (l *RevocationList) Len() int { return len(l.by) }

// Number is the list's place in the issuer's sequence.
func (l *RevocationList) Number() uint64 { return l.x.Number.Uint64() }

// Next is when a newer list is due; an older one must not be relied on after it.
func (l *RevocationList) Next() time.Time { return l.x.NextUpdate }

// DER is the list's bytes.
func (l *RevocationList) DER() []byte { return l.der }

// PEM is the list as text.
func (l *RevocationList) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: l.der})
}
