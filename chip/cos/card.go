package cos

import (
	"encoding/binary"
	"errors"
	"fmt"

	"kawu/chip/apdu"
	"kawu/chip/cell"
	"kawu/chip/key"
	"kawu/kit/sm"
)

// ErrMute says that the card does not answer: no power, or its memory failed in this session.
var ErrMute = errors.New("cos: the card is mute")

// Interface is the side of the chip that a terminal talks to.
type Interface byte

// The two interfaces of one chip.
const (
	Contact     Interface = iota // T=0: answers to commands with data are fetched with GET RESPONSE
	Contactless                  // ISO/IEC 14443-4: answers come at once
)

// Chip is what the maker of a blank chip decides.
type Chip struct {
	Generation int     // 2 or 3
	Maker      [3]byte // maker and mask, in the historical bytes
	Lot        [3]byte
	Serial     uint32
	PIN        string // initial PIN of the social security and certificate applications, 4 to 16 digits
	PINTries   byte   // wrong tries until the PIN locks: cities use 3 to 10
	MustChange bool   // the initial PIN opens nothing until it was changed
}

// Historical is the 13 historical bytes: 00 81, maker, 86, lot, serial. The last eight are the
// chip's dispersal factor, so lot and serial together are unique.
func (c Chip) Historical() []byte {
	b := append([]byte{0x00, 0x81}, c.Maker[:]...)
	b = append(append(b, 0x86), c.Lot[:]...)
	return binary.BigEndian.AppendUint32(b, c.Serial)
}

// Card is one chip with its memory.
type Card struct {
	chip   Chip
	apps   []App
	scheme key.Scheme
	mem    cell.Memory
	on     bool
	side   Interface
	s      session
}

// session is what the chip knows between power-on and power-off.
type session struct {
	app       int
	file      int              // index in the application; -1 none
	proven    [ppse + 1]uint64 // key ids that the other side has proven, by owning application
	pinOf     [ppse + 1]bool   // PIN verified, by owning application
	challenge []byte
	answer    []byte      // waiting for GET RESPONSE
	ending    apdu.Status // the word that ends it
	chain     []byte      // command chaining
	cipher    *sm.Cipher
	key       [sm.KeySize]byte // of cipher
	signing   *sm.PrivateKey   // worked out from its scalar once
}

// New makes a blank: all files empty, the same transport key in every slot, initial PINs.
func New(chip Chip, transport [sm.KeySize]byte, s key.Scheme, store Store) (*Card, error) {
	pin, err := packPIN(chip.PIN)
	if err != nil || trees[chip.Generation] == nil || chip.PINTries == 0 || chip.PINTries > 15 {
		return nil, fmt.Errorf("cos: a chip needs generation 2 or 3, a PIN of 4 to 16 digits and 1 to 15 tries")
	}
	c := &Card{chip: chip, apps: trees[chip.Generation], scheme: s, mem: cell.New(store)}
	c.mem.Set(address{Kind: cellChip}, chip.encode())
	for i := range c.apps {
		for _, id := range c.apps[i].Keys {
			c.putKey(i, slot{Header: key.Header{ID: id, Tries: transportTries}, left: transportTries, key: transport})
		}
		if c.apps[i].PIN {
			c.putPIN(i, pinState{left: chip.PINTries, initial: true, secret: secretOf(pin)})
		}
	}
	return c, c.mem.Commit()
}

// transportTries are the tries of a transport key: few, for a stolen blank must be worth nothing.
const transportTries = 5

// Load restores a card from its image.
func Load(image []byte, s key.Scheme, store Store) (*Card, error) {
	mem, err := cell.Load(image, store)
	if err != nil {
		return nil, err
	}
	c := &Card{scheme: s, mem: mem}
	if c.chip, err = decodeChip(c.mem.Get(address{Kind: cellChip})); err != nil {
		return nil, err
	}
	c.apps = trees[c.chip.Generation]
	return c, nil
}

// Image is the whole memory, secret keys included.
func (c *Card) Image() []byte { return c.mem.Image() }

// Chip tells which blank this was made from.
func (c *Card) Chip() Chip { return c.chip }

// String never shows content.
func (c *Card) String() string { return fmt.Sprintf("card %X", c.chip.Historical()) }

// Power switches the card on and gives its answer. All that the session knew is forgotten. Chips
// before generation 3 have no antenna: nil, and the card stays as it was.
func (c *Card) Power(side Interface) []byte {
	answer := c.Answer(side)
	if answer != nil {
		c.mem.Rollback()
		c.on, c.side, c.s = true, side, session{file: -1}
	}
	return answer
}

// Answer is what the card says when it is switched on: ATR on the contacts, ATS over the antenna.
// Asking changes nothing: readers ask again and again to see whether the card is still there.
func (c *Card) Answer(side Interface) []byte {
	h := c.chip.Historical()
	switch {
	case side == Contact:
		return append([]byte{0x3B, 0x6D, 0x00, 0x00}, h...)
	case c.chip.Generation < 3:
		return nil
	}
	return append([]byte{0x12, 0x78, 0x80, 0x70, 0x02}, h...) // TL T0 TA TB TC
}

// Off takes the power away.
func (c *Card) Off() { c.on = false; c.mem.Rollback() }

// Transmit implements apdu.Channel: one command, its effect on memory whole before the answer.
func (c *Card) Transmit(b []byte) ([]byte, error) {
	if !c.on {
		return nil, ErrMute
	}
	cmd, err := apdu.Parse(b)
	if err != nil {
		return apdu.WrongLength.Bytes(), nil
	}
	data, status := c.run(cmd)
	if status != apdu.OK && status != apdu.Invalidated && status>>8 != 0x61 {
		data = nil
	}
	if err := c.mem.Commit(); err != nil {
		c.on = false
		return nil, ErrMute
	}
	return c.finish(cmd, data, status), nil
}
