// Package phone owns mainland mobile numbers: eleven digits that begin with 13 to 19. A Number
// masks itself wherever it is printed, logged or put into JSON.
//
// It does not own landlines or foreign numbers: messages go to mainland mobiles only. It does not
// know whether a number is in use or whose it is; a prefix is not looked up, because operators open
// new ones and people keep numbers when they change operator.
package phone

import (
	"log/slog"
	"regexp"
	"strings"
	"unicode/utf8"

	"kawu/kit/fault"
	"kawu/kit/tidy"
)

// Number is eleven ASCII digits.
type Number string

// The faults of Parse. got and at count characters.
var (
	Empty        = fault.New(fault.Invalid, "phone.empty", "the mobile number is missing")
	Length       = fault.New(fault.Invalid, "phone.length", "a mobile number has 11 digits, this one has {got}")
	Characters   = fault.New(fault.Invalid, "phone.characters", "character {at} cannot stand in a mobile number")
	Prefix       = fault.New(fault.Invalid, "phone.prefix", "no mobile number begins with these digits")
	Two          = fault.New(fault.Invalid, "phone.two", "there are two numbers where one belongs")
	ExcelRounded = fault.New(fault.Invalid, "phone.excel_rounded", "a spreadsheet kept this number as a rounded number")
)

var (
	scientific = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}$`)
	dashes     = strings.NewReplacer("-", "", "‐", "", "‑", "", "–", "", "—", "", "−", "")
	separators = "/、,;，；"
)

// Parse reads a number as people write it: with spaces, dashes, +86, full-width digits. It returns
// the eleven digits and what it changed, or one of the faults above.
func Parse(s string) (Number, []tidy.Note, error) {
	s, notes := tidy.Compact(s)
	if s == "" {
		return "", notes, Empty
	}
	if scientific.MatchString(s) {
		return "", notes, ExcelRounded
	}
	if d := dashes.Replace(s); d != s {
		s, notes = d, append(notes, tidy.Dashes)
	}
	for _, code := range []string{"+86", "0086", "(+86)", "(86)", "86"} {
		if rest, ok := strings.CutPrefix(s, code); ok && (len(rest) == 11 || code[0] != '8') {
			s, notes = rest, append(notes, tidy.CountryCode)
			break
		}
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		if i >= 7 && strings.ContainsAny(s[i:], separators) {
			return "", notes, Two
		}
		return "", notes, with(Characters, "at", utf8.RuneCountInString(s[:i])+1)
	}
	if s == "" || s[0] == '0' || s[0] == '1' && len(s) > 1 && s[1] < '3' {
		return "", notes, Prefix
	}
	if len(s) != 11 {
		return "", notes, with(Length, "got", len(s))
	}
	if s[0] != '1' {
		return "", notes, Prefix
	}
	return Number(s), notes, nil
}

func with(f *fault.Fault, name string, v int) error {
	return fault.New(f.Kind, f.Code, f.Message, name, v)
}

// Masked keeps the first three and the last four digits: 138****2209.
func (n Number) Masked() string {
	if len(n) < 8 {
		return strings.Repeat("*", len(n))
	}
	return string(n[:3]) + strings.Repeat("*", len(n)-7) + string(n[len(n)-4:])
}

// String is Masked: a number printed by accident gives nobody away.
func (n Number) String() string { return n.Masked() }

// GoString is Masked too, for %#v.
func (n Number) GoString() string { return n.Masked() }

// LogValue is Masked.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.Masked()) }

// MarshalText is Masked, for JSON; who must write the plain number writes Reveal.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.Masked()), nil }

// UnmarshalText parses, so that a masked number cannot come back as if it were one.
func (n *Number) UnmarshalText(b []byte) error {
	p, _, err := Parse(string(b))
	*n = p
	return err
}

// Reveal is the plain number.
func (n Number) Reveal() string { return string(n) }
