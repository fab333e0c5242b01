package name

import (
	"log/slog"
	"strings"
	"unicode/utf8"

	"kawu/kit/gb"
)

// Person is a name in its normal form: no spaces around it, 「·」 as U+00B7, checked by Parse.
type Person string

// Dot stands between the parts of a name: 阿卜杜热合曼·买买提.
const Dot = '·'

// Masked keeps the last character and, of three or more, the first: 张*三, *三. The parts of a name
// with dots are one name: 阿*提. The number of stars says nothing about the length.
func (p Person) Masked() string {
	first, n := utf8.DecodeRuneInString(string(p))
	last, m := utf8.DecodeLastRuneInString(string(p))
	switch {
	case p == "":
		return ""
	case n == len(p):
		return "*"
	case n+m == len(p):
		return "*" + string(last)
	}
	return string(first) + "*" + string(last)
}

// String is Masked: a name printed by accident gives nobody away.
func (p Person) String() string { return p.Masked() }

// GoString is Masked too, for %#v.
func (p Person) GoString() string { return p.Masked() }

// LogValue is Masked.
func (p Person) LogValue() slog.Value { return slog.StringValue(p.Masked()) }

// MarshalText is Masked, for JSON; who must write the plain name writes Reveal.
func (p Person) MarshalText() ([]byte, error) { return []byte(p.Masked()), nil }

// UnmarshalText parses, so that a masked name cannot come back as if it were one.
func (p *Person) UnmarshalText(b []byte) error {
	n, _, err := Parse(string(b))
	*p = n
	return err
}

// Reveal is the plain name.
func (p Person) Reveal() string { return string(p) }

// Sizes of the card's two name fields in bytes (records 09 and 4E).
const (
	CardFirst  = 30
	CardSecond = 20
)

// Card splits the name's GB 18030 form into the card's two fields. A character may be cut between
// them: a reader joins the fields before it decodes them, as the specification says. second is
// empty when the first field holds all. The error is gb's, for a text that Parse never saw.
func (p Person) Card() (first, second []byte, err error) {
	b, err := gb.Encode(string(p))
	if err != nil {
		return nil, nil, err
	}
	if len(b) > CardFirst+CardSecond {
		return nil, nil, tooLong(len(b))
	}
	cut := min(len(b), CardFirst)
	return b[:cut], b[cut:], nil
}

// FromCard joins the card's two fields, without their padding of zeros, and reads the name. The
// losses are places where a person must look at the card; then the text is not to be trusted.
func FromCard(first, second []byte) (string, []gb.Loss) {
	joined := strings.TrimRight(string(first), "\x00") + strings.TrimRight(string(second), "\x00")
	return gb.Decode([]byte(joined))
}
