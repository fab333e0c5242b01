package sm

import (
	"crypto/hkdf"
	"crypto/hmac"
	"fmt"
	"hash"

	"github.com/emmansun/gmsm/sm3"
)

// HashSize is the length of an SM3 digest in bytes.
const HashSize = sm3.Size

// Hash is the SM3 digest of data.
func Hash(data []byte) [HashSize]byte { return sm3.Sum(data) }

// NewHash starts a streaming SM3.
func NewHash() hash.Hash { return sm3.New() }

// MAC is HMAC-SM3 of data, 32 bytes. Compare with hmac.Equal.
func MAC(key, data []byte) []byte {
	h := NewMAC(key)
	h.Write(data)
	return h.Sum(nil)
}

// NewMAC starts a streaming HMAC-SM3; Reset makes it ready for the next message without hashing the
// key again. It is not safe for concurrent use.
func NewMAC(key []byte) hash.Hash { return hmac.New(sm3.New, key) }

// Derive makes n bytes of key material from a secret, separated by purpose: HKDF (RFC 5869) with
// SM3 and no salt. n is at most 255 × 32.
func Derive(secret []byte, purpose string, n int) ([]byte, error) {
	b, err := hkdf.Key(sm3.New, secret, nil, purpose, n)
	if err != nil {
		return nil, fmt.Errorf("derive %s: %w", purpose, err)
	}
	return b, nil
}
