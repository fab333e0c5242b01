package policy

import (
	"kawu/kit/region"
	"kawu/policy/term"
)

// Person is what a decision needs to know of somebody, and nothing that says who it is. A zero
// field means "not told"; it meets conditions on it, except those that ask for a fact (an expiry
// date, a school's notice, a district).
type Person struct {
	Group          term.Group
	Household      term.Household
	NotInsured     bool        // insured is the rule among people who ask
	District       region.Code // of insurance; of the employer for the employed
	Age            int         // in whole years on the day; -1 when not told
	Lives          term.Lives
	Holds          term.Holds
	HasCard        bool // a social security card is held, of a generation not told
	CardState      term.CardState
	Expires        term.Date // of the card held
	Document       string    // code of the document shown
	Bank           term.BankCode
	PensionBank    term.BankCode
	PayrollBank    term.BankCode
	SchoolNotified bool
	Urgent         bool
}

// UsualAge stands in when no age is told.
func UsualAge(g term.Group) int {
	switch g {
	case term.Pupil:
		return 10
	case term.Retired:
		return 65
	}
	return 40
}
