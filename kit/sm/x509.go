package sm

import (
	"crypto/ecdsa"

	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// X509 is a parsed certificate, read by code that is not the code that wrote it: kit/pki encodes
// certificates itself and uses this reader as the second opinion before and after signing.
type X509 = smx509.Certificate

// X509CRL is a parsed revocation list.
type X509CRL = smx509.RevocationList

// X509Pool is a set of certificates for path building.
type X509Pool = smx509.CertPool

// X509Path are the options of X509.Verify.
type X509Path = smx509.VerifyOptions

// Key usages as the reader reports them.
const (
	UsageSignature    = smx509.KeyUsageDigitalSignature
	UsageCommitment   = smx509.KeyUsageContentCommitment
	UsageKeyCipher    = smx509.KeyUsageKeyEncipherment
	UsageDataCipher   = smx509.KeyUsageDataEncipherment
	UsageKeyAgreement = smx509.KeyUsageKeyAgreement
	UsageCertSign     = smx509.KeyUsageCertSign
	UsageCRLSign      = smx509.KeyUsageCRLSign
	UsageOCSP         = smx509.ExtKeyUsageOCSPSigning
	UsageAny          = smx509.ExtKeyUsageAny
)

// X509Usage is a set of the usages above except the extended ones.
type X509Usage = smx509.KeyUsage

// X509ExtUsage is one extended usage.
type X509ExtUsage = smx509.ExtKeyUsage

// ParseX509 reads one certificate in DER.
func ParseX509(der []byte) (*X509, error) { return smx509.ParseCertificate(der) }

// X509Key is the key of a parsed certificate; ErrKey when it is none of SM2.
func X509Key(x *X509) (*PublicKey, error) {
	k, ok := x.PublicKey.(*ecdsa.PublicKey)
	if !ok || !sm2.IsSM2PublicKey(k) {
		return nil, ErrKey
	}
	return &PublicKey{k}, nil
}

// ParseX509CRL reads one revocation list in DER.
func ParseX509CRL(der []byte) (*X509CRL, error) { return smx509.ParseRevocationList(der) }

// NewX509Pool is an empty pool.
func NewX509Pool() *X509Pool { return smx509.NewCertPool() }
