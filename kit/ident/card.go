package ident

import (
	"strings"

	"kawu/kit/fault"
	"kawu/kit/tidy"
)

// Card is a social security card number: eight digits or capitals and a check character.
type Card string

// BankCard is the 19-digit number of the bank account on a social security card.
type BankCard string

// The faults of card numbers. got counts characters.
var (
	CardLength     = fault.New(fault.Invalid, "ident.card.length", "a social security card number has 9 characters, this one has {got}")
	CardCharacters = fault.New(fault.Invalid, "ident.card.characters", "a social security card number has digits and letters only")
	CardCheckWrong = fault.New(fault.Invalid, "ident.card.check", "the check character of the social security card number does not fit")
	BankLength     = fault.New(fault.Invalid, "ident.bankcard.length", "a bank card number has 19 digits, this one has {got}")
	BankCharacters = fault.New(fault.Invalid, "ident.bankcard.characters", "a bank card number has digits only")
	BankCheckWrong = fault.New(fault.Invalid, "ident.bankcard.check", "the last digit of the bank card number does not fit the others")
)

// CardForeignCheck notes a number from elsewhere whose check character does not fit: such cards are
// in use, so it is no reason to turn their holder away.
const CardForeignCheck tidy.Note = "ident.note.card_foreign_check"

var cardWeights = [8]int{3, 7, 9, 10, 5, 8, 4, 2}

// CardCheck is the check character of eight digits and capitals (the method of GB 11714); 0 when
// body is anything else.
func CardCheck(body string) byte {
	if len(body) != 8 {
		return 0
	}
	sum := 0
	for i, w := range cardWeights {
		v := strings.IndexByte(alphanumeric, body[i])
		if v < 0 {
			return 0
		}
		sum += w * v
	}
	return "0X987654321"[sum%11]
}

const alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// ParseCard reads a card number of our own: a wrong check character is a fault.
func ParseCard(s string) (Card, []tidy.Note, error) {
	c, notes, err := cardForm(s)
	if err == nil && CardCheck(string(c[:8])) != c[8] {
		return "", notes, CardCheckWrong
	}
	return c, notes, err
}

// ParseForeignCard reads a card number of another city: a wrong check character is only a note.
func ParseForeignCard(s string) (Card, []tidy.Note, error) {
	c, notes, err := cardForm(s)
	if err == nil && CardCheck(string(c[:8])) != c[8] {
		notes = append(notes, CardForeignCheck)
	}
	return c, notes, err
}

func cardForm(s string) (Card, []tidy.Note, error) {
	s, notes := tidy.Compact(s)
	s, notes = tidy.Upper(s, notes)
	if n := len([]rune(s)); n != 9 {
		return "", notes, got(CardLength, n)
	}
	if strings.Trim(s, alphanumeric) != "" || len(s) != 9 {
		return "", notes, CardCharacters
	}
	return Card(s), notes, nil
}

// LuhnDigit is the last digit of a bank card number whose other digits are body; 0 when body holds
// anything else. Bank simulators make their cards with it.
func LuhnDigit(body string) byte {
	sum, double := 0, true
	for i := len(body) - 1; i >= 0; i-- {
		d := int(body[i]) - '0'
		if d < 0 || d > 9 {
			return 0
		}
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum, double = sum+d, !double
	}
	return "0987654321"[sum%10]
}

// ParseBankCard reads a bank card number; spaces and dashes between its groups go.
func ParseBankCard(s string) (BankCard, []tidy.Note, error) {
	s, notes := tidy.Compact(s)
	if d := strings.ReplaceAll(s, "-", ""); d != s {
		s, notes = d, append(notes, tidy.Dashes)
	}
	if strings.Trim(s, "0123456789") != "" {
		return "", notes, BankCharacters
	}
	if len(s) != 19 {
		return "", notes, got(BankLength, len(s))
	}
	if LuhnDigit(s[:18]) != s[18] {
		return "", notes, BankCheckWrong
	}
	return BankCard(s), notes, nil
}

// Masked keeps the first six digits, which name the bank, and the last four.
func (b BankCard) Masked() string {
	if len(b) < 12 {
		return strings.Repeat("*", len(b))
	}
	return string(b[:6]) + strings.Repeat("*", len(b)-10) + string(b[len(b)-4:])
}

// String is Masked.
func (b BankCard) String() string { return b.Masked() }

// GoString is Masked too, for %#v.
func (b BankCard) GoString() string { return b.Masked() }

// MarshalText is Masked, for JSON and logs; who must write the plain number writes Reveal.
func (b BankCard) MarshalText() ([]byte, error) { return []byte(b.Masked()), nil }

// Reveal is the plain number.
func (b BankCard) Reveal() string { return string(b) }

func got(f *fault.Fault, n int) error { return fault.New(f.Kind, f.Code, f.Message, "got", n) }
