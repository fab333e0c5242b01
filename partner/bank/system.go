package bank

import (
	"context"

	"kawu/domain/account"
	"kawu/domain/ref"
	"kawu/partner/wire"
)

// System is the adapter for one bank; it fills account.Bank.
type System struct {
	wire *wire.Client
	bank string
}

var _ account.Bank = (*System)(nil)

// New speaks with one bank, named by its code in the city's edition.
func New(c *wire.Client, bank ref.Bank) *System { return &System{c, string(bank)} }

// Open hands over one file with all people.
func (s *System) Open(ctx context.Context, key string, people []account.Opening) error {
	f := File{Bank: s.bank, Lines: make([]Line, len(people))}
	for i, p := range people {
		f.Lines[i] = Line{p.Key, p.Number, p.Name, p.Mobile, p.Outlet, p.Consent}
	}
	return s.wire.Ask(ctx, KindOpen, key, f, nil)
}

// Collect brings return files in the order of their numbers. Fault: wire.Malformed for a result that
// is not in the code list.
func (s *System) Collect(ctx context.Context, after string) ([]account.ReturnFile, error) {
	list, err := s.wire.Collect(ctx, Returns(s.bank), after)
	if err != nil {
		return nil, err
	}
	files := make([]account.ReturnFile, len(list))
	for i, m := range list {
		var a Answers
		if err := m.Read(&a); err != nil {
			return nil, err
		}
		files[i] = account.ReturnFile{No: m.Number, Lines: make([]account.Return, len(a.Lines))}
		for j, l := range a.Lines {
			o, ok := outcomes[word{l.Code, l.Reason}]
			if !ok {
				return nil, s.wire.Malformed()
			}
			files[i].Lines[j] = account.Return{Key: l.Ref, Outcome: o, Class: l.Class, Account: l.Account, Number: l.Number}
		}
	}
	return files, nil
}

// Enabled tells the bank which cards were enabled.
func (s *System) Enabled(ctx context.Context, key string, cards []account.Enabled) error {
	return s.cards(ctx, KindEnabled, key, cards)
}

// Activate has the bank switch the financial applications on.
func (s *System) Activate(ctx context.Context, key string, cards []account.Enabled) error {
	return s.cards(ctx, KindActivate, key, cards)
}

func (s *System) cards(ctx context.Context, kind, key string, cards []account.Enabled) error {
	q := Cards{Bank: s.bank, Cards: make([]Card, len(cards))}
	for i, c := range cards {
		q.Cards[i] = Card{c.Account, c.Card}
	}
	return s.wire.Ask(ctx, kind, key, q, nil)
}
