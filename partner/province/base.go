package province

import (
	"context"
	"regexp"

	"kawu/domain/card"
	"kawu/partner/wire"
)

// The base's words for its two services.
const (
	KindInquiry = "one_person_one_card"
	KindEnabled = "card_enabled"
)

// Inquiry asks about many people.
type Inquiry struct {
	City  string `json:"AAB301"` // the asking city: cards of its own do not count
	Lines []Line `json:"lines"`
}

// Line is one person.
type Line struct {
	Ref    string `json:"ref"`
	Number string `json:"AAC002"`
}

// Answer has one Holding for every line.
type Answer struct {
	Results []Holding `json:"results"`
}

// Holding is a card elsewhere; City is empty when there is none.
type Holding struct {
	Ref   string `json:"ref"`
	City  string `json:"AAB301,omitempty"`
	State string `json:"AAZ502,omitempty"`
}

// Enabled reports cards of the asking city.
type Enabled struct {
	City  string `json:"AAB301"`
	Cards []Card `json:"cards"`
}

// Card is one card enabled and the one it voided.
type Card struct {
	Number string `json:"AAC002"`
	Card   string `json:"AAZ500"`
	Voided string `json:"old_AAZ500,omitempty"`
}

// Base is the adapter; it fills card.Province.
type Base struct {
	wire *wire.Client
	city string
}

var _ card.Province = (*Base)(nil)

// New speaks for one city, given by its six-digit division.
func New(c *wire.Client, division string) *Base { return &Base{c, division} }

// Elsewhere asks about all people in one question. Fault: wire.Malformed when a person is answered
// twice or not at all, or with a city or state that is none.
func (b *Base) Elsewhere(ctx context.Context, key string, people []card.Inquiry) ([]card.Elsewhere, error) {
	q := Inquiry{City: b.city, Lines: make([]Line, len(people))}
	for i, p := range people {
		q.Lines[i] = Line{p.Key, p.Number}
	}
	var a Answer
	if err := b.wire.Ask(ctx, KindInquiry, key, q, &a); err != nil {
		return nil, err
	}
	out := make([]card.Elsewhere, len(a.Results))
	for i, v := range a.Results {
		if v.City != "" && (!division.MatchString(v.City) || !state.MatchString(v.State)) {
			return nil, b.wire.Malformed()
		}
		out[i] = card.Elsewhere{Key: v.Ref, City: v.City, State: v.State}
	}
	return wire.Match(b.wire, people, func(p card.Inquiry) string { return p.Key },
		out, func(e card.Elsewhere) string { return e.Key })
}

// division and state are the forms of GB/T 2260 and of the national card states.
var (
	division = regexp.MustCompile(`^[1-8][0-9]{5}$`)
	state    = regexp.MustCompile(`^[012349]$`)
)

// Enabled reports all cards in one question.
func (b *Base) Enabled(ctx context.Context, key string, cards []card.Upload) error {
	q := Enabled{City: b.city, Cards: make([]Card, len(cards))}
	for i, c := range cards {
		q.Cards[i] = Card{c.Number, c.Card, c.Voided}
	}
	return b.wire.Ask(ctx, KindEnabled, key, q, nil)
}
