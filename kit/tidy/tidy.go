package tidy

import (
	"slices"
	"strings"
	"unicode"
)

// Note is something that was normalised; it is the key of its wording ("tidy.full_width").
type Note string

// The notes of all packages that clean text.
const (
	FullWidth   Note = "tidy.full_width"   // １２３Ｘ was made 123X
	Spaces      Note = "tidy.spaces"       // spaces around or inside were taken out
	Invisible   Note = "tidy.invisible"    // zero-width characters, direction marks or a byte order mark were taken out
	Apostrophe  Note = "tidy.apostrophe"   // a ' before the value, or ="…" around it, was taken off
	UpperCase   Note = "tidy.upper_case"   // small letters were made capitals, such as the x of a check digit
	Dashes      Note = "tidy.dashes"       // 138-0013-8000 lost its dashes
	CountryCode Note = "tidy.country_code" // +86 was taken off
	MiddleDot   Note = "tidy.middle_dot"   // another form of 「·」 became U+00B7
)

// Compact cleans a value that has no spaces of its own, such as a number: full-width to ASCII, no
// spaces, no invisible characters, no text prefix. Notes come in a fixed order, each once.
func Compact(s string) (string, []Note) {
	var t tidier
	s = t.unquote(t.chars(s, true))
	return s, t.list()
}

// Upper makes ASCII letters capitals and adds the note when that changed something.
func Upper(s string, notes []Note) (string, []Note) {
	if u := strings.ToUpper(s); u != s {
		return u, append(notes, UpperCase)
	}
	return s, notes
}

// Trim cleans a value whose inner characters are its own, such as a name: spaces around it and
// invisible characters go, inner spaces and full-width characters stay.
func Trim(s string) (string, []Note) {
	var t tidier
	s = t.chars(s, false)
	if trimmed := strings.TrimFunc(s, unicode.IsSpace); trimmed != s {
		s = trimmed
		t.saw(Spaces)
	}
	return s, t.list()
}

type tidier struct{ notes []Note }

func (t *tidier) saw(n Note) {
	if !slices.Contains(t.notes, n) {
		t.notes = append(t.notes, n)
	}
}

func (t *tidier) list() []Note { slices.Sort(t.notes); return t.notes }

func (t *tidier) chars(s string, compact bool) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case invisible(r):
			t.saw(Invisible)
			return -1
		case !compact:
			return r
		case unicode.IsSpace(r):
			t.saw(Spaces)
			return -1
		case r >= '！' && r <= '～':
			t.saw(FullWidth)
			return r - '！' + '!'
		}
		return r
	}, s)
}

// plain spares the allocation for the usual value: printable ASCII without a space.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 0x7F {
			return false
		}
	}
	return true
}

func (t *tidier) unquote(s string) string {
	in := s
	if inner, ok := strings.CutPrefix(s, `="`); ok {
		if inner, ok := strings.CutSuffix(inner, `"`); ok {
			s = inner
		}
	}
	s = strings.TrimLeft(s, "'‘’`")
	if s != in {
		t.saw(Apostrophe)
	}
	return s
}

// invisible are characters that nobody sees and no identifier or name has: zero-width space and
// joiners, direction marks (Excel and web pages leave U+202A and U+202C around copied numbers),
// byte order mark, soft hyphen.
func invisible(r rune) bool {
	switch {
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069,
		r == 0xFEFF, r == 0x00AD:
		return true
	}
	return false
}
