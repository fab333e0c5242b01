package pki

import (
	"bytes"
	"fmt"
	"slices"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

// unsignedSignature stands where the signature will be, so that the reader can parse a form that
// nobody has signed yet.
var unsignedSignature = []byte{0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x01}

// lint reads back what encode wrote with a parser that shares no code with it, and compares it with
// the profile and the issuer (nil: self-signed). All problems at once.
func lint(x *sm.X509, p *Profile, issuer *sm.X509) error {
	var l fault.List
	bad := func(field, format string, args ...any) {
		l.Add(field, because(Lint, fmt.Sprintf(format, args...)))
	}
	r := p.rule()
	if x.Version != 3 {
		bad("version", "version is %d", x.Version)
	}
	if s, ok := serialOf(x.SerialNumber); !ok || s[0]&0x40 == 0 {
		bad("serial", "the serial number is not of 16 positive bytes")
	}
	if got := x.NotAfter.Sub(x.NotBefore); got != p.Validity-second {
		bad("validity", "validity is %s", got)
	}
	if x.KeyUsage != p.usage {
		bad("key_usage", "key usage is %b", x.KeyUsage)
	}
	if x.IsCA != r.ca || r.ca && (x.MaxPathLen != r.path || !x.BasicConstraintsValid) {
		bad("basic_constraints", "authority flag or path length is wrong")
	}
	if (p.Use == Status) != slices.Contains(x.ExtKeyUsage, sm.UsageOCSP) || len(x.ExtKeyUsage) > 1 || len(x.UnknownExtKeyUsage) > 0 {
		bad("extended_key_usage", "extended key usage is wrong")
	}
	if len(x.UnhandledCriticalExtensions) > 0 {
		bad("extensions", "a critical extension is unknown to readers")
	}
	if !same(x.CRLDistributionPoints, p.CRL) || !same(x.OCSPServer, p.OCSP) || !same(x.IssuingCertificateURL, p.CA) {
		bad("addresses", "an address differs from the profile")
	}
	lintKeys(x, issuer, bad)
	return l.Err()
}

func lintKeys(x, issuer *sm.X509, bad func(field, format string, args ...any)) {
	k, err := sm.X509Key(x)
	if err != nil {
		bad("key", "the public key is not an SM2 key")
		return
	}
	if !bytes.Equal(x.SubjectKeyId, keyID(k)) {
		bad("subject_key_id", "the subject key id is not the key's")
	}
	if issuer == nil { // the root names itself
		issuer = x
	} else if bytes.Equal(issuer.RawSubjectPublicKeyInfo, x.RawSubjectPublicKeyInfo) {
		bad("key", "the issuer's own key is certified again")
	}
	if !bytes.Equal(x.AuthorityKeyId, issuer.SubjectKeyId) || !bytes.Equal(x.RawIssuer, issuer.RawSubject) {
		bad("issuer", "issuer name or key id is not the issuer's")
	}
	if x.NotBefore.Before(issuer.NotBefore) || x.NotAfter.After(issuer.NotAfter) {
		bad("validity", "validity reaches beyond the issuer's")
	}
}

func same(got []string, want string) bool {
	return len(got) == 0 && want == "" || len(got) == 1 && got[0] == want
}

// lintDraft adds what only the draft knows: that it is this subject's and this key's certificate.
func lintDraft(x *sm.X509, d Draft) error {
	var l fault.List
	if k, err := sm.X509Key(x); err != nil || !k.Equal(d.Key) {
		l.Add("key", because(Lint, "the public key is not the draft's"))
	}
	if x.Subject.CommonName != d.Subject.Common || x.Subject.SerialNumber != d.Subject.Serial ||
		!same(x.Subject.Organization, d.Subject.Organization) || !same(x.Subject.Country, d.Subject.Country) {
		l.Add("subject", because(Lint, "the subject is not the draft's"))
	}
	if !x.NotBefore.Equal(d.from()) || x.SerialNumber.Cmp(d.Serial.Int()) != 0 {
		l.Add("validity", because(Lint, "start of validity or serial number is not the draft's"))
	}
	return l.Err()
}
