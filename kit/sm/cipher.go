package sm

import (
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/emmansun/gmsm/cbcmac"
	"github.com/emmansun/gmsm/sm4"
)

// Sizes in bytes.
const (
	KeySize   = 16 // an SM4 key
	BlockSize = 16 // an SM4 block, and a CMAC
	NonceSize = 12 // a GCM nonce
	TagSize   = 16 // a GCM tag
)

var (
	// ErrOpen says that sealed data was changed, or sealed with another key or other additional
	// data. It says no more, on purpose.
	ErrOpen = errors.New("sm: cannot be opened")
	// ErrBlocks says that data is not a whole number of 16-byte blocks.
	ErrBlocks = errors.New("sm: not a whole number of blocks")
)

const hidden = "[secret]"

// Cipher is one SM4 key with its key schedule computed; safe for concurrent use. It never prints.
type Cipher struct {
	block cipher.Block
	once  sync.Once // card keys never need GCM and its tables
	gcm   cipher.AEAD
}

// NewCipher takes a 16-byte key. The caller may wipe the bytes afterwards.
func NewCipher(key []byte) (*Cipher, error) {
	b, err := sm4.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("sm: an SM4 key has %d bytes, not %d", KeySize, len(key))
	}
	return &Cipher{block: b}, nil
}

func (c *Cipher) aead() cipher.AEAD {
	c.once.Do(func() {
		g, err := cipher.NewGCM(c.block)
		if err != nil {
			panic(err) // only for a block size other than 16
		}
		c.gcm = g
	})
	return c.gcm
}

// String hides the key.
func (*Cipher) String() string { return hidden }

// LogValue hides the key.
func (*Cipher) LogValue() slog.Value { return slog.StringValue(hidden) }

// Seal encrypts and authenticates with SM4-GCM under a fresh random nonce: nonce ‖ ciphertext ‖ tag.
// Additional data is authenticated, not carried.
func (c *Cipher) Seal(plain, additional []byte) []byte {
	out := make([]byte, NonceSize, NonceSize+len(plain)+TagSize)
	rand.Read(out)
	return c.aead().Seal(out, out[:NonceSize], plain, additional)
}

// Open reverses Seal; ErrOpen on anything else.
func (c *Cipher) Open(sealed, additional []byte) ([]byte, error) {
	if len(sealed) < NonceSize+TagSize {
		return nil, ErrOpen
	}
	p, err := c.aead().Open(nil, sealed[:NonceSize], sealed[NonceSize:], additional)
	if err != nil {
		return nil, ErrOpen
	}
	return p, nil
}

// EncryptBlocks is SM4-ECB over whole blocks, without padding; card key arithmetic needs it, data at
// rest never does. dst may be src.
func (c *Cipher) EncryptBlocks(dst, src []byte) error { return c.each(dst, src, c.block.Encrypt) }

// DecryptBlocks reverses EncryptBlocks.
func (c *Cipher) DecryptBlocks(dst, src []byte) error { return c.each(dst, src, c.block.Decrypt) }

func (c *Cipher) each(dst, src []byte, one func(dst, src []byte)) error {
	if len(src)%BlockSize != 0 || len(dst) < len(src) {
		return ErrBlocks
	}
	for i := 0; i < len(src); i += BlockSize {
		one(dst[i:i+BlockSize], src[i:i+BlockSize])
	}
	return nil
}

// EncryptCBC is SM4-CBC with PKCS#7 padding. It hides, it does not authenticate: pair it with CMAC.
func (c *Cipher) EncryptCBC(iv, plain []byte) ([]byte, error) {
	if len(iv) != BlockSize {
		return nil, ErrBlocks
	}
	n := BlockSize - len(plain)%BlockSize
	out := make([]byte, len(plain)+n)
	copy(out, plain)
	for i := len(plain); i < len(out); i++ {
		out[i] = byte(n)
	}
	cipher.NewCBCEncrypter(c.block, iv).CryptBlocks(out, out)
	return out, nil
}

// DecryptCBC reverses EncryptCBC; ErrOpen when the padding is wrong. Check the CMAC first, or the
// answer is a padding oracle.
func (c *Cipher) DecryptCBC(iv, sealed []byte) ([]byte, error) {
	if len(iv) != BlockSize || len(sealed) == 0 || len(sealed)%BlockSize != 0 {
		return nil, ErrBlocks
	}
	out := make([]byte, len(sealed))
	cipher.NewCBCDecrypter(c.block, iv).CryptBlocks(out, sealed)
	n := int(out[len(out)-1])
	if n == 0 || n > BlockSize {
		return nil, ErrOpen
	}
	for _, b := range out[len(out)-n:] {
		if int(b) != n {
			return nil, ErrOpen
		}
	}
	return out[:len(out)-n], nil
}

// CMAC is SM4-CMAC (NIST SP 800-38B with SM4), 16 bytes.
func (c *Cipher) CMAC(data []byte) []byte { return cbcmac.NewCMAC(c.block, BlockSize).MAC(data) }
