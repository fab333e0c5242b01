package makecard

import (
	"context"
	"time"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/id"
	"kawu/kit/state"
)

// Again orders a card that the factory could not make from its data once more, after the data was
// mended: a batch of its own, the same number.
func (f *Flow) Again(ctx context.Context, who desk.Actor, id ref.Card) error {
	c, err := card.Get(ctx, f.Desk.DB, id)
	if err != nil {
		return err
	}
	return f.again(ctx, who, string(c.Batch), []card.Card{c})
}

func (f *Flow) again(ctx context.Context, who desk.Actor, of string, failed []card.Card) error {
	set := make([]ref.Card, len(failed))
	ids := make([]ref.Application, len(failed))
	for i, c := range failed {
		set[i], ids[i] = c.ID, c.Application
	}
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	accounts, err := account.Numbers(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.DrawBatch, func(s *desk.Sitting) error {
		b := production.Batch{ID: ref.Batch(id.New("bat", s.At())), City: f.City, Bank: failed[0].Bank, Channel: "remake", Factory: f.Factory,
			CollectedOn: s.At().Format(time.DateOnly), N: int64(len(failed))}
		s.About(string(b.ID), len(failed), "of", of)
		if err := state.Apply(ctx, s.Tx, card.Making, "remake", set, s.ID); err != nil {
			return err
		}
		if err := card.Rebatch(ctx, s.Tx, set, b.ID); err != nil {
			return err
		}
		if err := production.Put(ctx, s.Tx, b); err != nil {
			return err
		}
		if err := trouble.Settle(ctx, s.Tx, trouble.CardUnmade, texts(failed), who.ID, s.ID); err != nil {
			return err
		}
		return f.send(ctx, s, b.ID, failed, apps, accounts)
	})
}

// RemakeBatch is the handler of Remake: the failed cards of a batch go out again as a batch of
// their own, with the same numbers.
func (f *Flow) RemakeBatch(ctx context.Context, key string) error {
	failed, err := card.InBatch(ctx, f.Desk.DB, ref.Batch(key), card.Failed)
	if err != nil || len(failed) == 0 {
		return err
	}
	return f.again(ctx, desk.Clockwork(Remake), key, failed)
}
