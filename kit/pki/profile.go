package pki

import (
	"encoding/asn1"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

// Use says what a certificate's key is for. One key has one use: Chinese practice gives every
// holder a signing pair that never leaves the card and an encryption pair that can be recovered.
type Use string

// The uses.
const (
	Root       Use = "root"       // the self-signed anchor, kept off line
	Issuing    Use = "issuing"    // signs holders' certificates, revocation lists and responders
	Signing    Use = "signing"    // the card's signing pair, made on the card
	Encryption Use = "encryption" // the card's encryption pair, made by the authority and imported
	Status     Use = "ocsp"       // signs OCSP answers
)

// Config is a profile as a person writes it.
type Config struct {
	Use      Use           `yaml:"use"`
	Validity time.Duration `yaml:"validity"` // from the start of validity to its end
	Backdate time.Duration `yaml:"backdate"` // how far before the given time validity starts
	CRL      string        `yaml:"crl"`      // http address of the revocation list
	OCSP     string        `yaml:"ocsp"`     // http address of the status responder
	CA       string        `yaml:"ca"`       // http address of the issuer's certificate
	Policy   string        `yaml:"policy"`   // dotted object identifier of the certificate policy; optional
}

// Profile is a checked Config; only NewProfile makes one.
type Profile struct {
	Config
	usage    sm.X509Usage
	usageDER []byte // BIT STRING content of keyUsage
	policy   asn1.ObjectIdentifier

	first, last []byte // extensions before and after the key ids
}

// rule is what a use implies; it cannot be configured, because a reader relies on it.
type rule struct {
	usage  sm.X509Usage
	bits   []byte
	ca     bool
	path   int // path length, CA only
	max    time.Duration
	remote bool // must name its revocation list
}

const year = 365 * 24 * time.Hour

var rules = map[Use]rule{
	Root:       {sm.UsageCertSign | sm.UsageCRLSign, []byte{1, 0x06}, true, 1, 30 * year, false},
	Issuing:    {sm.UsageCertSign | sm.UsageCRLSign, []byte{1, 0x06}, true, 0, 20 * year, true},
	Signing:    {sm.UsageSignature | sm.UsageCommitment, []byte{6, 0xC0}, false, 0, 11 * year, true},
	Encryption: {sm.UsageKeyCipher | sm.UsageDataCipher | sm.UsageKeyAgreement, []byte{3, 0x38}, false, 0, 11 * year, true},
	Status:     {sm.UsageSignature, []byte{7, 0x80}, false, 0, year, false},
}

// NewProfile checks a configuration; the error holds all problems with their fields.
func NewProfile(c Config) (*Profile, error) {
	var l fault.List
	r, known := rules[c.Use]
	if !known {
		l.Add("use", because(BadProfile, "use must be root, issuing, signing, encryption or ocsp"))
	}
	if c.Validity <= 0 || known && c.Validity > r.max {
		l.Add("validity", because(BadProfile, fmt.Sprintf("validity must be positive and at most %d days", r.max/(24*time.Hour))))
	}
	if c.Backdate < 0 || c.Backdate > 24*time.Hour {
		l.Add("backdate", because(BadProfile, "backdate must be between 0 and 24 hours"))
	}
	if r.remote && c.CRL == "" {
		l.Add("crl", because(BadProfile, "a certificate that can be revoked must name its revocation list"))
	}
	for field, address := range map[string]string{"crl": c.CRL, "ocsp": c.OCSP, "ca": c.CA} {
		if u, err := url.Parse(address); address != "" && (err != nil || u.Scheme != "http" || u.Host == "") {
			l.Add(field, because(BadProfile, "the address must start with http:// (the content is signed; https would need this very check)"))
		}
	}
	p := &Profile{Config: c, usage: r.usage, usageDER: r.bits}
	if c.Policy != "" {
		o, err := parseOID(c.Policy)
		if err != nil {
			l.Add("policy", because(BadProfile, "policy must be a dotted object identifier"))
		}
		p.policy = o
	}
	if err := l.Err(); err != nil {
		return p, err
	}
	var err error
	p.first, p.last, err = p.fixed()
	return p, err
}

func parseOID(s string) (asn1.ObjectIdentifier, error) {
	var o asn1.ObjectIdentifier
	for _, t := range strings.Split(s, ".") {
		n, err := strconv.ParseUint(t, 10, 31)
		if err != nil {
			return nil, malformed("object identifier")
		}
		o = append(o, int(n))
	}
	if len(o) < 3 || o[0] > 2 || o[0] < 2 && o[1] > 39 {
		return nil, malformed("object identifier")
	}
	return o, nil
}

func (p *Profile) rule() rule { return rules[p.Use] }

// Reason is one field of a profile, its value and why it has it: the text of the practice statement.
type Reason struct{ Field, Value, Why string }

// Reasons explains the profile field by field, in the order of the encoding.
func (p *Profile) Reasons() []Reason {
	r := p.rule()
	out := []Reason{
		{"version", "3", "extensions carry the use; version 1 has none"},
		{"serial", "16 bytes, 126 random", "not guessable, one length, stored before signing"},
		{"signature", "SM2 with SM3 (1.2.156.10197.1.501), no parameters", "GB/T 32918 with the default signer id; readers differ on NULL, all accept absence"},
		{"validity", fmt.Sprintf("%d days, starting %s early", p.Validity/(24*time.Hour), p.Backdate), "terminals' clocks go wrong; no certificate outlives its issuer or, by much, the card's ten years"},
		{"subject", "UTF8String, country PrintableString", "names hold characters beyond GBK and beyond the BMP"},
		{"keyUsage", fmt.Sprintf("%s, critical", p.Use), "one key, one use: a signing key that decrypts cannot promise non-repudiation"},
		{"subjectKeyId", "first 20 bytes of SM3 of the public point", "path building when an issuer's key is renewed; 20 bytes as readers expect"},
		{"authorityKeyId", "the issuer's subjectKeyId", "the same"},
	}
	if r.ca {
		out = append(out, Reason{"basicConstraints", fmt.Sprintf("CA, path length %d, critical", r.path), "an issuing authority can never make another authority"})
	}
	if p.Use == Status {
		out = append(out, Reason{"extendedKeyUsage", "OCSPSigning, critical", "a stolen responder key signs nothing else"},
			Reason{"ocspNoCheck", "present", "asking the responder about the responder never ends; its short validity replaces revocation"})
	}
	if p.CRL != "" {
		out = append(out, Reason{"crlDistributionPoints", p.CRL, "off-line terminals load the list once a day"})
	}
	if p.OCSP != "" {
		out = append(out, Reason{"authorityInfoAccess.ocsp", p.OCSP, "on-line readers ask for one certificate"})
	}
	if p.CA != "" {
		out = append(out, Reason{"authorityInfoAccess.caIssuers", p.CA, "readers without the issuing certificate can fetch it"})
	}
	if p.policy != nil {
		out = append(out, Reason{"certificatePolicies", p.Policy, "names the practice statement it was issued under"})
	}
	return out
}
