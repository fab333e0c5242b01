package notice

// Profile is what a city may set for a card's life. What it leaves out comes from the national
// defaults in national.yaml, which carry their own sources.
type Profile struct {
	TemporaryLoss *LossPeriod  `yaml:"temporary_loss,omitempty"`
	EarlierLoss   *LossPeriod  `yaml:"earlier_loss,omitempty"` // for cards of generations 1 and 2, where theirs differs
	PIN           *PIN         `yaml:"pin,omitempty"`
	Unclaimed     *Unclaimed   `yaml:"unclaimed,omitempty"`
	Picture       *Picture     `yaml:"picture,omitempty"`
	Renewal       *Renewal     `yaml:"renewal,omitempty"`
	Validity      *Validity    `yaml:"validity,omitempty"`
	Replacement   *Replacement `yaml:"replacement,omitempty"`
	InterimCard   *InterimCard `yaml:"interim_card,omitempty"`
	Payout        *Payout      `yaml:"payout,omitempty"`
	ECard         *ECard       `yaml:"e_card,omitempty"`
	Instant       *Instant     `yaml:"instant,omitempty"`
}

// LossPeriod is about a loss reported by phone or online.
type LossPeriod struct {
	Clause   `yaml:",inline"`
	Days     int    `yaml:"days"`
	OnExpiry string `yaml:"on_expiry"` // release: normal again; cancel: the card is void
	WarnDays int    `yaml:"warn_days"` // the holder is told so many days before
}

// Loss is the period of a temporary report about a card of a generation.
func (p *Profile) Loss(generation int) *LossPeriod {
	if generation < 3 && p.EarlierLoss != nil {
		return p.EarlierLoss
	}
	return p.TemporaryLoss
}

// PIN is the social security PIN; the bank's is the bank's and is never seen.
type PIN struct {
	Clause  `yaml:",inline"`
	Initial string `yaml:"initial"` // must_change, no_pin_asked, allowed
	Tries   int    `yaml:"tries"`
	Length  int    `yaml:"length"`
}

// Unclaimed is what happens to a card that nobody collects, in days after it could be.
type Unclaimed struct {
	Clause         `yaml:",inline"`
	Remind         []int `yaml:"remind"`
	Return         int   `yaml:"return"`
	Destroy        int   `yaml:"destroy"`
	CloseBankFirst bool  `yaml:"close_bank_first"`
}

// Picture is the photo's form; sizes in pixels and kilobytes.
type Picture struct {
	Clause      `yaml:",inline"`
	ExemptUnder int  `yaml:"exempt_under"` // no photo below this age; 0: everybody has one
	Width       int  `yaml:"width"`
	Height      int  `yaml:"height"`
	MinKB       int  `yaml:"min_kb"`
	MaxKB       int  `yaml:"max_kb"`
	Reuse       bool `yaml:"reuse"` // a replacement takes the earlier photo by default
}

// Renewal is how many days before expiry a renewal is accepted.
type Renewal struct {
	Clause `yaml:",inline"`
	Days   int `yaml:"days"`
}

// Validity is how many years a card is valid.
type Validity struct {
	Clause `yaml:",inline"`
	Years  int `yaml:"years"`
}

// Replacement is about a card that follows another.
type Replacement struct {
	Clause         `yaml:",inline"`
	SameNumber     bool `yaml:"same_number"`
	WarrantyMonths int  `yaml:"warranty_months"`
}

// InterimCard is a card for the time of waiting, without a bank application.
type InterimCard struct {
	Clause `yaml:",inline"`
	Issued bool `yaml:"issued"`
	Days   int  `yaml:"days"`
}

// Payout is when a benefit may move to the card's bank account.
type Payout struct {
	Clause     `yaml:",inline"`
	Consent    bool `yaml:"consent"`     // recorded consent is needed
	BothActive bool `yaml:"both_active"` // only after both applications are active
}

// ECard is how the electronic card follows the physical one.
type ECard struct {
	Clause   `yaml:",inline"`
	Together bool `yaml:"together"` // made with the physical card
	Consent  bool `yaml:"consent"`  // usable only after real-name login and consent
	Rebind   bool `yaml:"rebind"`   // moves to the new card without a new application
}

// Instant is about outlets that make cards while one waits.
type Instant struct {
	Clause      `yaml:",inline"`
	Reservation bool `yaml:"reservation"` // when crowded: accept now, telephone when ready
}
