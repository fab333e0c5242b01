package post

import (
	"context"

	"kawu/domain/exchange"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/state"
)

// Retry sends a message that was given up once more, after the cause was mended. It goes out under
// its first key, so that a partner who did take it does nothing twice.
func (o *Office) Retry(ctx context.Context, who desk.Actor, id ref.Exchange) error {
	x, err := exchange.Get(ctx, o.Desk.DB, id)
	if err != nil {
		return err
	}
	return o.Desk.Sit(ctx, who, desk.RetryExchange, func(s *desk.Sitting) error {
		s.About(string(id), int(x.N), "kind", x.Kind, "partner", x.Partner)
		if err := state.Apply(ctx, s.Tx, exchange.Cycle, "retry", []ref.Exchange{id}, s.ID); err != nil {
			return err
		}
		if err := trouble.Settle(ctx, s.Tx, trouble.PartnerFails, []string{string(id)}, who.ID, s.ID); err != nil {
			return err
		}
		return s.Ring(ctx, exchange.Send, string(id), s.At())
	})
}
