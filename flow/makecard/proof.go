package makecard

import (
	"context"
	"strings"
	"time"

	"kawu/domain/application"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/state"
)

// Character is one of a name that the card's typeface lacks.
type Character struct {
	Code string // "U+2B5B6"
	Font string // the font that stands in; "" when none has it, and it cannot be printed
}

// codes writes characters for an order: "U+20BB7 U+4DAE".
func codes(all []Character) string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.Code
	}
	return strings.Join(out, " ")
}

// settled are the states in which a name will not change any more before the card is ordered.
var settled = []state.State{application.Compared, application.Opening, application.Funded}

// Prove puts the rare names of a collective application before an eye as soon as they have been
// compared: the look runs beside the bank's opening, and costs the card no time.
func (f *Flow) Prove(ctx context.Context, collective string) error {
	var ids []ref.Application
	for _, s := range settled {
		some, err := application.IDsIn(ctx, f.Desk.DB, ref.Collective(collective), s)
		if err != nil {
			return err
		}
		ids = append(ids, some...)
	}
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	_, err = f.seen(ctx, apps)
	return err
}

// seen keeps those whose names need no look, or were found right; the others are put before an eye,
// each once. The batch does not wait for them.
func (f *Flow) seen(ctx context.Context, apps []application.Application) ([]application.Application, error) {
	var rare []ref.Application
	byID := map[ref.Application]application.Application{}
	for _, a := range apps {
		if len(f.Rare(a.Name.Reveal())) > 0 {
			rare, byID[a.ID] = append(rare, a.ID), a
		}
	}
	if len(rare) == 0 {
		return apps, nil
	}
	proofs, err := production.ProofsOf(ctx, f.Desk.DB, rare)
	if err != nil {
		return nil, err
	}
	var fresh []application.Application
	held := map[ref.Application]bool{}
	for _, id := range rare {
		p, ok := proofs[id]
		if known := ok && p.Of(f.Desk.DB, byID[id].Name); !known {
			fresh = append(fresh, byID[id])
		} else if p.State == production.ProofRight {
			continue
		}
		held[id] = true
	}
	if err := f.hold(ctx, fresh); err != nil {
		return nil, err
	}
	out := make([]application.Application, 0, len(apps)-len(held))
	for _, a := range apps {
		if !held[a.ID] {
			out = append(out, a)
		}
	}
	return out, nil
}

func (f *Flow) hold(ctx context.Context, fresh []application.Application) error {
	if len(fresh) == 0 {
		return nil
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Draw), desk.HoldFace, func(s *desk.Sitting) error {
		s.About(string(fresh[0].ID), len(fresh))
		return f.put(ctx, s, fresh)
	})
}

// put puts names before an eye, and has it noticed when nobody looks in time.
func (f *Flow) put(ctx context.Context, s *desk.Sitting, apps []application.Application) error {
	due := f.SeenBy(s.At())
	all := make([]production.Proof, len(apps))
	for i, a := range apps {
		all[i] = production.Proof{Application: a.ID, City: f.City, Name: a.Name, Due: due}
	}
	if err := production.Hold(ctx, s.Tx, all, s.ID); err != nil {
		return err
	}
	return s.Ring(ctx, Unseen, due.Format(time.RFC3339), due)
}

// Why a card waits for its name.
const (
	notSeen = "face_unseen" // nobody has looked in time
	Glyph   = "face_glyph"  // the character is drawn wrong, or in a form that is not the person's
	Letter  = "face_name"   // it is another character than the person's
	Missing = "face_font"   // no font has it
)

// Faults are what a clerk may find wrong with a printed name, in the order of a choice.
var Faults = []string{Glyph, Letter, Missing}

// Overlooked is the handler of Unseen: names that nobody has looked at in time are a trouble of the
// card centre, because each holds a card up; where the application was withdrawn, nobody has to.
func (f *Flow) Overlooked(ctx context.Context, _ string) error {
	late, err := production.Unseen(ctx, f.Desk.DB, f.City, f.Desk.Clock.Now())
	if err != nil || len(late) == 0 {
		return err
	}
	ids := make([]ref.Application, len(late))
	for i, p := range late {
		ids[i] = p.Application
	}
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Unseen), desk.HoldFace, func(s *desk.Sitting) error {
		var all []trouble.Trouble
		var over []ref.Application
		for _, a := range apps {
			if a.State == application.Withdrawn {
				over = append(over, a.ID)
			} else {
				all = append(all, f.doubt(s, a.ID, notSeen))
			}
		}
		s.About(string(ids[0]), len(ids), "withdrawn", len(over))
		if err := production.Drop(ctx, s.Tx, over, s.ID); err != nil {
			return err
		}
		return trouble.Raise(ctx, s.Tx, all)
	})
}

// doubt is the trouble of a card that waits for its name.
func (f *Flow) doubt(s *desk.Sitting, a ref.Application, reason string) trouble.Trouble {
	return trouble.Trouble{City: f.City, Kind: trouble.FaceHeld, Subject: string(a), About: string(a), OwnerKind: ref.HeldByCentre, Owner: "centre",
		Reason: reason, Due: s.At().Add(2 * 24 * time.Hour)}
}
