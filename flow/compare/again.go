package compare

import (
	"context"

	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/state"
)

// kinds are the troubles that a comparison raises, and the one of a refused account: what ends an
// application that cannot go on.
var kinds = []trouble.Kind{trouble.NameDiffers, trouble.NotInRegister, trouble.Dead, trouble.CardElsewhere, trouble.AccountRefused}

// Again compares a held application once more, after the difference was cleared with the register
// or the other city.
func (f *Flow) Again(ctx context.Context, who desk.Actor, id ref.Application) error {
	a, err := f.get(ctx, who, id)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.CompareAgain, func(s *desk.Sitting) error {
		s.About(string(id), 1)
		if err := state.Apply(ctx, s.Tx, application.Cycle, "submit", []ref.Application{id}, s.ID); err != nil {
			return err
		}
		if err := f.clear(ctx, s, id); err != nil {
			return err
		}
		return s.Ring(ctx, Start, string(a.Collective), s.At())
	})
}

// Withdraw ends a held or refused application that cannot be mended: the person keeps the old card
// and may apply again.
func (f *Flow) Withdraw(ctx context.Context, who desk.Actor, id ref.Application) error {
	a, err := f.get(ctx, who, id)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.Withdraw, func(s *desk.Sitting) error {
		s.About(string(id), 1)
		if err := state.Apply(ctx, s.Tx, application.Cycle, "withdraw", []ref.Application{id}, s.ID); err != nil {
			return err
		}
		if err := application.Close(ctx, s.Tx, []ref.Application{id}); err != nil {
			return err
		}
		if err := f.clear(ctx, s, id); err != nil {
			return err
		}
		return s.Ring(ctx, f.Close, string(a.Collective), s.At())
	})
}

func (f *Flow) get(ctx context.Context, who desk.Actor, id ref.Application) (application.Application, error) {
	a, err := application.Get(ctx, f.Desk.DB, id)
	if err == nil && a.City != who.City {
		err = application.ErrUnknown
	}
	return a, err
}

func (f *Flow) clear(ctx context.Context, s *desk.Sitting, id ref.Application) error {
	for _, k := range append([]trouble.Kind{trouble.Overdue}, kinds...) {
		if err := trouble.Settle(ctx, s.Tx, k, []string{string(id)}, s.Actor.ID, s.ID); err != nil {
			return err
		}
	}
	return nil
}
