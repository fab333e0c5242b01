package pki

import (
	"unicode"
	"unicode/utf8"

	cbasn1 "golang.org/x/crypto/cryptobyte/asn1"

	"kawu/kit/fault"
)

// Name is a distinguished name, in the order in which it is written. Empty parts are left out.
type Name struct {
	Country      string // two capital letters, PrintableString
	Province     string
	Locality     string
	Organization string
	Unit         string
	Common       string // at most 64 characters (X.520), any script, UTF8String
	Serial       string // serialNumber: the card identification code; printable, at most 64
}

type part struct {
	field string
	oid   []byte // as it is encoded
	value string
	tag   cbasn1.Tag
	limit int
}

// Attribute types of X.520, as they are encoded.
var (
	oidCountry      = []byte{6, 3, 0x55, 4, 6}
	oidProvince     = []byte{6, 3, 0x55, 4, 8}
	oidLocality     = []byte{6, 3, 0x55, 4, 7}
	oidOrganization = []byte{6, 3, 0x55, 4, 10}
	oidUnit         = []byte{6, 3, 0x55, 4, 11}
	oidCommon       = []byte{6, 3, 0x55, 4, 3}
	oidSerial       = []byte{6, 3, 0x55, 4, 5}
)

func (n Name) parts() [7]part {
	return [7]part{
		{"country", oidCountry, n.Country, cbasn1.PrintableString, 2},
		{"province", oidProvince, n.Province, cbasn1.UTF8String, 128},
		{"locality", oidLocality, n.Locality, cbasn1.UTF8String, 128},
		{"organization", oidOrganization, n.Organization, cbasn1.UTF8String, 64},
		{"unit", oidUnit, n.Unit, cbasn1.UTF8String, 64},
		{"common", oidCommon, n.Common, cbasn1.UTF8String, 64},
		{"serial", oidSerial, n.Serial, cbasn1.PrintableString, 64},
	}
}

// Check gives all that keeps the name out of a certificate. U+FFFD is refused: it stands where an
// earlier decoding lost a character of somebody's name.
func (n Name) Check() error {
	var l fault.List
	if n.Common == "" {
		l.Add("common", because(BadSubject, "the common name is empty"))
	}
	for _, p := range n.parts() {
		switch {
		case p.value == "":
		case !utf8.ValidString(p.value) || containsFunc(p.value, func(r rune) bool { return r == utf8.RuneError || unicode.IsControl(r) }):
			l.Add(p.field, because(BadSubject, "a character was lost or is a control character"))
		case utf8.RuneCountInString(p.value) > p.limit:
			l.Add(p.field, because(BadSubject, "too long"))
		case p.tag == cbasn1.PrintableString && containsFunc(p.value, notPrintable):
			l.Add(p.field, because(BadSubject, "only letters, digits and '()+,-./:=? are allowed here"))
		}
	}
	return l.Err()
}

func containsFunc(s string, f func(rune) bool) bool {
	for _, r := range s {
		if f(r) {
			return true
		}
	}
	return false
}

func notPrintable(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		return false
	}
	return !containsFunc(" '()+,-./:=?", func(ok rune) bool { return ok == r })
}

func (n Name) element() []byte {
	var sets [7][]byte
	for i, p := range n.parts() {
		if p.value != "" {
			sets[i] = element(tagSet, element(tagSequence, p.oid, element(byte(p.tag), []byte(p.value))))
		}
	}
	return element(tagSequence, sets[:]...)
}
