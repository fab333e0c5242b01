// Package balance closes an outlet's day (当日结账): the cards in the drawers are counted and must be
// as many as custody says; a difference is explained, never absorbed.
//
// The closing is a line of the trail and has no table: it changes nothing, it states something.
package balance

import (
	"context"
	"time"
	"unicode/utf8"

	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Flow closes days.
type Flow struct{ Desk *desk.Desk }

// Count is what a clerk counted at the end of a day.
type Count struct {
	Cards int64
	Why   string // explains a difference; sealed in the trail
}

// whyMax is the longest explanation in characters: a few sentences, no story.
const whyMax = 300

// The refusals.
var (
	ErrWhy    = fault.New(fault.Invalid, "balance.why", "the drawers should hold {expected} cards, {counted} were counted: explain the difference")
	ErrLong   = fault.New(fault.Invalid, "balance.why_long", "an explanation has at most {most} characters", "most", whyMax)
	ErrClosed = fault.New(fault.Conflict, "balance.closed", "this day is closed already")
)

func subject(outlet string, day time.Time) string {
	return outlet + " " + day.In(clock.Zone).Format(time.DateOnly)
}

// Closed is when an outlet's day was closed; the zero time while it is open.
func (f *Flow) Closed(ctx context.Context, outlet string, day time.Time) (time.Time, error) {
	lines, err := audit.About(ctx, f.Desk.DB, subject(outlet, day), 1)
	if err != nil || len(lines) == 0 {
		return time.Time{}, err
	}
	return lines[0].At, nil
}

// Close states what was counted today.
func (f *Flow) Close(ctx context.Context, who desk.Actor, c Count) error {
	now := f.Desk.Clock.Now()
	if done, err := f.Closed(ctx, who.Place, now); err != nil || !done.IsZero() {
		if err == nil {
			err = ErrClosed
		}
		return err
	}
	b, err := report.BalanceOf(ctx, f.Desk.DB, ref.Holder{Kind: ref.HeldByOutlet, Name: who.Place}, clock.Day(now))
	if err != nil {
		return err
	}
	switch {
	case c.Cards != b.Now && c.Why == "":
		return fault.New(ErrWhy.Kind, ErrWhy.Code, ErrWhy.Message, "expected", b.Now, "counted", c.Cards).At("why")
	case utf8.RuneCountInString(c.Why) > whyMax:
		return ErrLong.At("why")
	}
	return f.Desk.Sit(ctx, who, desk.CloseDay, func(s *desk.Sitting) error {
		why, err := s.Box().Seal("balance.why", c.Why)
		if err != nil {
			return err
		}
		s.About(subject(who.Place, now), int(c.Cards), "expected", b.Now, "in", b.In, "out", b.Out, "returned", b.Returned, "why_seal", why)
		return nil
	})
}
