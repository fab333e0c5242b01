package idno

import (
	"regexp"
	"time"
	"unicode/utf8"

	"kawu/kit/fault"
	"kawu/kit/region"
	"kawu/kit/tidy"
)

// The faults of Parse; NotBorn is for callers, who have the day (see BornBy). None carries the
// number; got and at count characters from 1.
var (
	Empty        = fault.New(fault.Invalid, "idno.empty", "the identity number is missing")
	Length       = fault.New(fault.Invalid, "idno.length", "an identity number has 18 characters, this one has {got}")
	Old15        = fault.New(fault.Invalid, "idno.old_15", "this is a 15-digit number of the first identity cards, out of use since 2013")
	Characters   = fault.New(fault.Invalid, "idno.characters", "character {at} cannot stand in an identity number")
	Date         = fault.New(fault.Invalid, "idno.date", "digits 7 to 14 are not a date that exists")
	CheckDigit   = fault.New(fault.Invalid, "idno.check_digit", "the last character does not fit the others: a digit is wrong")
	ExcelRounded = fault.New(fault.Invalid, "idno.excel_rounded", "a spreadsheet kept this number as a rounded number: its last digits are lost")
	NotBorn      = fault.New(fault.Invalid, "idno.not_born", "the date of birth lies in the future")
	UnknownKind  = fault.New(fault.Invalid, "idno.unknown_kind", "no document's numbers begin with these digits")
)

// The form of numbers that a spreadsheet shows or writes when it took the text for a quantity.
var scientific = regexp.MustCompile(`^[0-9](\.[0-9]+)?[eE]\+?[0-9]{1,3}$`)

// The earliest year of birth of anybody who can hold a card; earlier years are typing mistakes.
const earliest = 1850

// Parse reads a number as people type it. It returns the normal form and what it had to change, or
// exactly one of the faults above, the one that says most about what went wrong.
func Parse(s string) (Number, []tidy.Note, error) {
	s, notes := tidy.Compact(s)
	if s == "" {
		return "", notes, Empty
	}
	if scientific.MatchString(s) {
		return "", notes, ExcelRounded
	}
	s, notes = tidy.Upper(s, notes)
	if f := form(s); f != nil {
		return "", notes, f
	}
	n := Number(s)
	if n.Kind() == ForeignerOld {
		return n, notes, nil
	}
	if f := inside(n); f != nil {
		if s[15:] == "000" { // a double keeps 15 digits; Excel writes zeros for the other three
			f = ExcelRounded
		}
		return "", notes, f
	}
	return n, notes, nil
}

// form checks length and alphabet of both forms.
func form(s string) *fault.Fault {
	letters := 0
	for letters < 3 && letters < len(s) && s[letters] >= 'A' && s[letters] <= 'Z' {
		letters++
	}
	if letters < 3 {
		letters = 0
	}
	for i := letters; i < min(len(s), 18); i++ {
		if (s[i] < '0' || s[i] > '9') && (i != 17 || s[i] != 'X') {
			return bad(Characters, "at", utf8.RuneCountInString(s[:i])+1)
		}
	}
	switch {
	case letters == 3 && len(s) == 15:
		return nil
	case letters == 3:
		return bad(Length, "got", utf8.RuneCountInString(s))
	case len(s) == 15:
		return Old15
	case len(s) != 18:
		return bad(Length, "got", utf8.RuneCountInString(s))
	}
	return nil
}

// inside checks the parts of an 18-character number.
func inside(n Number) *fault.Fault {
	if n.Kind() != Foreigner && !knownPlace(n) {
		return UnknownKind
	}
	if b, ok := n.Birth(); !ok || b.Year() < earliest {
		return Date
	}
	if Check(string(n[:17])) != n[17] {
		return CheckDigit
	}
	return nil
}

// knownPlace: the provinces' codes never changed, divisions below them did. 81 to 83 stand only on
// residence permits, which have zeros behind.
func knownPlace(n Number) bool {
	if n[0] == '8' {
		return n.Kind() != Resident
	}
	return region.Code(n[:6]).Province() != ""
}

func bad(f *fault.Fault, name string, v int) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, name, v)
}

var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// Check is the check character (ISO 7064 MOD 11-2) of the first 17 digits; 0 when body is not 17
// digits. Whoever makes synthetic people makes their numbers with it.
func Check(body string) byte {
	if len(body) != 17 {
		return 0
	}
	sum := 0
	for i := range weights {
		if body[i] < '0' || body[i] > '9' {
			return 0
		}
		sum += weights[i] * int(body[i]-'0')
	}
	return "10X98765432"[sum%11]
}

// BornBy says whether the person was born on or before day: Parse has no clock, so a birthday in
// the future is the caller's question. It is true when the number has no birthday.
func (n Number) BornBy(day time.Time) bool {
	b, ok := n.Birth()
	return !ok || !b.After(day)
}
