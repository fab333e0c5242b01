package notice

import "kawu/policy/term"

// BankChoice is which banks there are and who picks one. Exactly one bank is picked.
type BankChoice struct {
	Clause   `yaml:",inline"`
	Banks    []term.BankCode  `yaml:"banks"` // empty when the notice lists none
	ChosenBy term.Chooser     `yaml:"chosen_by"`
	Default  term.BankDefault `yaml:"default"`
}

// Document is a paper that proves who asks; its id is its code.
type Document struct {
	Clause `yaml:",inline"`
	Under  *int `yaml:"under,omitempty"` // taken only below this age
}

// Photo is where the picture on the card may come from; its id is its code.
type Photo struct {
	Clause `yaml:",inline"`
	Groups []term.Group `yaml:"groups,omitempty"`
}

// Promise is the time limit. Days 0 means at once, in the same visit.
type Promise struct {
	Clause   `yaml:",inline"`
	Days     int             `yaml:"days"`
	Kind     term.DayKind    `yaml:"kind"`
	Starts   term.ClockStart `yaml:"starts"`
	Excludes []string        `yaml:"excludes,omitempty"` // legs that the clock leaves out: mailing
}

// Delivery is one way in which a card reaches its holder, and what can be switched on there.
type Delivery struct {
	Clause    `yaml:",inline"`
	Mode      term.Mode `yaml:"mode"`
	FeeBearer string    `yaml:"fee_bearer"`              // none or recipient
	Fallback  string    `yaml:"fallback,omitempty"`      // id of the delivery when this one fails
	Signature bool      `yaml:"own_signature"`           // only the holder may sign for it
	Operator  string    `yaml:"operator,omitempty"`      // who carries it: issuing_bank, ems, post
	Carried   bool      `yaml:"fallback_only,omitempty"` // reached only as a fallback
	Notify    string    `yaml:"notify,omitempty"`        // how the holder hears: sms, phone

	SocialSecurity []term.Place `yaml:"social_security"`    // where social security can be enabled after it
	Bank           []term.Place `yaml:"bank"`               // where the bank application can be activated after it
	Together       bool         `yaml:"together,omitempty"` // both are switched on in the hand-over
}
