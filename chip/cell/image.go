package cell

import (
	"encoding/binary"
	"errors"
	"slices"
)

// ErrImage says that bytes are not a card's image.
var ErrImage = errors.New("cell: not a card image")

// Address names a cell.
type Address struct {
	App, Kind byte
	ID        uint16
	Rec       byte
}

// number is an address as one number: cells stand in its order.
func (a Address) number() uint64 {
	return uint64(a.App)<<32 | uint64(a.Kind)<<24 | uint64(a.ID)<<8 | uint64(a.Rec)
}

// head is how many bytes stand before a value: its address and its length.
const head = 7

func encode(list []change) []byte {
	n := 0
	for _, c := range list {
		n += head + len(c.value)
	}
	b := make([]byte, 0, n)
	for _, c := range list {
		b = append(b, c.at.App, c.at.Kind)
		b = binary.BigEndian.AppendUint16(b, c.at.ID)
		b = append(b, c.at.Rec)
		b = binary.BigEndian.AppendUint16(b, uint16(len(c.value)))
		b = append(b, c.value...)
	}
	return b
}

func decode(b []byte) ([]change, error) {
	var out []change
	for len(b) > 0 {
		if len(b) < head {
			return nil, ErrImage
		}
		a := Address{b[0], b[1], binary.BigEndian.Uint16(b[2:]), b[4]}
		n := int(binary.BigEndian.Uint16(b[5:]))
		if len(b) < head+n {
			return nil, ErrImage
		}
		out = append(out, change{a, slices.Clone(b[head : head+n])})
		b = b[head+n:]
	}
	return out, nil
}
