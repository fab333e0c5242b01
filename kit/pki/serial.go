package pki

import (
	"crypto/rand"
	"encoding/hex"
	"math/big"
)

// Serial is a certificate's serial number: 16 bytes, first bit 0, so that its DER has at most 16
// bytes and is never negative. 126 random bits keep it from being guessed or met twice.
type Serial [16]byte

// NewSerial draws a random serial number whose first byte is 40–7F: always 16 bytes long, so that
// text forms have one length and sort.
func NewSerial() Serial {
	var s Serial
	rand.Read(s[:])
	s[0] = s[0]&0x3F | 0x40
	return s
}

// ParseSerial reads the 32 hexadecimal digits of String.
func ParseSerial(text string) (Serial, error) {
	var s Serial
	b, err := hex.DecodeString(text)
	if err != nil || len(b) != len(s) || b[0]&0x80 != 0 {
		return s, malformed("serial number")
	}
	copy(s[:], b)
	return s, nil
}

// String is 32 lower-case hexadecimal digits.
func (s Serial) String() string { return hex.EncodeToString(s[:]) }

// Int is the number as ASN.1 sees it.
func (s Serial) Int() *big.Int { return new(big.Int).SetBytes(s[:]) }

// serialOf gives false for a number that is not of our form (another authority's).
func serialOf(n *big.Int) (Serial, bool) {
	var s Serial
	if n == nil || n.Sign() <= 0 || n.BitLen() > 127 {
		return s, false
	}
	n.FillBytes(s[:])
	return s, true
}
