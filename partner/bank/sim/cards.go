package sim

import (
	"kawu/partner/bank"
	"kawu/partner/wire/host"
)

// enabled notes which card stands for the account from now on.
func (s *Sim) enabled(t *host.Turn, q bank.Cards) (struct{}, error) {
	return s.each(t, q, func(a *Account, c bank.Card) { a.Card = c.Card })
}

// activate switches the financial application on.
func (s *Sim) activate(t *host.Turn, q bank.Cards) (struct{}, error) {
	return s.each(t, q, func(a *Account, _ bank.Card) { a.State = "A" })
}

// each changes all accounts or, when one is not this bank's, none.
func (s *Sim) each(t *host.Turn, q bank.Cards, change func(*Account, bank.Card)) (struct{}, error) {
	var wrong []int
	for i, c := range q.Cards {
		if a, ok := s.accounts.Get(c.Account); !ok || a.Bank != q.Bank || c.Card == "" {
			wrong = append(wrong, i+1)
		}
	}
	if wrong != nil {
		return struct{}{}, host.Refuse("bad_lines", wrong...)
	}
	t.Worked(len(q.Cards))
	for _, c := range q.Cards {
		a, _ := s.accounts.Get(c.Account)
		change(&a, c)
		s.accounts.Put(c.Account, a)
	}
	return struct{}{}, nil
}
