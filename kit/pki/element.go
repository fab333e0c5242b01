package pki

import (
	"time"

	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Tags and elements that every certificate has.
const (
	tagInteger    = byte(cbasn1.INTEGER)
	tagBits       = byte(cbasn1.BIT_STRING)
	tagOctets     = byte(cbasn1.OCTET_STRING)
	tagSequence   = byte(cbasn1.SEQUENCE)
	tagSet        = byte(cbasn1.SET)
	tagID         = 0x80 // keyIdentifier
	tagExtensions = 0xA3

	tagCertificates = 0xA0 // of a BasicOCSPResponse
)

// Elements that every certificate has, ready made.
var (
	version3       = []byte("\xA0\x03\x02\x01\x02")
	algorithm      = []byte("\x30\x0A\x06\x08\x2A\x81\x1C\xCF\x55\x01\x83\x75") // SM2 with SM3, no parameters
	subjectKeyID   = []byte("\x06\x03\x55\x1D\x0E")
	authorityKeyID = []byte("\x06\x03\x55\x1D\x23")
)

// element is one DER element of parts that are DER already, or its content. Certificates are written
// with it, by the hundred thousand: builders that nest take 10 µs for a form, this takes 2.
func element(tag byte, parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := append(make([]byte, 0, 4+n), tag)
	switch {
	case n < 0x80:
		out = append(out, byte(n))
	case n <= 0xFF:
		out = append(out, 0x81, byte(n))
	default:
		out = append(out, 0x82, byte(n>>8), byte(n)) // a certificate has less than 64 KB
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// timeElement follows RFC 5280: UTCTime through 2049, GeneralizedTime after.
func timeElement(t time.Time) []byte {
	form, tag := "060102150405Z", byte(cbasn1.UTCTime)
	if t = t.UTC(); t.Year() >= 2050 {
		form, tag = "20060102150405Z", byte(cbasn1.GeneralizedTime)
	}
	return t.AppendFormat([]byte{tag, byte(len(form))}, form)
}
