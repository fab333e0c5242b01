package pki

import (
	"encoding/asn1"
	"time"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/sm"
)

var (
	oidSM2WithSM3 = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 501}

	oidKeyUsage       = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidBasic          = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidCRLNumber      = asn1.ObjectIdentifier{2, 5, 29, 20}
	oidCRLReason      = asn1.ObjectIdentifier{2, 5, 29, 21}
	oidCRLPoints      = asn1.ObjectIdentifier{2, 5, 29, 31}
	oidPolicies       = asn1.ObjectIdentifier{2, 5, 29, 32}
	oidAuthorityKeyID = asn1.ObjectIdentifier{2, 5, 29, 35}
	oidExtUsage       = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidAuthorityInfo  = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}
	oidInfoOCSP       = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1}
	oidInfoCA         = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 2}
	oidUsageOCSP      = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 9}
	oidNoCheck        = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 1, 5}
)

// Draft is what a certificate shall say.
type Draft struct {
	Profile *Profile
	Serial  Serial // the zero value draws one
	Subject Name
	Key     *sm.PublicKey
	From    time.Time // validity starts Profile.Backdate before it, cut to seconds
}

func (d Draft) from() time.Time  { return d.From.Add(-d.Profile.Backdate).UTC().Truncate(time.Second) }
func (d Draft) until() time.Time { return d.from().Add(d.Profile.Validity - time.Second) }

// keyID is the first 20 bytes of SM3 over the point: RFC 7093 with the national hash.
func keyID(k *sm.PublicKey) []byte { h := sm.Hash(k.Point()); return h[:20] }

// encode writes the to-be-signed form; own and authority are the key ids.
func (d Draft) encode(issuerName, own, authority []byte) ([]byte, error) {
	spki, err := d.Key.Marshal()
	if err != nil {
		return nil, err
	}
	extension := func(oid, value []byte) []byte { return element(tagSequence, oid, element(tagOctets, value)) }
	return element(tagSequence, version3, element(tagInteger, d.Serial[:]), algorithm, issuerName,
		element(tagSequence, timeElement(d.from()), timeElement(d.until())), d.Subject.element(), spki,
		element(tagExtensions, element(tagSequence, d.Profile.first,
			extension(subjectKeyID, element(tagOctets, own)),
			extension(authorityKeyID, element(tagSequence, element(tagID, authority))),
			d.Profile.last))), nil
}

// fixed are the extensions that all certificates of a profile share, before and after the key ids.
func (p *Profile) fixed() (first, last []byte, err error) {
	if first, err = built(p.addUsage); err == nil {
		last, err = built(p.addRest)
	}
	return first, last, err
}

func built(add func(*cryptobyte.Builder)) ([]byte, error) {
	b := cryptobyte.NewBuilder(nil)
	add(b)
	return b.Bytes()
}

func (p *Profile) addUsage(b *cryptobyte.Builder) {
	r := p.rule()
	addExtension(b, oidKeyUsage, true, func(b *cryptobyte.Builder) {
		b.AddASN1(cbasn1.BIT_STRING, func(b *cryptobyte.Builder) { b.AddBytes(p.usageDER) })
	})
	if r.ca {
		addExtension(b, oidBasic, true, func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1Boolean(true); b.AddASN1Int64(int64(r.path)) })
		})
	}
}

func (p *Profile) addRest(b *cryptobyte.Builder) {
	if p.Use == Status {
		addExtension(b, oidExtUsage, true, func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidUsageOCSP) })
		})
		addExtension(b, oidNoCheck, false, func(b *cryptobyte.Builder) { b.AddASN1NULL() })
	}
	if p.policy != nil {
		addExtension(b, oidPolicies, false, func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(p.policy) })
			})
		})
	}
	if p.CRL != "" {
		addExtension(b, oidCRLPoints, false, func(b *cryptobyte.Builder) { addCRLPoint(b, p.CRL) })
	}
	if p.OCSP != "" || p.CA != "" {
		addExtension(b, oidAuthorityInfo, false, func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
				addAccess(b, oidInfoOCSP, p.OCSP)
				addAccess(b, oidInfoCA, p.CA)
			})
		})
	}
}

func addExtension(b *cryptobyte.Builder, oid asn1.ObjectIdentifier, critical bool, value func(*cryptobyte.Builder)) {
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oid)
		if critical {
			b.AddASN1Boolean(true)
		}
		b.AddASN1(cbasn1.OCTET_STRING, value)
	})
}

func addAuthorityKeyID(b *cryptobyte.Builder, id []byte) {
	addExtension(b, oidAuthorityKeyID, false, func(b *cryptobyte.Builder) {
		b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(cbasn1.Tag(0).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddBytes(id) })
		})
	})
}

func addCRLPoint(b *cryptobyte.Builder, address string) {
	constructed := func(tag uint8) cbasn1.Tag { return cbasn1.Tag(tag).ContextSpecific().Constructed() }
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { // CRLDistributionPoints
		b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { // DistributionPoint
			b.AddASN1(constructed(0), func(b *cryptobyte.Builder) { // distributionPoint
				b.AddASN1(constructed(0), func(b *cryptobyte.Builder) { addURI(b, address) }) // fullName
			})
		})
	})
}

func addAccess(b *cryptobyte.Builder, method asn1.ObjectIdentifier, address string) {
	if address == "" {
		return
	}
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(method); addURI(b, address) })
}

func addURI(b *cryptobyte.Builder, address string) {
	b.AddASN1(cbasn1.Tag(6).ContextSpecific(), func(b *cryptobyte.Builder) { b.AddBytes([]byte(address)) })
}

// envelope is SEQUENCE { tbs, algorithm, BIT STRING signature }: the outer form of certificates,
// lists, requests and OCSP answers. more is appended inside.
func envelope(tbs, signature, more []byte) []byte {
	return element(tagSequence, tbs, algorithm, element(tagBits, []byte{0}, signature), more)
}
