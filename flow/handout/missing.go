package handout

import (
	"context"
	"time"

	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// Missing says that a clerk does not find a card that custody says is at the outlet. Nothing moves: the
// outlet answers for the card until it is found, handed out or accounted for.
func (f *Flow) Missing(ctx context.Context, who desk.Actor, id ref.Card) error {
	now, err := custody.Now(ctx, f.Desk.DB, []ref.Card{id})
	if err != nil {
		return err
	}
	if h := now[id].Holder; h.Kind != ref.HeldByOutlet || h.Name != who.Place {
		return fault.New(ErrNotHere.Kind, ErrNotHere.Code, ErrNotHere.Message, "holder", string(h.Kind)+" "+h.Name)
	}
	c, err := card.Get(ctx, f.Desk.DB, id)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.MissCard, func(s *desk.Sitting) error {
		s.About(string(id), 1, "outlet", who.Place)
		return trouble.Raise(ctx, s.Tx, []trouble.Trouble{{City: f.City, Kind: trouble.CardMissing, Subject: string(id), About: string(c.Application),
			OwnerKind: ref.HeldByOutlet, Owner: who.Place, Reason: "not_in_drawer", Due: s.At().Add(24 * time.Hour)}})
	})
}
