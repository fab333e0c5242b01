package cos

import (
	"encoding/binary"
	"errors"
	"slices"
)

// Store keeps a card's memory outside the process. Append takes the changes of one command and
// returns when they cannot be lost any more; it keeps all of them or none.
type Store interface {
	Append(changes []byte) error
}

// ErrImage says that bytes are not a card's image.
var ErrImage = errors.New("cos: not a card image")

// What a cell holds.
const (
	cellChip   byte = iota // identity and settings, in the MF
	cellState              // of an application, or of the card in the MF
	cellRecord             // a record's value
	cellBytes              // a transparent file, written part only
	cellKey                // header, tries left, key
	cellPIN
	cellScalar  // private keys of the certificate application
	cellCounter // transaction counter
	cellData    // data objects of the bank application
)

// address names a cell.
type address struct {
	app, kind byte
	id        uint16
	rec       byte
}

// number is an address as one number: cells stand in its order.
func (a address) number() uint64 {
	return uint64(a.app)<<32 | uint64(a.kind)<<24 | uint64(a.id)<<8 | uint64(a.rec)
}

type change struct {
	at    address
	value []byte
}

// memory is the non-volatile part: cells in the order of their addresses. Changes of a command gather
// in pending until commit.
type memory struct {
	cells   []change
	pending []change
	store   Store
}

func (m *memory) get(a address) []byte {
	for i := len(m.pending) - 1; i >= 0; i-- {
		if m.pending[i].at == a {
			return m.pending[i].value
		}
	}
	if i, there := m.find(a); there {
		return m.cells[i].value
	}
	return nil
}

// find gives the place of a cell, or where it would stand. Every command looks up about ten cells.
func (m *memory) find(a address) (int, bool) {
	n, low, high := a.number(), 0, len(m.cells)
	for low < high {
		if middle := (low + high) / 2; m.cells[middle].at.number() < n {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(m.cells) && m.cells[low].at == a
}

// set takes the value over: the caller does not change it any more.
func (m *memory) set(a address, value []byte) { m.pending = append(m.pending, change{a, value}) }

func (m *memory) rollback() { m.pending = m.pending[:0] }

func (m *memory) commit() error {
	if len(m.pending) == 0 {
		return nil
	}
	if m.store != nil {
		if err := m.store.Append(encode(m.pending)); err != nil {
			m.rollback()
			return err
		}
	}
	m.apply(m.pending)
	m.rollback()
	return nil
}

// apply puts changes into their cells, the last one of an address counts.
func (m *memory) apply(list []change) {
	for _, c := range list {
		if i, there := m.find(c.at); there {
			m.cells[i].value = c.value
		} else {
			m.cells = slices.Insert(m.cells, i, c)
		}
	}
}

func encode(list []change) []byte {
	n := 0
	for _, c := range list {
		n += 7 + len(c.value)
	}
	b := make([]byte, 0, n)
	for _, c := range list {
		b = append(b, c.at.app, c.at.kind)
		b = binary.BigEndian.AppendUint16(b, c.at.id)
		b = append(b, c.at.rec)
		b = binary.BigEndian.AppendUint16(b, uint16(len(c.value)))
		b = append(b, c.value...)
	}
	return b
}

func decode(b []byte) ([]change, error) {
	var out []change
	for len(b) > 0 {
		if len(b) < 7 {
			return nil, ErrImage
		}
		a := address{b[0], b[1], binary.BigEndian.Uint16(b[2:]), b[4]}
		n := int(binary.BigEndian.Uint16(b[5:]))
		if len(b) < 7+n {
			return nil, ErrImage
		}
		out = append(out, change{a, slices.Clone(b[7 : 7+n])})
		b = b[7+n:]
	}
	return out, nil
}

// image is all cells in one order, so that equal cards have equal images.
func (m *memory) image() []byte { return encode(m.cells) }
