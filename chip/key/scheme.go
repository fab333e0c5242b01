package key

import (
	"crypto/subtle"

	"kawu/kit/sm"
)

// ID is a key's number inside an application on the card.
type ID byte

// Key ids. 00, 04, 0A and 0D are met in published code; the others are this system's choice.
const (
	Master    ID = 0x00 // replaces the application's other keys
	Internal  ID = 0x01 // IRK: the card proves itself
	Update    ID = 0x04 // UK: writing
	ReloadPIN ID = 0x05 // RPK: a new PIN without the old one
	UnlockPIN ID = 0x06 // PUK: new tries for the PIN
	Maintain  ID = 0x08 // STK: block and unblock the application
	Read      ID = 0x0A // RK: reading holder data on generation 3
)

// FactorSize is the length of a dispersal factor in bytes.
const FactorSize = 8

// Factor makes one child key differ from the next.
type Factor [FactorSize]byte

// CityFactor is the six digits of the issuing city's division code and "sx".
func CityFactor(code string) Factor {
	var f Factor
	copy(f[:], code)
	copy(f[6:], "sx")
	return f
}

// ChipFactor is the last eight of the historical bytes of the card's answer to reset; false when
// there are fewer.
func ChipFactor(historical []byte) (Factor, bool) {
	if len(historical) < FactorSize {
		return Factor{}, false
	}
	return Factor(historical[len(historical)-FactorSize:]), true
}

// Proof shows knowledge of a key: eight bytes made from a challenge and the prover's own source.
type Proof [8]byte

// Equal compares in constant time.
func (p Proof) Equal(q []byte) bool { return subtle.ConstantTimeCompare(p[:], q) == 1 }

// Scheme is the arithmetic that card, terminal and back office must share.
type Scheme interface {
	// Child is the key one level down, 16 bytes.
	Child(parent *sm.Cipher, f Factor) [sm.KeySize]byte
	// Proof answers a challenge of the other side.
	Proof(k *sm.Cipher, challenge, source [8]byte) Proof
	// MAC protects a command; challenge makes it good once.
	MAC(k *sm.Cipher, challenge [8]byte, command []byte) [4]byte
}

// Rebuilt is the scheme described in the package comment.
var Rebuilt Scheme = rebuilt{}

type rebuilt struct{}

// Child is SM4(parent, F ‖ not F), as PBOC does with its own ciphers.
func (rebuilt) Child(parent *sm.Cipher, f Factor) [sm.KeySize]byte {
	out := complement(f)
	parent.EncryptBlocks(out[:], out[:]) // one whole block cannot fail
	return out
}

// Proof encrypts the source under a session key made from the challenge, and keeps the left half.
func (s rebuilt) Proof(k *sm.Cipher, challenge, source [8]byte) Proof {
	session := s.Child(k, challenge)
	c, err := sm.NewCipher(session[:])
	if err != nil {
		panic(err) // 16 bytes are always a key
	}
	out := complement(source)
	c.EncryptBlocks(out[:], out[:])
	return Proof(out[:8])
}

// MAC is SM4-CBC-MAC from the challenge over the command, padded with 80 00…, left four bytes.
func (rebuilt) MAC(k *sm.Cipher, challenge [8]byte, command []byte) [4]byte {
	var x [sm.BlockSize]byte
	copy(x[:], challenge[:])
	padded := append(append(make([]byte, 0, len(command)+sm.BlockSize), command...), 0x80)
	for len(padded)%sm.BlockSize != 0 {
		padded = append(padded, 0)
	}
	for i := 0; i < len(padded); i += sm.BlockSize {
		subtle.XORBytes(x[:], x[:], padded[i:i+sm.BlockSize])
		k.EncryptBlocks(x[:], x[:])
	}
	return [4]byte(x[:4])
}

func complement(f [8]byte) (out [sm.BlockSize]byte) {
	for i, b := range f {
		out[i], out[8+i] = b, ^b
	}
	return out
}

// Header travels with a key into the card, wrapped together with it.
type Header struct {
	ID      ID
	Version byte // VER1 to VER3
	Tries   byte // wrong proofs allowed before the key locks
}

// HeaderSize is the encoded length.
const HeaderSize = 8

// Encode is the header as it is wrapped: id, algorithm 03 (SM4), version, tries, four zeros.
func (h Header) Encode() [HeaderSize]byte { return [HeaderSize]byte{byte(h.ID), 3, h.Version, h.Tries} }

// DecodeHeader reverses Encode; false for another algorithm or filling.
func DecodeHeader(b []byte) (Header, bool) {
	if len(b) != HeaderSize || b[1] != 3 || string(b[4:]) != "\x00\x00\x00\x00" {
		return Header{}, false
	}
	return Header{ID(b[0]), b[2], b[3]}, true
}
