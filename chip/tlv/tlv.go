package tlv

import "errors"

// ErrMalformed says that bytes are not TLV: cut, or with a tag or length longer than we read.
var ErrMalformed = errors.New("tlv: malformed")

// Tag is a BER tag with all its bytes, as it is written in the standards: 0x9F0C.
type Tag uint32

// Constructed says whether the value is TLV itself.
func (t Tag) Constructed() bool {
	for t > 0xFF {
		t >>= 8
	}
	return t&0x20 != 0
}

// Append adds one BER-TLV. The value has at most 65,535 bytes; cards never hold more.
func Append(dst []byte, t Tag, value []byte) []byte {
	for shift := 16; shift >= 0; shift -= 8 {
		if t>>shift != 0 {
			dst = append(dst, byte(t>>shift))
		}
	}
	switch n := len(value); {
	case n < 0x80:
		dst = append(dst, byte(n))
	case n <= 0xFF:
		dst = append(dst, 0x81, byte(n))
	default:
		dst = append(dst, 0x82, byte(n>>8), byte(n))
	}
	return append(dst, value...)
}

// Next reads one BER-TLV from the front. 00 and FF bytes between objects are filler (ISO/IEC 7816-4)
// and are skipped; the tag is 0 when nothing but filler is left. The value is part of b, not a copy.
func Next(b []byte) (t Tag, value, rest []byte, err error) {
	for len(b) > 0 && (b[0] == 0 || b[0] == 0xFF) {
		b = b[1:]
	}
	if len(b) == 0 {
		return 0, nil, nil, nil
	}
	t, b, err = tag(b)
	if err != nil {
		return 0, nil, nil, err
	}
	n, b, err := length(b)
	if err != nil || n > len(b) {
		return 0, nil, nil, ErrMalformed
	}
	return t, b[:n], b[n:], nil
}

func tag(b []byte) (Tag, []byte, error) {
	t, n := Tag(b[0]), 1
	if b[0]&0x1F == 0x1F {
		for {
			if n == len(b) || n == 3 {
				return 0, nil, ErrMalformed
			}
			t = t<<8 | Tag(b[n])
			n++
			if b[n-1]&0x80 == 0 {
				break
			}
		}
	}
	return t, b[n:], nil
}

func length(b []byte) (int, []byte, error) {
	if len(b) == 0 {
		return 0, nil, ErrMalformed
	}
	if b[0] < 0x80 {
		return int(b[0]), b[1:], nil
	}
	k := int(b[0] & 0x7F)
	if k == 0 || k > 3 || len(b) < 1+k {
		return 0, nil, ErrMalformed
	}
	n := 0
	for _, x := range b[1 : 1+k] {
		n = n<<8 | int(x)
	}
	return n, b[1+k:], nil
}

// Find walks a path of tags from the outermost object and gives the value; false when it is missing
// or the bytes are malformed on the way.
func Find(b []byte, path ...Tag) ([]byte, bool) {
	for _, want := range path {
		found := false
		for len(b) > 0 && !found {
			t, value, rest, err := Next(b)
			if err != nil || t == 0 {
				return nil, false
			}
			if t == want {
				b, found = value, true
			} else {
				b = rest
			}
		}
		if !found {
			return nil, false
		}
	}
	return b, true
}

// Record is the short form: tag, length, value. The value has at most 255 bytes.
func Record(t byte, value []byte) []byte {
	return append([]byte{t, byte(len(value))}, value...)
}

// ReadRecord reads a short form that fills b exactly.
func ReadRecord(b []byte) (t byte, value []byte, err error) {
	if len(b) < 2 || int(b[1]) != len(b)-2 {
		return 0, nil, ErrMalformed
	}
	return b[0], b[2:], nil
}
