package makecard

import (
	"context"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/job"
	"kawu/kit/state"
)

// received lists the cards of a list that really arrived and are in a state of making.
func (f *Flow) received(ctx context.Context, list string, s state.State) ([]card.Card, error) {
	there, err := custody.Arrived(ctx, f.Desk.DB, ref.Handover(list))
	if err != nil {
		return nil, err
	}
	return card.FindIn(ctx, f.Desk.DB, there, s)
}

// Social is the handler of LoadSocial: the card centre replaces the transport keys by the live
// social security keys, and the cards go on to the bank.
func (f *Flow) Social(ctx context.Context, list string) error {
	cards, err := f.received(ctx, list, card.Certified)
	if err != nil || len(cards) == 0 {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(LoadSocial), desk.LoadKeys, func(s *desk.Sitting) error {
		s.About(list, len(cards), "keys", "social_security")
		if err := state.Apply(ctx, s.Tx, card.Making, "load_social", ids(cards), s.ID); err != nil {
			return err
		}
		return s.Ring(ctx, f.Handover, "bank_keys "+list, s.At())
	})
}

// Bank is the handler of LoadBank: the bank loads its keys; the card is finished, and here the
// promise clock stops (BJ-43: mailing is not counted).
func (f *Flow) Bank(ctx context.Context, list string) error {
	cards, err := f.received(ctx, list, card.Loaded)
	if err != nil || len(cards) == 0 {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(LoadBank), desk.LoadKeys, func(s *desk.Sitting) error {
		s.About(list, len(cards), "keys", "bank")
		if err := state.Apply(ctx, s.Tx, card.Making, "load_bank", ids(cards), s.ID); err != nil {
			return err
		}
		apps := make([]ref.Application, len(cards))
		late := make([]string, len(cards))
		batches := map[ref.Batch]bool{}
		for i, c := range cards {
			apps[i], late[i] = c.Application, string(c.Application)
			batches[c.Batch] = true
		}
		if err := trouble.Settle(ctx, s.Tx, trouble.Overdue, late, "made", s.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "make", apps, s.ID); err != nil {
			return err
		}
		if err := application.SetMade(ctx, s.Tx, apps); err != nil {
			return err
		}
		for b := range batches {
			if err := finish(ctx, s, b); err != nil {
				return err
			}
		}
		return s.Ring(ctx, f.Delivery, list, s.At())
	})
}

func finish(ctx context.Context, s *desk.Sitting, b ref.Batch) error {
	for _, st := range []state.State{card.AtFactory, card.Made, card.Certified, card.Loaded} {
		if n, err := card.CountInBatch(ctx, s.Tx, b, st); err != nil || n > 0 {
			return err
		}
	}
	_, err := state.ApplyWhere(ctx, s.Tx, production.Cycle, "finish", []ref.Batch{b}, s.ID)
	return err
}

// Loads names the duty that loads keys when a list with this purpose was taken.
func Loads() map[string]job.Kind {
	return map[string]job.Kind{"key_loading": LoadSocial, "bank_keys": LoadBank}
}
