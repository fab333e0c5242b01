package policy

import (
	"slices"

	"kawu/policy/notice"
	"kawu/policy/promise"
	"kawu/policy/term"
)

// Decision is the answer to one question. Its JSON is a contract (`kawu policy decide`): the order
// and the names of the fields stay. Slices are shared with the edition and must not be changed.
type Decision struct {
	City    string           `json:"city"`
	Edition string           `json:"edition"`
	On      term.Date        `json:"on"`
	Allowed bool             `json:"allowed"`
	Because []notice.Ground  `json:"because"`  // never empty
	Offered term.ChannelList `json:"channels"` // open to this person today: for this reason or, when it is open by none, for Instead's
	Instead *Instead         `json:"instead"`  // nil when the answer is yes, and when nothing is open

	// What follows tells of the case asked for or, after a refusal, of Instead. When nothing is open
	// nothing is promised: lists and words are empty, the rest is nil.
	Banks        []string         `json:"banks"`
	BankChosenBy term.Chooser     `json:"bank_chosen_by"`
	BankDefault  term.BankDefault `json:"bank_default"`
	PhotoSources []string         `json:"photo_sources"`
	Documents    []string         `json:"documents"`
	Promise      promise.Due      `json:"promise"`
	Delivery     []Handover       `json:"delivery"`
	Activation   *Switches        `json:"activation"`
	OldCard      *OldCardFate     `json:"old_card"`
	FeeFen       *int             `json:"fee_fen"`
	Product      string           `json:"product"`
	Hotlines     []HotlineEntry   `json:"hotlines"`

	route *Route
}

// Handover is one way of delivery.
type Handover struct {
	Mode      term.Mode `json:"mode"`
	FeeBearer string    `json:"fee_bearer"`
	Fallback  string    `json:"fallback"` // id of the delivery, or none
	Signature bool      `json:"own_signature"`
}

// Switches is where the two applications can be switched on.
type Switches struct {
	SocialSecurity []term.Place `json:"social_security"`
	Bank           []term.Place `json:"bank"`
	BankEnablesSS  bool         `json:"bank_also_enables_ss"`
}

// OldCardFate is what becomes of the card held before.
type OldCardFate struct {
	Until        term.Until `json:"until"`
	Collected    bool       `json:"collected"`
	BankSurvives bool       `json:"bank_account_survives"`

	Reading *notice.Text `json:"reading,omitempty"` // where the notice can be read otherwise: how it is read here
}

// HotlineEntry is a number for a topic.
type HotlineEntry struct {
	Topic  string `json:"topic"`
	Number string `json:"number"`
}

// Steps lists, in order, what a matter of several steps consists of; mostly it is empty.
func (d *Decision) Steps() []string {
	if d.route == nil {
		return nil
	}
	return d.route.Steps
}

// Route is the route that decided, or after a refusal the one of Instead; nil when nothing is open.
func (d *Decision) Route() *Route { return d.route }

// HasBank says whether the decision lists the bank by its Chinese name; a city whose notice lists
// no banks takes any.
func (d *Decision) HasBank(name string) bool {
	return len(d.Banks) == 0 || slices.Contains(d.Banks, name)
}
