package ident

import (
	"strings"

	"kawu/kit/fault"
	"kawu/kit/tidy"
)

// USCC is a unified social credit code (GB 32100): 18 characters of 31 symbols. It names an
// organisation, so it is not masked.
type USCC string

// The faults of ParseUSCC.
var (
	USCCLength     = fault.New(fault.Invalid, "ident.uscc.length", "a social credit code has 18 characters, this one has {got}")
	USCCCharacters = fault.New(fault.Invalid, "ident.uscc.characters", "character {at} cannot stand in a social credit code")
	USCCInner      = fault.New(fault.Invalid, "ident.uscc.organisation", "characters 9 to 17 of the social credit code are no organisation code")
	USCCCheckWrong = fault.New(fault.Invalid, "ident.uscc.check", "the last character of the social credit code does not fit the others")
)

// The 31 symbols: no I, O, S, V, Z.
const usccSymbols = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var usccWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// USCCCheck is the check character of the first 17; 0 when body is anything else. For the code to
// be whole, characters 9 to 16 must be followed by their own check character (CardCheck, the same
// method).
func USCCCheck(body string) byte {
	if len(body) != 17 {
		return 0
	}
	sum := 0
	for i, w := range usccWeights {
		v := strings.IndexByte(usccSymbols, body[i])
		if v < 0 {
			return 0
		}
		sum += w * v
	}
	return usccSymbols[(31-sum%31)%31]
}

// ParseUSCC reads a code; small letters become capitals. I and O are refused, not read as 1 and 0.
func ParseUSCC(s string) (USCC, []tidy.Note, error) {
	s, notes := tidy.Compact(s)
	s, notes = tidy.Upper(s, notes)
	at := 0
	for _, r := range s {
		at++
		if !strings.ContainsRune(usccSymbols, r) {
			return "", notes, fault.New(USCCCharacters.Kind, USCCCharacters.Code, USCCCharacters.Message, "at", at)
		}
	}
	switch {
	case len(s) != 18:
		return "", notes, got(USCCLength, len(s))
	case USCCCheck(s[:17]) != s[17]:
		return "", notes, USCCCheckWrong
	case CardCheck(s[8:16]) != s[16]:
		return "", notes, USCCInner
	}
	return USCC(s), notes, nil
}
