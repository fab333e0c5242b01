package sheet

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

var entities = map[string]byte{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// unescape resolves entities in place; what is none stays as it is.
func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	out := b[:0]
	for i := 0; i < len(b); i++ {
		end := -1
		if b[i] == '&' {
			end = bytes.IndexByte(b[i:min(len(b), i+12)], ';')
		}
		if end < 0 {
			out = append(out, b[i])
			continue
		}
		name := string(b[i+1 : i+end])
		if c, ok := entities[name]; ok {
			out = append(out, c)
		} else if r, ok := numeric(name); ok {
			out = utf8.AppendRune(out, r)
		} else {
			out = append(out, b[i])
			continue
		}
		i += end
	}
	return out
}

func numeric(name string) (rune, bool) {
	digits, ok := strings.CutPrefix(name, "#")
	base := 10
	if hex, isHex := strings.CutPrefix(digits, "x"); isHex {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), ok && err == nil
}
