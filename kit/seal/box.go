package seal

import (
	"encoding/base64"
	"fmt"
	"hash"
	"log/slog"
	"strings"
	"sync"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

const (
	version = "v1:"
	hidden  = "[secret]"
)

// Broken is what Open gives for text that was changed, cut, sealed under another master secret or
// sealed for another purpose.
var Broken = fault.New(fault.Internal, "seal.broken", "a sealed value cannot be opened with this master key")

// Box seals and opens with keys derived from one master secret; safe for concurrent use. It never
// prints.
type Box struct {
	cipher *sm.Cipher
	macs   sync.Pool // HMAC states: the key is hashed once per state, not once per value
}

// New makes a Box from a master secret of 16 or 32 bytes. The bytes may be wiped afterwards.
func New(master []byte) (*Box, error) {
	if len(master) != 16 && len(master) != 32 {
		return nil, fmt.Errorf("seal: a master secret has 16 or 32 bytes, not %d", len(master))
	}
	key, err := sm.Derive(master, "kawu seal v1", sm.KeySize)
	if err != nil {
		return nil, err
	}
	look, err := sm.Derive(master, "kawu digest v1", sm.HashSize)
	if err != nil {
		return nil, err
	}
	c, err := sm.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return &Box{cipher: c, macs: sync.Pool{New: func() any { return sm.NewMAC(look) }}}, nil
}

// Seal closes a value: "v1:" and base64 of nonce, ciphertext and tag; 40 characters and four for
// every three bytes of the value. The same value never gives the same text twice; the empty string is sealed as well.
func (b *Box) Seal(purpose, plain string) (string, error) {
	s := b.cipher.Seal([]byte(plain), []byte(purpose))
	out := make([]byte, len(version)+base64.RawStdEncoding.EncodedLen(len(s)))
	copy(out, version)
	base64.RawStdEncoding.Encode(out[len(version):], s)
	return string(out), nil
}

// Open reverses Seal for the same purpose; Broken otherwise.
func (b *Box) Open(purpose, sealed string) (string, error) {
	text, ok := strings.CutPrefix(sealed, version)
	if !ok {
		return "", Broken
	}
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return "", Broken
	}
	p, err := b.cipher.Open(raw, []byte(purpose))
	if err != nil {
		return "", Broken
	}
	return string(p), nil
}

// Digest is the keyed look-up digest of a value: 43 characters of URL-safe base64, the same for the
// same purpose and value as long as the master secret lives. Normalise the value first.
func (b *Box) Digest(purpose, plain string) string {
	h := b.macs.Get().(hash.Hash)
	defer b.macs.Put(h)
	return digest(h, purpose, plain)
}

func digest(h hash.Hash, purpose, plain string) string {
	h.Reset()
	h.Write([]byte(purpose))
	h.Write([]byte{0}) // no purpose and value run into another pair
	h.Write([]byte(plain))
	var sum [sm.HashSize]byte
	return base64.RawURLEncoding.EncodeToString(h.Sum(sum[:0]))
}

// String hides the keys.
func (*Box) String() string { return hidden }

// LogValue hides the keys.
func (*Box) LogValue() slog.Value { return slog.StringValue(hidden) }
