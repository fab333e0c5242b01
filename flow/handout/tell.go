package handout

import (
	"context"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/exchange"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/job"
)

// The duties of telling. Tell's and Activated's key is a bank, the others' an exchange.
const (
	Tell         job.Kind = "bank.tell"
	Told         job.Kind = "account.enabled"
	Activated    job.Kind = "bank.tell_active"
	ActiveTold   job.Kind = "account.activate"
	ProvinceTold job.Kind = "card.enabled"
)

// TellBank is the handler of Tell: the cards enabled since the last time go to their bank and to
// the province in one message each.
func (f *Flow) TellBank(ctx context.Context, bank string) error {
	for {
		cards, err := card.DueToTell(ctx, f.Desk.DB, ref.Bank(bank), exchange.Lines)
		if err != nil || len(cards) == 0 {
			return err
		}
		if err := f.tell(ctx, bank, cards); err != nil {
			return err
		}
	}
}

// Message is the body of Told and ActiveTold: what goes to the bank, and the card ids kept for the
// answer.
type Message struct {
	Cards []ref.Card        `json:"cards"`
	Lines []account.Enabled `json:"lines"`
}

func (f *Flow) tell(ctx context.Context, bank string, cards []card.Card) error {
	t, uploads, err := f.lines(ctx, cards)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Tell), desk.TellPartner, func(s *desk.Sitting) error {
		s.About(bank, len(cards))
		if err := card.SetTelling(ctx, s.Tx, t.Cards); err != nil {
			return err
		}
		if _, err := exchange.Put(ctx, s.Tx, "province", "holders", ProvinceTold, bank, len(uploads), uploads); err != nil {
			return err
		}
		_, err := exchange.Put(ctx, s.Tx, "bank", bank, Told, bank, len(t.Lines), t)
		return err
	})
}

func (f *Flow) lines(ctx context.Context, cards []card.Card) (Message, []card.Upload, error) {
	var t Message
	apps := make([]ref.Application, len(cards))
	for i, c := range cards {
		apps[i] = c.Application
	}
	numbers, err := account.Numbers(ctx, f.Desk.DB, apps)
	if err != nil {
		return t, nil, err
	}
	list, err := application.Find(ctx, f.Desk.DB, apps)
	if err != nil {
		return t, nil, err
	}
	identity := make(map[ref.Application]string, len(list))
	for _, a := range list {
		identity[a.ID] = a.Number.Reveal()
	}
	uploads := make([]card.Upload, len(cards))
	for i, c := range cards {
		t.Cards = append(t.Cards, c.ID)
		t.Lines = append(t.Lines, account.Enabled{Account: numbers[c.Application], Card: c.Number})
		uploads[i] = card.Upload{Number: identity[c.Application], Card: c.Number}
	}
	return t, uploads, nil
}

// BankKnows is the handler of Told: the bank has answered, and the pages stop saying that it may
// not know yet.
func (f *Flow) BankKnows(ctx context.Context, key string) error {
	var t Message
	if err := exchange.Body(ctx, f.Desk.DB, ref.Exchange(key), &t); err != nil {
		return err
	}
	return f.taken(ctx, key, len(t.Cards), func(s *desk.Sitting) error { return card.SetTold(ctx, s.Tx, t.Cards) })
}

// Received is the handler of ActiveTold and ProvinceTold: nothing more follows.
func (f *Flow) Received(ctx context.Context, key string) error {
	return f.taken(ctx, key, 1, func(*desk.Sitting) error { return nil })
}

func (f *Flow) taken(ctx context.Context, key string, n int, then func(*desk.Sitting) error) error {
	return f.Desk.Sit(ctx, desk.Clockwork(Told), desk.TellPartner, func(s *desk.Sitting) error {
		s.About(key, n)
		if first, err := exchange.Take(ctx, s.Tx, ref.Exchange(key), s.ID); err != nil || !first {
			return err
		}
		return then(s)
	})
}

// TellActive is the handler of Activated: the bank's card system learns which cards its counters
// activated since the last time.
func (f *Flow) TellActive(ctx context.Context, bank string) error {
	cards, err := card.DueToTellActive(ctx, f.Desk.DB, ref.Bank(bank), exchange.Lines)
	if err != nil || len(cards) == 0 {
		return err
	}
	t, _, err := f.lines(ctx, cards)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Activated), desk.TellPartner, func(s *desk.Sitting) error {
		s.About(bank, len(cards))
		if err := card.SetActiveTold(ctx, s.Tx, t.Cards); err != nil {
			return err
		}
		if _, err := exchange.Put(ctx, s.Tx, "bank", bank, ActiveTold, bank, len(t.Lines), t); err != nil {
			return err
		}
		return s.Ring(ctx, Activated, bank, s.At()) // more than one file's worth waits
	})
}
