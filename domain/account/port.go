package account

import "context"

// Opening asks a bank to open the account behind one card. It exists only for a person who has
// confirmed (BJ-10). No account number and no password is ever asked of the person (BJ-46).
type Opening struct {
	Key     string `json:"key"` // account id
	Number  string `json:"number"`
	Name    string `json:"name"`
	Mobile  string `json:"mobile"`
	Outlet  string `json:"outlet"`
	Consent string `json:"consent"` // when the person confirmed, RFC 3339
}

// Outcome of an opening.
type Outcome string

// What a bank answers.
const (
	Opened          Outcome = "opened"
	DocumentExpired Outcome = "document_expired"
	ClassOneExists  Outcome = "class_one_exists" // the person has a class I account: one per bank (PBoC 2016-261)
	RiskName        Outcome = "risk_name"
	PhoneMismatch   Outcome = "phone_mismatch"
	NameRejected    Outcome = "name_rejected" // the bank's system cannot take a character
)

// Return is the bank's answer for one opening.
type Return struct {
	Key     string  `json:"key"`
	Outcome Outcome `json:"outcome"`
	Class   string  `json:"class,omitempty"`   // account class: "1" or "2"
	Account string  `json:"account,omitempty"` // the bank card number, 19 digits with Luhn check
	Number  string  `json:"number"`            // identity number the bank opened it for; must be the one asked
}

// ReturnFile is one file of answers; No rises and is unique with the bank.
type ReturnFile struct {
	No    string   `json:"no"`
	Lines []Return `json:"lines"`
}

// Enabled tells the bank that a card's social security application was enabled and its old card voided.
type Enabled struct {
	Account string `json:"account"`
	Card    string `json:"card"`
}

// Bank is one bank's card-issuing system. Open hands over a file and returns when the bank has
// taken it; the answers come later by Collect, in files after the one named. Activate switches the
// financial application on after the bank's own check in person.
type Bank interface {
	Open(ctx context.Context, key string, people []Opening) error
	Collect(ctx context.Context, after string) ([]ReturnFile, error)
	Enabled(ctx context.Context, key string, cards []Enabled) error
	Activate(ctx context.Context, key string, cards []Enabled) error
}
