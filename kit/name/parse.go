package name

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"kawu/kit/fault"
	"kawu/kit/gb"
	"kawu/kit/tidy"
)

// The faults of Parse. at counts characters from 1, code is a code point, bytes and max are bytes
// of GB 18030.
var (
	Empty      = fault.New(fault.Invalid, "name.empty", "the name is missing")
	TooLong    = fault.New(fault.Invalid, "name.too_long", "the name takes {bytes} bytes of GB 18030, the card has room for {max}")
	Lost       = fault.New(fault.Invalid, "name.lost_character", "character {at} was lost on the way here")
	Private    = fault.New(fault.Invalid, "name.private_use", "character {at} ({code}) is a private glyph of some system, not a character")
	Emoji      = fault.New(fault.Invalid, "name.emoji", "character {at} is a picture")
	Digit      = fault.New(fault.Invalid, "name.digit", "character {at} is a digit")
	Control    = fault.New(fault.Invalid, "name.control", "character {at} ({code}) is a control character")
	Characters = fault.New(fault.Invalid, "name.characters", "character {at} ({code}) cannot stand in a name")
	Masked     = fault.New(fault.Invalid, "name.masked", "character {at} hides the name")
	DotPlace   = fault.New(fault.Invalid, "name.dot", "a dot stands between two parts of a name, not at its end and not twice")
)

// dots are the forms in which 「·」 is typed: keyboards, fonts and old systems each have their own.
var dots = strings.NewReplacer("•", "·", "‧", "·", "・", "·", "．", "·", "∙", "·", "⋅", "·", "･", "·", "●", "·", "ꞏ", "·")

// Parse reads a name as people type it. Rare characters stay as they are. It returns the normal
// form and what it had to change, or one of the faults above.
func Parse(s string) (Person, []tidy.Note, error) {
	s, notes := tidy.Trim(s)
	if s == "" {
		return "", notes, Empty
	}
	if d := dots.Replace(s); d != s {
		s, notes = d, append(notes, tidy.MiddleDot)
	}
	if c := closeUp(s); c != s {
		s, notes = c, append(notes, tidy.Spaces)
	}
	at := 0
	for _, r := range s {
		at++
		if f := character(r); f != nil {
			return "", notes, fault.New(f.Kind, f.Code, f.Message, "at", at, "code", fmt.Sprintf("%U", r))
		}
	}
	if strings.HasPrefix(s, "·") || strings.HasSuffix(s, "·") || strings.Contains(s, "··") {
		return "", notes, DotPlace
	}
	if n := gb.Len(s); n > CardFirst+CardSecond {
		return "", notes, tooLong(n)
	}
	return Person(s), notes, nil
}

func tooLong(n int) error {
	return fault.New(TooLong.Kind, TooLong.Code, TooLong.Message, "bytes", n, "max", CardFirst+CardSecond)
}

// closeUp takes out spaces next to a Chinese character or a dot: 「张 三」 is how forms align names
// of two characters. Between Latin words the space is part of the name; it becomes one plain space.
func closeUp(s string) string {
	if strings.IndexFunc(s, unicode.IsSpace) < 0 {
		return s
	}
	words := strings.Fields(s)
	out := words[0]
	for _, w := range words[1:] {
		before, _ := utf8.DecodeLastRuneInString(out)
		after, _ := utf8.DecodeRuneInString(w)
		if latin(before) && latin(after) {
			out += " "
		}
		out += w
	}
	return out
}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) || strings.ContainsRune(".'-,", r) }

// character says why r cannot stand in a name; nil when it can: ideographs of every plane, the dot,
// and for foreigners Latin letters with space, hyphen, apostrophe, full stop and comma.
func character(r rune) *fault.Fault {
	switch {
	case r == utf8.RuneError, strings.ContainsRune("?？□▯〓■", r): // what decoders and fonts leave behind
		return Lost
	case r == '*' || r == '＊':
		return Masked
	case gb.Private(r):
		return Private
	case unicode.Is(unicode.Han, r) && r >= 0x3400, r == '〇', r == Dot, r == ' ', latin(r) && r < 0x250:
		return nil
	case unicode.IsDigit(r) || unicode.IsNumber(r):
		return Digit
	case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
		return Control
	case r >= 0x1F000 && r <= 0x1FAFF, r >= 0x2600 && r <= 0x27BF, r >= 0xFE00 && r <= 0xFE0F, r == 0x20E3:
		return Emoji
	}
	return Characters
}
