// Package sim is a population register that behaves: it knows the people it was loaded with, answers
// every comparison from them, and has a portrait of nobody for each, drawn by formula.
package sim

import (
	"net/http"

	"kawu/kit/idno"
	"kawu/partner/population"
	"kawu/partner/wire/host"
)

// Person is one entry of the register.
type Person struct {
	Number string `json:"number"`
	Name   string `json:"name"`
	State  string `json:"state,omitempty"` // population.Normal when empty
}

// Sim is a running register.
type Sim struct {
	*host.Host
	orders *Orders
	people *host.Table[Person] // by identity number
	given  *host.Table[bool]   // whose photos have been asked for
	album  album
}

// New starts it on the memory in o.Data.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("population", o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h, people: host.NewTable[Person](h, "people"), given: host.NewTable[bool](h, "given")}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, population.KindCompare, s.compare)
	host.HandleLines(h, population.KindPhoto, s.photos)
	host.Control(h, "load", s.load)
	h.Show("people", func(*http.Request) any { return map[string]int{"people": s.people.Len()} })
	return s, h.Start(o)
}

// Load adds people or replaces those with the same number; POST /control/load takes the same list.
func (s *Sim) Load(people []Person) error {
	return s.Do(func(t *host.Turn) error { return s.load(t, people) })
}

func (s *Sim) load(_ *host.Turn, people []Person) error {
	for _, p := range people {
		if p.State == "" {
			p.State = population.Normal
		}
		s.people.Put(p.Number, p)
	}
	return nil
}

func (s *Sim) compare(t *host.Turn, q population.Question) (population.Answer, error) {
	a := population.Answer{Results: make([]population.Result, len(q.Lines))}
	var wrong []int
	for i, l := range q.Lines {
		if _, _, err := idno.Parse(l.Number); err != nil || l.Ref == "" || l.Name == "" {
			wrong = append(wrong, i+1)
		}
		p, ok := s.people.Get(l.Number)
		a.Results[i] = population.Result{Ref: l.Ref, State: p.State, SameName: ok && p.Name == l.Name}
	}
	if wrong != nil {
		return a, host.Refuse("bad_lines", wrong...)
	}
	t.Worked(len(q.Lines))
	return a, nil
}
