package pki

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/sm"
)

var (
	oidSHA1   = asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26}
	oidSHA256 = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}
	oidSM3    = asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401}
)

// maxQuestions bounds one request's work.
const maxQuestions = 100

// question is one certificate asked about; id is its CertID as the asker wrote it, hash included.
type question struct {
	id     []byte
	serial Serial
	ours   bool // the number has our form; others are unknown
}

// parse reads an OCSPRequest; a signature on it is allowed and ignored.
func (r *Responder) parse(der []byte) (ask []question, nonce []byte, outcome int64) {
	s := cryptobyte.String(der)
	var outer, tbs, list cryptobyte.String
	if !s.ReadASN1(&outer, cbasn1.SEQUENCE) || !s.Empty() || !outer.ReadASN1(&tbs, cbasn1.SEQUENCE) ||
		!tbs.SkipOptionalASN1(cbasn1.Tag(0).ContextSpecific().Constructed()) ||
		!tbs.SkipOptionalASN1(cbasn1.Tag(1).ContextSpecific().Constructed()) ||
		!tbs.ReadASN1(&list, cbasn1.SEQUENCE) || list.Empty() {
		return nil, nil, ocspMalformed
	}
	for !list.Empty() {
		var one, id cryptobyte.String
		if len(ask) == maxQuestions || !list.ReadASN1(&one, cbasn1.SEQUENCE) || !one.ReadASN1Element(&id, cbasn1.SEQUENCE) {
			return nil, nil, ocspMalformed
		}
		q, outcome := r.question(id)
		if outcome != ocspSuccessful {
			return nil, nil, outcome
		}
		ask = append(ask, q)
	}
	nonce, ok := readNonce(tbs)
	if !ok {
		return nil, nil, ocspMalformed
	}
	return ask, nonce, ocspSuccessful
}

func (r *Responder) question(id cryptobyte.String) (question, int64) {
	q := question{id: id}
	var body, alg cryptobyte.String
	var oid asn1.ObjectIdentifier
	var name, key cryptobyte.String
	var raw cryptobyte.String
	rest := id
	if !rest.ReadASN1(&body, cbasn1.SEQUENCE) || !body.ReadASN1(&alg, cbasn1.SEQUENCE) || !alg.ReadASN1ObjectIdentifier(&oid) ||
		!body.ReadASN1(&name, cbasn1.OCTET_STRING) || !body.ReadASN1(&key, cbasn1.OCTET_STRING) ||
		!body.ReadASN1(&raw, cbasn1.INTEGER) || !body.Empty() || len(raw) == 0 {
		return q, ocspMalformed
	}
	hash := digestOf(oid)
	if hash == nil || !bytes.Equal(name, hash(r.issuer.x.RawSubject)) || !bytes.Equal(key, hash(r.issuer.key.Point())) {
		return q, ocspUnauthorized
	}
	if len(raw) == len(q.serial) && raw[0]&0x80 == 0 {
		copy(q.serial[:], raw)
		q.ours = true
	}
	return q, ocspSuccessful
}

// digestOf: RFC 6960 lets the asker choose how the issuer is named; SHA-1 only names here, it
// protects nothing.
func digestOf(oid asn1.ObjectIdentifier) func([]byte) []byte {
	switch {
	case oid.Equal(oidSHA1):
		return func(b []byte) []byte { s := sha1.Sum(b); return s[:] }
	case oid.Equal(oidSHA256):
		return func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }
	case oid.Equal(oidSM3):
		return func(b []byte) []byte { s := sm.Hash(b); return s[:] }
	}
	return nil
}

// readNonce finds the nonce among the request's extensions; other extensions are skipped.
func readNonce(rest cryptobyte.String) (nonce []byte, ok bool) {
	var wrapped, list cryptobyte.String
	var present bool
	if !rest.ReadOptionalASN1(&wrapped, &present, cbasn1.Tag(2).ContextSpecific().Constructed()) || !rest.Empty() {
		return nil, false
	}
	if !present {
		return nil, true
	}
	if !wrapped.ReadASN1(&list, cbasn1.SEQUENCE) {
		return nil, false
	}
	for !list.Empty() {
		var e, value cryptobyte.String
		var oid asn1.ObjectIdentifier
		if !list.ReadASN1(&e, cbasn1.SEQUENCE) || !e.ReadASN1ObjectIdentifier(&oid) ||
			!e.SkipOptionalASN1(cbasn1.BOOLEAN) || !e.ReadASN1(&value, cbasn1.OCTET_STRING) {
			return nil, false
		}
		if oid.Equal(oidOCSPNonce) && len(value) <= 128 {
			nonce = value
		}
	}
	return nonce, true
}
