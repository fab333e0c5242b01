package pki

import (
	"encoding/pem"
	"time"

	"kawu/kit/sm"
)

// Certificate is one certificate as it was released, immutable. It knows nothing of revocation.
type Certificate struct {
	der []byte
	x   *sm.X509
	key *sm.PublicKey
}

// Parse reads DER; Malformed for anything that is not one SM2 certificate.
func Parse(der []byte) (*Certificate, error) {
	x, err := sm.ParseX509(der)
	if err != nil {
		return nil, malformed("certificate").Because(err)
	}
	key, err := sm.ParsePublicKey(x.RawSubjectPublicKeyInfo)
	if err != nil {
		return nil, malformed("certificate").Because(err)
	}
	return &Certificate{der: x.Raw, x: x, key: key}, nil
}

// ParsePEM reads the first CERTIFICATE block of a text.
func ParsePEM(text []byte) (*Certificate, error) {
	for b, rest := pem.Decode(text); b != nil; b, rest = pem.Decode(rest) {
		if b.Type == "CERTIFICATE" {
			return Parse(b.Bytes)
		}
	}
	return nil, malformed("certificate")
}

// DER is the certificate's bytes; do not change them.
func (c *Certificate) DER() []byte { return c.der }

// PEM is the certificate as text.
func (c *Certificate) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.der})
}

// Key is the certified public key.
func (c *Certificate) Key() *sm.PublicKey { return c.key }

// Serial gives false when another authority chose a number that does not fit a Serial.
func (c *Certificate) Serial() (Serial, bool) { return serialOf(c.x.SerialNumber) }

// Common is the subject's common name: personal data on a holder's certificate.
func (c *Certificate) Common() string { return c.x.Subject.CommonName }

// SubjectSerial is the subject's serialNumber: the card identification code on a holder's certificate.
func (c *Certificate) SubjectSerial() string { return c.x.Subject.SerialNumber }

// From is the first second of validity, UTC.
func (c *Certificate) From() time.Time { return c.x.NotBefore }

// Until is the last second of validity, UTC.
func (c *Certificate) Until() time.Time { return c.x.NotAfter }

// SignedBy says whether the issuer's key made the signature and the names and key ids meet.
func (c *Certificate) SignedBy(issuer *Certificate) bool {
	return string(c.x.RawIssuer) == string(issuer.x.RawSubject) &&
		string(c.x.AuthorityKeyId) == string(issuer.x.SubjectKeyId) &&
		issuer.key.Verify(c.x.RawTBSCertificate, c.x.Signature)
}

// Verify builds the path from a certificate over the issuing authority to the root and checks every
// signature, validity at the given time, authority flags and path length. Revocation is asked apart:
// RevocationList.Find or OCSP.
func Verify(leaf, issuing, root *Certificate, at time.Time) error {
	path := sm.X509Path{Roots: sm.NewX509Pool(), Intermediates: sm.NewX509Pool(), CurrentTime: at,
		KeyUsages: []sm.X509ExtUsage{sm.UsageAny}}
	path.Roots.AddCert(root.x)
	path.Intermediates.AddCert(issuing.x)
	_, err := leaf.x.Verify(path)
	return err
}
