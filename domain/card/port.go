package card

import "context"

// Inquiry asks the province whether a person holds a card elsewhere in it.
type Inquiry struct {
	Key    string `json:"key"`
	Number string `json:"number"` // plain identity number
}

// Elsewhere is the province's answer: City is empty when the person holds no card elsewhere.
type Elsewhere struct {
	Key   string `json:"key"`
	City  string `json:"city,omitempty"`  // six-digit division of the issuing city
	State string `json:"state,omitempty"` // national card state there: 0 1 2 3 4 9
}

// Upload tells the province that a card of ours was enabled, and which one it voided.
type Upload struct {
	Number string `json:"number"` // plain identity number
	Card   string `json:"card"`   // card number now enabled
	Voided string `json:"voided,omitempty"`
}

// Province is the provincial holder base (省持卡库): one person, one card. Both calls answer every
// key; a repeated key of the call returns the first answer.
type Province interface {
	Elsewhere(ctx context.Context, key string, people []Inquiry) ([]Elsewhere, error)
	Enabled(ctx context.Context, key string, cards []Upload) error
}
