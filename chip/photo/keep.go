package photo

import (
	"bytes"
	"encoding/binary"
)

// keep gives a file that is fit as it is without its metadata, so that the picture is not compressed
// a second time; nil when it must be encoded anew. Only baseline colour JPEGs of the card's size are
// kept, with one scan and nothing after it.
func keep(raw []byte) []byte {
	if !bytes.HasPrefix(raw, []byte{0xFF, 0xD8}) || !bytes.HasSuffix(raw, []byte{0xFF, 0xD9}) || orientation(raw) != 1 {
		return nil
	}
	out := append([]byte{0xFF, 0xD8}, jfif...)
	for b := raw[2:]; len(b) > 4 && b[0] == 0xFF; {
		n := int(binary.BigEndian.Uint16(b[2:])) + 2
		if n < 4 || n > len(b) {
			return nil
		}
		switch kind := b[1]; {
		case kind == 0xDB || kind == 0xC4 || kind == 0xDD, kind == 0xC0 && fits(b[:n]):
			out = append(out, b[:n]...)
		case kind == 0xDA:
			return scanned(append(out, b...), len(out)+n)
		case kind == 0xFE || kind >= 0xE0 && kind <= 0xEF && kind != 0xEE: // comments and metadata; EE says how colours are meant
		default:
			return nil
		}
		b = b[n:]
	}
	return nil
}

// fits reads a frame header: eight bits, the card's size, three components.
func fits(b []byte) bool {
	return len(b) > 9 && b[4] == 8 && binary.BigEndian.Uint16(b[5:]) == Height && binary.BigEndian.Uint16(b[7:]) == Width && b[9] == 3
}

// scanned insists that the scan that begins at from is the last thing in the file and that the file
// is small enough.
func scanned(file []byte, from int) []byte {
	if len(file) > MaxBytes {
		return nil
	}
	for i := from; i < len(file)-2; i++ {
		if file[i] == 0xFF && file[i+1] != 0 && (file[i+1] < 0xD0 || file[i+1] > 0xD7) {
			return nil // a marker inside: another scan, or something behind the picture's end
		}
	}
	return file
}
