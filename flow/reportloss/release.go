package reportloss

import (
	"context"

	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/state"
)

// Release gives a card back that was found. A temporary report is released by the holder online, or at a
// counter with the identity document; a formal one only at a counter, by the holder in person with
// document and card. A card whose replacement was accepted stays stopped.
func (f *Flow) Release(ctx context.Context, who desk.Actor, id ref.Card, saw Shown) error {
	c, p, err := f.load(ctx, who, id)
	if err != nil {
		return err
	}
	if err := f.MayRelease(ctx, who, c); err != nil {
		return err
	}
	switch {
	case saw.Proxy:
		return ErrInPerson
	case who.Role != desk.Citizen && p.Number.Reveal() != saw.Document:
		return ErrIdentity
	case c.Social == card.Lost && saw.Number == "":
		return ErrNoCard.At("card")
	case c.Social == card.Lost && saw.Number != c.Number:
		return ErrOtherCard.At("card")
	}
	return f.Desk.Sit(ctx, who, desk.ReleaseLoss, func(s *desk.Sitting) error {
		s.About(string(id), 1, "from", string(c.Social))
		if err := f.giveBack(ctx, s, []ref.Card{id}, "release", loss.Released); err != nil {
			return err
		}
		return f.tell(ctx, s, p, c, "sms.released")
	})
}

// MayRelease says why an actor may not release a card now; nil when nothing but document and card is
// wanted. Pages ask it before they offer it.
func (f *Flow) MayRelease(ctx context.Context, who desk.Actor, c card.Card) error {
	if err := f.refuse(ctx, c, "release"); err != nil {
		return err
	}
	if err := f.replacing(ctx, c); err != nil {
		return err
	}
	if who.Role == desk.Citizen && c.Social == card.Lost {
		return ErrInPerson
	}
	return nil
}

// giveBack makes a set of cards work again, with their certificates.
func (f *Flow) giveBack(ctx context.Context, s *desk.Sitting, cards []ref.Card, e state.Event, how loss.Ending) error {
	if err := state.Apply(ctx, s.Tx, card.Social, e, cards, s.ID); err != nil {
		return err
	}
	if err := loss.End(ctx, s.Tx, cards, how); err != nil {
		return err
	}
	n, err := certificate.Lift(ctx, s.Tx, cards, s.ID)
	return f.ring(ctx, s, n, err)
}
