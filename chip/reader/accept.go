package reader

import (
	"slices"
	"strings"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
)

// The refusals of acceptance, in the order in which they are tried.
var (
	Blocked      = fault.New(fault.Refused, "reader.blocked", "the social security application on the card is blocked")
	OtherIssuer  = fault.New(fault.Refused, "reader.other_issuer", "the card was issued elsewhere and is not accepted here")
	OtherClass   = fault.New(fault.Refused, "reader.other_class", "the card is not a personal card")
	OtherVersion = fault.New(fault.Refused, "reader.other_version", "the card's version is not accepted")
	NotYetValid  = fault.New(fault.Refused, "reader.not_yet_valid", "the card is not valid yet; check the terminal's date")
	Expired      = fault.New(fault.Refused, "reader.expired", "the card has expired")
	Listed       = fault.New(fault.Refused, "reader.listed", "the card is on the list of invalid cards: {reason}")
)

// Acceptance is what a terminal accepts.
type Acceptance struct {
	Cities   []string // prefixes of the issuing city's code; empty: any
	Versions []string // "2.00", "3.00"
	Invalid  *InvalidList
}

// Check tries the rules in the standard's order and gives the first that refuses, nil when the card
// is accepted. The validity dates are whole days in China.
func (a Acceptance) Check(d Data, now time.Time) error {
	today := clock.Day(now).Format("20060102")
	switch {
	case !anyPrefix(a.Cities, d.City()):
		return OtherIssuer
	case d.Class != "1":
		return OtherClass
	case !slices.Contains(a.Versions, d.Version):
		return OtherVersion
	case d.Issued > today:
		return NotYetValid
	case d.Expires < today:
		return Expired
	}
	if reason, listed := a.Invalid.Find(d.CardID); listed {
		return fault.New(Listed.Kind, Listed.Code, Listed.Message, "reason", reason)
	}
	return nil
}

func anyPrefix(all []string, s string) bool {
	for _, p := range all {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return len(all) == 0
}
