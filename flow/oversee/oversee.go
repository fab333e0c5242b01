// Package oversee is the clock's own duty (督办): promises that have passed become somebody's
// trouble, cards that nobody fetches or switches on are noticed, collective applications that are
// done are closed, and the audit trail is anchored every night.
package oversee

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/job"
	"kawu/kit/sm"
	"kawu/kit/state"
)

// The duties. Watch and Anchor stand; Close's key is a collective application.
const (
	Watch  job.Kind = "oversee.watch"
	Anchor job.Kind = "audit.anchor"
	Close  job.Kind = "collective.close"
)

// Flow oversees.
type Flow struct {
	Desk *desk.Desk
	City ref.City
	Key  *sm.PrivateKey // the card centre's key, for anchors
}

// Start rings the standing duties.
func (f *Flow) Start(ctx context.Context) error {
	return f.Desk.Sit(ctx, desk.Clockwork(Watch), desk.SetUp, func(s *desk.Sitting) error {
		s.About("oversee", 2)
		if err := s.Ring(ctx, Watch, "all", next(s.At(), 1)); err != nil {
			return err
		}
		return s.Ring(ctx, Anchor, "all", next(s.At(), 23))
	})
}

// next is the next time the clock in China shows an hour.
func next(now time.Time, hour int) time.Time {
	t := clock.Day(now).Add(time.Duration(hour) * time.Hour)
	if !t.After(now) {
		t = t.Add(24 * time.Hour)
	}
	return t
}

// atOnce bounds how many overdue cases are raised in one sitting; the rest follows the next night.
const atOnce = 10_000

// Look is the handler of Watch: every overdue case becomes a trouble of whoever has it.
func (f *Flow) Look(ctx context.Context, _ string) error {
	now := f.Desk.Clock.Now()
	late, err := report.Overdue(ctx, f.Desk.DB, f.City, now.In(clock.Zone).Format(time.DateOnly), atOnce)
	if err != nil {
		return err
	}
	if len(late) > 0 {
		if err := f.raise(ctx, late); err != nil {
			return err
		}
	}
	return job.Again{At: next(now, 1)}
}

func (f *Flow) raise(ctx context.Context, late []report.Late) error {
	return f.Desk.Sit(ctx, desk.Clockwork(Watch), desk.Oversee, func(s *desk.Sitting) error {
		s.About("overdue", len(late))
		all := make([]trouble.Trouble, len(late))
		for i, l := range late {
			all[i] = trouble.Trouble{City: f.City, Kind: trouble.Overdue, Subject: string(l.Application), About: string(l.Card),
				OwnerKind: l.Holder.Kind, Owner: l.Holder.Name, Reason: l.State, Due: s.At()}
		}
		if err := trouble.Raise(ctx, s.Tx, all); err != nil {
			return err
		}
		return trouble.Pass(ctx, s.Tx, all) // those raised before follow the card to who has it now
	})
}

// Sign is the handler of Anchor.
func (f *Flow) Sign(ctx context.Context, _ string) error {
	err := f.Desk.Sit(ctx, desk.Clockwork(Anchor), desk.AnchorAudit, func(s *desk.Sitting) error {
		s.About("audit", 1)
		return audit.Sign(ctx, s.Tx, "centre", f.Key)
	})
	if err != nil {
		return err
	}
	return job.Again{At: next(f.Desk.Clock.Now(), 23)}
}

// Done is the handler of Close: a collective application ends when nobody on it
// is under way or may still confirm.
func (f *Flow) Done(ctx context.Context, key string) error {
	id := ref.Collective(key)
	counts, err := application.CountIn(ctx, f.Desk.DB, id)
	if err != nil {
		return err
	}
	for s, n := range counts {
		switch s {
		case application.Enabled, application.Withdrawn, application.Declined:
		default:
			if n > 0 {
				return nil // the last one enabled rings again
			}
		}
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Close), desk.Oversee, func(s *desk.Sitting) error {
		s.About(key, 1)
		_, err := state.ApplyWhere(ctx, s.Tx, application.Collectively, "close", []ref.Collective{id}, s.ID)
		return err
	})
}
