package sm

import (
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"

	smcipher "github.com/emmansun/gmsm/cipher"
)

// wrapCheck is the default initial value of RFC 3394: unwrapping must give it back.
var wrapCheck = [8]byte{0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6, 0xA6}

// WrapKey puts a key under this one, deterministically and with integrity: the construction of
// RFC 3394 over SM4. The key has a multiple of 8 bytes, at least 16; the result has 8 more.
func (c *Cipher) WrapKey(key []byte) ([]byte, error) { return wrap(c.block, key) }

// WrapKeys is WrapKey for a set of keys of one length. The steps of one key wait for each other; those
// of many go side by side, several times faster.
func (c *Cipher) WrapKeys(keys [][]byte) ([][]byte, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	n := len(keys[0]) / 8
	out, buf := make([][]byte, len(keys)), make([]byte, BlockSize*len(keys))
	for i, k := range keys {
		if n < 2 || len(k) != 8*n {
			return nil, ErrBlocks
		}
		out[i] = append(make([]byte, 8, 8+len(k)), k...)
		copy(buf[BlockSize*i:], wrapCheck[:])
	}
	ecb := smcipher.NewECBEncrypter(c.block)
	for t := 0; t < 6*n; t++ {
		for i := range out {
			copy(buf[BlockSize*i+8:BlockSize*(i+1)], out[i][8+t%n*8:])
		}
		ecb.CryptBlocks(buf, buf)
		for i := range out {
			b := (*[BlockSize]byte)(buf[BlockSize*i:])
			count(b, t+1)
			copy(out[i][8+t%n*8:][:8], b[8:])
		}
	}
	for i := range out {
		copy(out[i], buf[BlockSize*i:][:8])
	}
	return out, nil
}

// UnwrapKey reverses WrapKey; ErrOpen when the result is not what was wrapped.
func (c *Cipher) UnwrapKey(wrapped []byte) ([]byte, error) { return unwrap(c.block, wrapped) }

func wrap(b cipher.Block, key []byte) ([]byte, error) {
	n := len(key) / 8
	if n < 2 || len(key)%8 != 0 {
		return nil, ErrBlocks
	}
	out := make([]byte, 8+len(key))
	copy(out[8:], key)
	var buf [16]byte
	copy(buf[:8], wrapCheck[:])
	for t := 0; t < 6*n; t++ {
		r := out[8+t%n*8:][:8]
		copy(buf[8:], r)
		b.Encrypt(buf[:], buf[:])
		count(&buf, t+1)
		copy(r, buf[8:])
	}
	copy(out, buf[:8])
	return out, nil
}

func unwrap(b cipher.Block, wrapped []byte) ([]byte, error) {
	n := len(wrapped)/8 - 1
	if n < 2 || len(wrapped)%8 != 0 {
		return nil, ErrOpen
	}
	out := append([]byte(nil), wrapped[8:]...)
	var buf [16]byte
	copy(buf[:8], wrapped)
	for t := 6*n - 1; t >= 0; t-- {
		r := out[t%n*8:][:8]
		count(&buf, t+1)
		copy(buf[8:], r)
		b.Decrypt(buf[:], buf[:])
		copy(r, buf[8:])
	}
	if subtle.ConstantTimeCompare(buf[:8], wrapCheck[:]) != 1 {
		clear(out)
		return nil, ErrOpen
	}
	return out, nil
}

func count(buf *[16]byte, t int) {
	binary.BigEndian.PutUint64(buf[:8], binary.BigEndian.Uint64(buf[:8])^uint64(t))
}
