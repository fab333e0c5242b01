package gb

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"kawu/kit/fault"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Why says what kind of loss it is.
type Why string

// The losses.
const (
	PrivateUse Why = "private_use" // a code without a character of its own; decoded to a private-use code point
	Unassigned Why = "unassigned"  // a four-byte code that stands for nothing, or for U+FFFD itself
	Broken     Why = "broken"      // bytes that are no code; one byte decoded to U+FFFD
)

// Loss is a place in the bytes where the text does not say what was meant. A person must look.
type Loss struct {
	At   int    // offset of the first byte
	Code string // the bytes, as hexadecimal capitals: "FE51"
	Why  Why
}

// The faults of Encode; code is the character's code point, such as U+E000.
var (
	NotText     = fault.New(fault.Invalid, "gb.not_text", "holds U+FFFD or broken UTF-8: part of it was lost before it came here")
	NotWritable = fault.New(fault.Invalid, "gb.not_writable", "holds {code}, which GB 18030 has no code for")
)

// Decode reads GB 18030. The text is complete when there are no losses; otherwise keep the bytes.
func Decode(b []byte) (string, []Loss) {
	var out strings.Builder
	out.Grow(len(b) + len(b)/2)
	var losses []Loss
	for i := 0; i < len(b); {
		if b[i] < 0x80 {
			out.WriteByte(b[i])
			i++
			continue
		}
		r, n, why := next(b[i:])
		if why != "" {
			losses = append(losses, Loss{i, fmt.Sprintf("%X", b[i:i+n]), why})
		}
		out.WriteRune(r)
		i += n
	}
	return out.String(), losses
}

// next reads the code at the start of b, which is not ASCII.
func next(b []byte) (rune, int, Why) {
	if len(b) < 2 || b[0] == 0x80 || b[0] == 0xFF {
		return unknown, 1, Broken
	}
	if b[1] >= '0' && b[1] <= '9' {
		if len(b) < 4 || b[2] < 0x81 || b[2] == 0xFF || b[3] < '0' || b[3] > '9' {
			return unknown, 1, Broken
		}
		return fourByte(b[:4])
	}
	r, ok := twoByte().decode[uint16(b[0])<<8|uint16(b[1])]
	switch {
	case !ok:
		return unknown, 1, Broken
	case Private(r):
		return r, 2, PrivateUse
	}
	return r, 2, ""
}

func fourByte(b []byte) (rune, int, Why) {
	r, ok := swapped[string(b)]
	if !ok {
		r = known(simplifiedchinese.GB18030.NewDecoder().Bytes(b))
	}
	switch {
	case r == unknown:
		return unknown, 4, Unassigned
	case Private(r):
		return r, 4, PrivateUse
	}
	return r, 4, ""
}

// Encode writes GB 18030. What Decode could not read, Encode does not write.
func Encode(s string) ([]byte, error) {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
			continue
		}
		if r == unknown {
			return nil, NotText
		}
		if code, ok := twoByte().encode[r]; ok {
			out = append(out, byte(code>>8), byte(code))
			continue
		}
		four, ok := fourBytes(r)
		if !ok {
			return nil, fault.New(NotWritable.Kind, NotWritable.Code, NotWritable.Message, "code", fmt.Sprintf("%U", r))
		}
		out = append(out, four...)
	}
	return out, nil
}

// fourBytes writes a character that has no two-byte code. x/text writes private-use characters as
// codes of others, so what it wrote is read back.
func fourBytes(r rune) ([]byte, bool) {
	for code, was := range swapped {
		if r == was {
			return []byte(code), true
		}
	}
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) != 4 {
		return nil, false
	}
	back, _, _ := fourByte(b)
	return b, back == r
}

// Len is the number of bytes that Encode writes; it counts four for what Encode refuses.
func Len(s string) int {
	n := 0
	for _, r := range s {
		switch _, two := twoByte().encode[r]; {
		case r < utf8.RuneSelf:
			n++
		case two:
			n += 2
		default:
			n += 4
		}
	}
	return n
}
