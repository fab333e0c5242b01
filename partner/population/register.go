package population

import (
	"context"

	"kawu/domain/person"
	"kawu/partner/wire"
)

// KindCompare is the register's word for a comparison.
const KindCompare = "compare"

// Question is a comparison of many people.
type Question struct {
	Lines []Line `json:"lines"`
}

// Line is one person in the field names of the human-resources world.
type Line struct {
	Ref    string `json:"ref"`
	Number string `json:"AAC002"`
	Name   string `json:"AAC003"`
}

// Answer holds one Result for every line, in any order.
type Answer struct {
	Results []Result `json:"results"`
}

// Result is what the register knows of a line. State is empty when it has no such number.
type Result struct {
	Ref      string `json:"ref"`
	State    string `json:"live_state"` // one of the states below
	SameName bool   `json:"same_name"`
}

// Life states of the register.
const (
	Normal     = "1"
	Dead       = "2"
	Imprisoned = "3"
	Missing    = "4"
	NotKnown   = "5"
)

// Register is the adapter; it fills person.Population and portrait.Register.
type Register struct{ wire *wire.Client }

var _ person.Population = (*Register)(nil)

// New speaks to the register over a link.
func New(c *wire.Client) *Register { return &Register{c} }

// Compare asks about all people in one question. Fault: wire.Malformed when a person is answered
// twice, not at all, or with a state that the register's code list does not have.
func (r *Register) Compare(ctx context.Context, key string, people []person.Asked) ([]person.Found, error) {
	q := Question{Lines: make([]Line, len(people))}
	for i, p := range people {
		q.Lines[i] = Line{p.Key, p.Number, p.Name}
	}
	var a Answer
	if err := r.wire.Ask(ctx, KindCompare, key, q, &a); err != nil {
		return nil, err
	}
	found := make([]person.Found, len(a.Results))
	for i, v := range a.Results {
		o, ok := outcome(v)
		if !ok {
			return nil, r.wire.Malformed()
		}
		found[i] = person.Found{Key: v.Ref, Outcome: o}
	}
	return wire.Match(r.wire, people, func(p person.Asked) string { return p.Key },
		found, func(f person.Found) string { return f.Key })
}

// outcome: an imprisoned person is alive and keeps the right to a card; state 5 says that the
// register itself does not know, which is no confirmation.
func outcome(v Result) (person.Outcome, bool) {
	switch v.State {
	case "", NotKnown:
		return person.Unknown, true
	case Dead:
		return person.Dead, true
	case Missing:
		return person.Missing, true
	case Normal, Imprisoned:
		if v.SameName {
			return person.Same, true
		}
		return person.NameDiffers, true
	}
	return "", false
}
