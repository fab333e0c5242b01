// Package sim is a provincial holder base that behaves: it knows cards of other cities, is told of
// ours, and from then on answers for them too. Its orders are the common host.Faults.
package sim

import (
	"net/http"

	"kawu/kit/ident"
	"kawu/kit/idno"
	"kawu/partner/province"
	"kawu/partner/wire/host"
)

// Holding is a person's card in some city.
type Holding struct {
	Number string `json:"number"`
	City   string `json:"city"`  // six-digit division
	State  string `json:"state"` // national card state, "1" when empty
	Card   string `json:"card,omitempty"`
}

// Orders are what it can be told.
type Orders struct{ host.Faults }

// Sim is a running base.
type Sim struct {
	*host.Host
	orders   *Orders
	holdings *host.Table[Holding] // by identity number
	voided   *host.Table[string]  // card number to the card that took its place
}

// New starts it on the memory in o.Data.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("province", o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h, holdings: host.NewTable[Holding](h, "holdings"), voided: host.NewTable[string](h, "voided")}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, province.KindInquiry, s.inquire)
	host.Handle(h, province.KindEnabled, s.enabled)
	host.Control(h, "load", s.load)
	h.Show("holdings", func(*http.Request) any {
		return map[string]int{"holdings": s.holdings.Len(), "voided": s.voided.Len()}
	})
	return s, h.Start(o)
}

// Load adds cards held elsewhere; POST /control/load takes the same list.
func (s *Sim) Load(cards []Holding) error {
	return s.Do(func(t *host.Turn) error { return s.load(t, cards) })
}

func (s *Sim) load(_ *host.Turn, cards []Holding) error {
	for _, c := range cards {
		if c.State == "" {
			c.State = "1"
		}
		s.holdings.Put(c.Number, c)
	}
	return nil
}

// Holding is the card that the base has for a person, and how many cards it knows as voided.
func (s *Sim) Holding(number string) (c Holding, voided int, err error) {
	err = s.Do(func(*host.Turn) error {
		c, _ = s.holdings.Get(number)
		voided = s.voided.Len()
		return nil
	})
	return c, voided, err
}

func (s *Sim) inquire(t *host.Turn, q province.Inquiry) (province.Answer, error) {
	a := province.Answer{Results: make([]province.Holding, len(q.Lines))}
	var wrong []int
	for i, l := range q.Lines {
		if _, _, err := idno.Parse(l.Number); err != nil || l.Ref == "" {
			wrong = append(wrong, i+1)
		}
		a.Results[i] = province.Holding{Ref: l.Ref}
		// A cancelled card (9) is history: it hinders nobody.
		if c, ok := s.holdings.Get(l.Number); ok && c.City != q.City && c.State != "9" {
			a.Results[i].City, a.Results[i].State = c.City, c.State
		}
	}
	if wrong != nil {
		return a, host.Refuse("bad_lines", wrong...)
	}
	t.Worked(len(q.Lines))
	return a, nil
}

// enabled refuses a card for a person who holds a living one in another city: one person, one card.
func (s *Sim) enabled(t *host.Turn, q province.Enabled) (struct{}, error) {
	var wrong []int
	for i, c := range q.Cards {
		was, ok := s.holdings.Get(c.Number)
		_, _, card := ident.ParseCard(c.Card)
		if _, _, err := idno.Parse(c.Number); err != nil || card != nil || ok && was.City != q.City && was.State != "9" {
			wrong = append(wrong, i+1)
		}
	}
	if wrong != nil {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	for _, c := range q.Cards {
		s.holdings.Put(c.Number, Holding{Number: c.Number, City: q.City, State: "1", Card: c.Card})
		if c.Voided != "" {
			s.voided.Put(c.Voided, c.Card)
		}
	}
	t.Worked(len(q.Cards))
	return struct{}{}, nil
}
