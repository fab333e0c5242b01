package pki

import (
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/sm"
)

// NewRequest makes a PKCS#10 request: the subject's wish, signed with the key to be certified.
func NewRequest(subject Name, signer sm.Signer) ([]byte, error) {
	if err := subject.Check(); err != nil {
		return nil, err
	}
	spki, err := signer.Public().Marshal()
	if err != nil {
		return nil, err
	}
	b := cryptobyte.NewBuilder(nil)
	b.AddASN1(cbasn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1Int64(0)
		b.AddBytes(subject.element())
		b.AddBytes(spki)
		b.AddASN1(cbasn1.Tag(0).ContextSpecific().Constructed(), func(*cryptobyte.Builder) {}) // no attributes
	})
	info, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	signature, err := signer.Sign(info)
	if err != nil {
		return nil, err
	}
	return envelope(info, signature, nil), nil
}

// ParseRequest gives the key of a request after checking that its owner signed it: Malformed,
// BadSignature. The subject in it is ignored on purpose: the authority writes subjects from its own
// register.
func ParseRequest(der []byte) (*sm.PublicKey, error) {
	var outer, info, rest, alg cryptobyte.String
	var oid asn1.ObjectIdentifier
	var signature []byte
	s := cryptobyte.String(der)
	if !s.ReadASN1(&outer, cbasn1.SEQUENCE) || !s.Empty() {
		return nil, malformed("certificate request")
	}
	if !outer.ReadASN1Element(&info, cbasn1.SEQUENCE) || !outer.ReadASN1(&alg, cbasn1.SEQUENCE) ||
		!alg.ReadASN1ObjectIdentifier(&oid) || !oid.Equal(oidSM2WithSM3) ||
		!outer.ReadASN1BitStringAsBytes(&signature) || !outer.Empty() {
		return nil, malformed("certificate request")
	}
	var version int64
	var spki cryptobyte.String
	body := info
	if !body.ReadASN1(&rest, cbasn1.SEQUENCE) || !rest.ReadASN1Integer(&version) ||
		!rest.SkipASN1(cbasn1.SEQUENCE) || !rest.ReadASN1Element(&spki, cbasn1.SEQUENCE) {
		return nil, malformed("certificate request")
	}
	key, err := sm.ParsePublicKey(spki)
	if err != nil {
		return nil, malformed("certificate request").Because(err)
	}
	if !key.Verify(info, signature) {
		return nil, BadSignature
	}
	return key, nil
}
