package notice

import "kawu/policy/term"

// Activation is where the two applications are switched on. They are two switches.
type Activation struct {
	Clause         `yaml:",inline"`
	SocialSecurity []term.Place `yaml:"social_security"`
	Bank           []term.Place `yaml:"bank"`
	BankEnablesSS  bool         `yaml:"bank_also_enables_ss"`
	BankOptional   bool         `yaml:"bank_optional,omitempty"` // a card without its bank application is finished
}

// OldCard is what becomes of the card held before.
type OldCard struct {
	Clause       `yaml:",inline"`
	Until        term.Until `yaml:"until"` // activation of the new card, expiry, or a date
	Collected    bool       `yaml:"collected"`
	BankSurvives bool       `yaml:"bank_account_survives"`
}

// Fee is what the person pays for the card, in fen.
type Fee struct {
	Clause `yaml:",inline"`
	Fen    int      `yaml:"fen"`
	Waived []string `yaml:"waived,omitempty"` // fees of others that are waived too
}

// Product is a version of the card: design and functions. Its id is its name in decisions.
type Product struct {
	Clause      `yaml:",inline"`
	Generation  int      `yaml:"generation"` // 0 for a magnetic card
	Contactless bool     `yaml:"contactless"`
	Certificate bool     `yaml:"certificate"` // a card without a certificate fails its check
	Functions   []string `yaml:"functions"`
}

// Hotline is where questions about a topic are answered; its id is the topic.
type Hotline struct {
	Clause `yaml:",inline"`
	Number string `yaml:"number"` // "card_bank": the hotline of the card's bank
}

// CardBank is the number of a hotline that depends on the card's bank.
const CardBank = "card_bank"

// Acceptance says until when an operation on a kind of card is accepted, and by whom.
type Acceptance struct {
	Clause    `yaml:",inline"`
	Media     term.Holds `yaml:"media"`
	Operation string     `yaml:"operation"` // new, exchange, re_magnetise, pin_envelope, use
	From      term.Date  `yaml:"from,omitempty"`
	To        term.Date  `yaml:"to,omitempty"`
	At        []string   `yaml:"at"`                // hrss_agency, medical_agency, hospital, pharmacy
	Gradual   bool       `yaml:"gradual,omitempty"` // each institution has a switch-off date of its own after To
}

// PlanStep is a campaign that a notice announces; Order counts from 1.
type PlanStep struct {
	Clause `yaml:",inline"`
	From   term.Date    `yaml:"from"` // not before
	Order  int          `yaml:"order"`
	Groups []term.Group `yaml:"groups"`
}

// Target is how far the campaign must have come by a day.
type Target struct {
	Clause  `yaml:",inline"`
	Who     string    `yaml:"who"` // audience
	By      term.Date `yaml:"by"`
	Percent int       `yaml:"percent,omitempty"` // 0: the notice gives no figure
}
