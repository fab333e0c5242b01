package notice

import "kawu/policy/term"

// Edition is one notice as data. It is in force from InForce.From until the next edition of the
// city begins or InForce.To, whichever is first.
type Edition struct {
	ID      string `yaml:"id"` // unique in the city, and the file's name
	Name    Text   `yaml:"name"`
	Notice  string `yaml:"notice"` // cited by every clause that names no other
	InForce Window `yaml:"in_force"`

	Notices []Notice `yaml:"notices,omitempty"` // published after the city's list was written; this edition's clauses may cite them

	Eligible string    `yaml:"eligible,omitempty"` // audience that every applicant must belong to
	Pilot    string    `yaml:"pilot,omitempty"`    // audience that a pilot is for
	Campaign *Campaign `yaml:"campaign,omitempty"`
	Advice   *Advice   `yaml:"advice,omitempty"`

	Audiences []Audience `yaml:"audiences"`
	Windows   []Window   `yaml:"windows,omitempty"`
	Needs     []Need     `yaml:"needs,omitempty"`
	Refusals  []Refusal  `yaml:"refusals,omitempty"`
	Routes    []Route    `yaml:"routes"`
	Otherwise Clause     `yaml:"otherwise"` // the ground when nothing else says why not

	BankChoices []BankChoice `yaml:"bank_choices"`
	Documents   []Document   `yaml:"documents"`
	Photos      []Photo      `yaml:"photos"`
	Promises    []Promise    `yaml:"promises"`
	Deliveries  []Delivery   `yaml:"deliveries"`
	Activations []Activation `yaml:"activations"`
	OldCards    []OldCard    `yaml:"old_cards"`
	Fees        []Fee        `yaml:"fees"`
	Products    []Product    `yaml:"products"`
	Hotlines    []Hotline    `yaml:"hotlines"`

	Warning    *Clause      `yaml:"warning,omitempty"` // against fraud, shown wherever a message is sent
	Acceptance []Acceptance `yaml:"acceptance,omitempty"`
	Plan       []PlanStep   `yaml:"plan,omitempty"`
	Targets    []Target     `yaml:"targets,omitempty"`
	Profile    Profile      `yaml:"profile,omitempty"`

	city      *City
	file      sheet
	takesOver bool // edited in: it may begin before the end that the one before it names
}

// Campaign is the organised exchange: on every day of its window each of its groups must find a
// channel, which Check proves.
type Campaign struct {
	Window string       `yaml:"window"`
	Groups []term.Group `yaml:"groups"`
}

// Window is a span of days, both ends included; without To it is open.
type Window struct {
	Clause `yaml:",inline"`
	From   term.Date `yaml:"from"`
	To     term.Date `yaml:"to,omitempty"`
}

// Has says whether the day lies in the window.
func (w *Window) Has(d term.Date) bool { return d >= w.From && (w.To == 0 || d <= w.To) }

// Audience is who a clause is for. All conditions given must hold; one that is absent is no
// condition.
type Audience struct {
	Clause     `yaml:",inline"`
	Groups     []term.Group     `yaml:"groups,omitempty"`
	Households []term.Household `yaml:"households,omitempty"`
	Insured    *bool            `yaml:"insured,omitempty"`
	Districts  []string         `yaml:"districts,omitempty"` // codes of the city's districts
	Lives      []term.Lives     `yaml:"lives,omitempty"`
	Holds      []term.Holds     `yaml:"holds,omitempty"`
	MinAge     *int             `yaml:"min_age,omitempty"`
	MaxAge     *int             `yaml:"max_age,omitempty"`
	Within     []string         `yaml:"within,omitempty"` // must belong to all of these audiences
	Either     []string         `yaml:"either,omitempty"` // must belong to one of these
	Except     []string         `yaml:"except,omitempty"` // must belong to none of these
}

// Need is a fact that must be there at the time of asking. Exactly one condition is given.
type Need struct {
	Clause       `yaml:",inline"`
	SchoolNotice *bool            `yaml:"school_notice,omitempty"` // the school has sent its notice for this pupil
	BeforeExpiry *int             `yaml:"before_expiry,omitempty"` // days before expiry when renewal opens
	CardStates   []term.CardState `yaml:"card_states,omitempty"`   // the card held is in one of these states
}

// Refusal closes channels, whatever a route allows.
type Refusal struct {
	Clause     `yaml:",inline"`
	Who        string           `yaml:"who,omitempty"` // audience; everybody when absent
	Window     string           `yaml:"window,omitempty"`
	Reasons    []term.Reason    `yaml:"reasons,omitempty"`  // all when absent
	Channels   []term.Channel   `yaml:"channels,omitempty"` // all when absent
	CardStates []term.CardState `yaml:"card_states,omitempty"`
	Instead    term.Reason      `yaml:"instead,omitempty"` // ask for this reason instead; its channels are listed
}

// Route opens channels: this audience may ask for these reasons by these channels, and then gets
// what the ids name. When several routes fit, the first in the file decides.
type Route struct {
	Clause   `yaml:",inline"`
	Who      string         `yaml:"who"`
	Window   string         `yaml:"window,omitempty"` // always, while the edition is in force, when absent
	Reasons  []term.Reason  `yaml:"reasons"`
	Channels []term.Channel `yaml:"channels"`
	Needs    []string       `yaml:"needs,omitempty"`
	Before   []string       `yaml:"before,omitempty"` // routes that this one means to come before, where both fit

	Banks      string   `yaml:"banks"`
	Documents  []string `yaml:"documents"`
	Photos     []string `yaml:"photos"`
	Promise    string   `yaml:"promise"`
	Deliveries []string `yaml:"deliveries"`
	Activation string   `yaml:"activation"`
	OldCard    string   `yaml:"old_card"`
	Fee        string   `yaml:"fee"`
	Product    string   `yaml:"product"`
	Steps      []string `yaml:"steps,omitempty"` // in order, where a matter has several
}

// Advice is the order in which channels are proposed.
type Advice struct {
	Clause `yaml:",inline"`
	Normal []term.Channel `yaml:"normal"`
	Urgent []term.Channel `yaml:"urgent"`

	OnRequest []term.Channel `yaml:"on_request,omitempty"` // open, but proposed only to those who ask for them
}
