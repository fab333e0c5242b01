package cos

import (
	"errors"
	"strings"

	"kawu/chip/cell"
	"kawu/chip/key"
	"kawu/kit/sm"
)

// States of an application, and of the card in the MF's cell.
const (
	stateOpen    byte = iota
	stateBlocked      // can be unblocked with the application's key
	stateDead         // for ever
)

func one(b []byte) byte {
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func (c *Card) state(app int) byte {
	return one(c.mem.Get(address{App: byte(app), Kind: cellState}))
}

// appState is the worst state from the selected application up to its environment: blocking the
// environment blocks what lies in it.
func (c *Card) appState() byte {
	worst := stateOpen
	for a := c.s.app; a != mf; a = c.apps[a].Parent {
		worst = max(worst, c.state(a))
	}
	return worst
}

// environment is the topmost application above a, below the MF.
func (c *Card) environment(a int) int {
	for a != mf && c.apps[a].Parent != mf {
		a = c.apps[a].Parent
	}
	return a
}

// slot is a key in memory.
type slot struct {
	key.Header
	left byte
	key  [sm.KeySize]byte
}

func (c *Card) putKey(app int, s slot) {
	h := s.Header.Encode()
	v := append(make([]byte, 0, key.HeaderSize+1+sm.KeySize), h[:]...)
	v = append(append(v, s.left), s.key[:]...)
	c.mem.Set(address{App: byte(app), Kind: cellKey, ID: uint16(s.ID)}, v)
}

// findKey gives the selected application's key, or its environment's when it has none of that id.
func (c *Card) findKey(id key.ID) (app int, s slot, ok bool) {
	for a := c.s.app; a != mf; a = c.apps[a].Parent {
		v := c.mem.Get(address{App: byte(a), Kind: cellKey, ID: uint16(id)})
		if len(v) != key.HeaderSize+1+sm.KeySize {
			continue
		}
		h, _ := key.DecodeHeader(v[:key.HeaderSize])
		return a, slot{h, v[key.HeaderSize], [sm.KeySize]byte(v[key.HeaderSize+1:])}, true
	}
	return 0, s, false
}

// cipher prepares a key; the last one is kept, because commands under one key come in rows.
func (c *Card) cipher(k [sm.KeySize]byte) *sm.Cipher {
	if c.s.cipher == nil || c.s.key != k {
		made, err := sm.NewCipher(k[:])
		if err != nil {
			panic(err) // 16 bytes are always a key
		}
		c.s.cipher, c.s.key = made, k
	}
	return c.s.cipher
}

func (c *Card) allowed(a Access) bool {
	switch a.Mode {
	case Free:
		return true
	case ByPIN:
		return c.s.pinOf[c.pinOwner()]
	case ByKey:
		return c.provenKey(a.Key)
	case ByPINOrKey:
		return c.s.pinOf[c.pinOwner()] || c.provenKey(a.Key)
	}
	return false
}

func (c *Card) provenKey(id key.ID) bool {
	app, _, ok := c.findKey(id)
	return ok && c.s.proven[app]>>(id&63)&1 != 0
}

// pinState is a PIN in memory.
type pinState struct {
	left    byte
	initial bool
	secret  [sm.KeySize]byte
}

// pinOwner is the application whose PIN counts for the selected one.
func (c *Card) pinOwner() int {
	for a := c.s.app; a != mf; a = c.apps[a].Parent {
		if c.apps[a].PIN {
			return a
		}
	}
	return mf
}

func (c *Card) putPIN(app int, p pinState) {
	v := []byte{p.left, 0}
	if p.initial {
		v[1] = 1
	}
	c.mem.Set(address{App: byte(app), Kind: cellPIN}, append(v, p.secret[:]...))
}

func (c *Card) getPIN(app int) (p pinState, ok bool) {
	v := c.mem.Get(address{App: byte(app), Kind: cellPIN})
	if len(v) != 2+sm.KeySize {
		return p, false
	}
	return pinState{v[0], v[1] == 1, [sm.KeySize]byte(v[2:])}, true
}

// packPIN gives 4 to 16 digits as packed BCD, an odd one filled with F.
func packPIN(digits string) ([]byte, error) {
	if len(digits) < 4 || len(digits) > 16 || strings.Trim(digits, "0123456789") != "" {
		return nil, errors.New("cos: a PIN has 4 to 16 digits")
	}
	out := make([]byte, (len(digits)+1)/2)
	for i := range out {
		low := byte(0xF)
		if 2*i+1 < len(digits) {
			low = digits[2*i+1] - '0'
		}
		out[i] = (digits[2*i]-'0')<<4 | low
	}
	return out, nil
}

// validPIN says whether bytes are a PIN as packPIN makes it.
func validPIN(b []byte) bool {
	if len(b) < 2 || len(b) > 8 {
		return false
	}
	for i, x := range b {
		low := x & 15
		if x>>4 > 9 || low > 9 && (low != 0xF || i != len(b)-1) {
			return false
		}
	}
	return true
}

// secretOf is what the card keeps instead of a PIN, and the key of challenge verification.
func secretOf(pin []byte) [sm.KeySize]byte {
	h := sm.Hash(pin)
	return [sm.KeySize]byte(h[:sm.KeySize])
}

// encode and decodeChip keep the chip's identity and settings in its first cell.
func (c Chip) encode() []byte {
	b := append([]byte{byte(c.Generation), c.PINTries, 0}, c.Historical()...)
	if c.MustChange {
		b[2] = 1
	}
	return append(b, c.PIN...)
}

func decodeChip(b []byte) (Chip, error) {
	if len(b) < 16+4 || trees[int(b[0])] == nil {
		return Chip{}, cell.ErrImage
	}
	h := b[3:16]
	return Chip{Generation: int(b[0]), PINTries: b[1], MustChange: b[2] == 1, Maker: [3]byte(h[2:5]), Lot: [3]byte(h[6:9]),
		Serial: uint32(h[9])<<24 | uint32(h[10])<<16 | uint32(h[11])<<8 | uint32(h[12]), PIN: string(b[16:])}, nil
}
