package makecard

import (
	"context"
	"slices"

	"kawu/domain/application"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

var (
	// ErrChanged is the conflict when the name is another one than the one that was looked at.
	ErrChanged = fault.New(fault.Conflict, "makecard.name_changed", "the name has changed since; look at it again")
	// ErrWhy is the refusal of a doubt without a known reason.
	ErrWhy = fault.New(fault.Invalid, "makecard.face_reason", "say what is wrong with the printed name")
)

// Name is what an eye looks at. It is personal data in plain: showing it is in the trail.
type Name struct {
	Proof       production.Proof
	Application application.Application
	Characters  []Character
	Picture     []byte // SVG; nil when some character has no font
}

// String hides the name.
func (Name) String() string { return "name" }

// Show opens one name for somebody who has to look at it.
func (f *Flow) Show(ctx context.Context, who desk.Actor, id ref.Application) (Name, error) {
	n, err := f.name(ctx, id)
	if err != nil {
		return Name{}, err
	}
	product, _, err := f.Terms(ctx, n.Application)
	if err != nil {
		return Name{}, err
	}
	n.Picture, err = f.Sample(product, n.Application.Name.Reveal())
	if err != nil && fault.Of(err) == nil {
		return Name{}, err
	}
	err = f.Desk.Sit(ctx, who, desk.ShowFace, func(s *desk.Sitting) error {
		s.About(string(id), 1, "characters", len(n.Characters))
		return nil
	})
	return n, err
}

// name reads what is known of a name that waits for an eye, in this city.
func (f *Flow) name(ctx context.Context, id ref.Application) (n Name, err error) {
	if n.Proof, err = production.ProofOf(ctx, f.Desk.DB, id); err != nil {
		return n, err
	}
	if n.Proof.City != f.City {
		return n, production.ErrProof
	}
	n.Application, err = application.Get(ctx, f.Desk.DB, id)
	n.Characters = f.Rare(n.Application.Name.Reveal())
	return n, err
}

// Right lets a card be ordered: somebody has seen its name as it will be printed.
func (f *Flow) Right(ctx context.Context, who desk.Actor, id ref.Application) error {
	n, err := f.judged(ctx, id)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.JudgeFace, func(s *desk.Sitting) error {
		s.About(string(id), 1, "verdict", "right")
		return f.pass(ctx, s, n.Application)
	})
}

func (f *Flow) pass(ctx context.Context, s *desk.Sitting, a application.Application) error {
	if err := production.Decide(ctx, s.Tx, a.ID, "pass", "", s.Actor.ID, s.ID); err != nil {
		return err
	}
	if err := trouble.Settle(ctx, s.Tx, trouble.FaceHeld, []string{string(a.ID)}, s.Actor.ID, s.ID); err != nil {
		return err
	}
	return s.Ring(ctx, Draw, string(a.Bank), f.DrawAt(s.At()))
}

// Wrong keeps a card back, with one of Faults; the card centre owns it then.
func (f *Flow) Wrong(ctx context.Context, who desk.Actor, id ref.Application, reason string) error {
	if !slices.Contains(Faults, reason) {
		return fault.List{ErrWhy.At("why")}
	}
	if _, err := f.judged(ctx, id); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.JudgeFace, func(s *desk.Sitting) error {
		s.About(string(id), 1, "verdict", reason)
		if err := production.Decide(ctx, s.Tx, id, "doubt", reason, who.ID, s.ID); err != nil {
			return err
		}
		if err := trouble.Settle(ctx, s.Tx, trouble.FaceHeld, []string{string(id)}, who.ID, s.ID); err != nil {
			return err
		}
		return trouble.Raise(ctx, s.Tx, []trouble.Trouble{f.doubt(s, id, reason)})
	})
}

// judged is a name that somebody decides on: it must be the one that was shown.
func (f *Flow) judged(ctx context.Context, id ref.Application) (Name, error) {
	n, err := f.name(ctx, id)
	if err == nil && !n.Proof.Of(f.Desk.DB, n.Application.Name) {
		err = ErrChanged
	}
	return n, err
}

// LookAgain is what clears a doubt: the name or the font was mended, and it waits for an eye again. A
// name that needs no eye any more goes on.
func (f *Flow) LookAgain(ctx context.Context, who desk.Actor, id ref.Application) error {
	n, err := f.name(ctx, id)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.JudgeFace, func(s *desk.Sitting) error {
		s.About(string(id), 1, "verdict", "again")
		if err := f.put(ctx, s, []application.Application{n.Application}); err != nil {
			return err
		}
		if len(n.Characters) == 0 {
			return f.pass(ctx, s, n.Application)
		}
		return trouble.Settle(ctx, s.Tx, trouble.FaceHeld, []string{string(id)}, who.ID, s.ID)
	})
}
