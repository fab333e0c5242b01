package readcard

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"time"

	"kawu/chip/reader"
	"kawu/domain/card"
	"kawu/domain/report"
	"kawu/domain/terminal"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Reasons are the states of the social security application in which a card is on the list of
// invalid cards, with the list's reason.
var Reasons = map[state.State]string{
	card.Lost: "lost", card.Locked: "locked", card.TempLost: "lost_temporarily", card.Void: "void",
}

// overlap is how far before the last look the history is read again: a transaction that began before
// it may have been committed after it. stride is how far the history must have gone on before a look
// that found nothing is noted, so that a terminal that asks every minute does not write every minute.
const overlap, stride = time.Hour, time.Hour

// InvalidFor is Invalid for a terminal: ErrCaller, ErrLost, ErrOut too.
func (f *Flow) InvalidFor(ctx context.Context, c Caller, since int64) (newest int64, err error) {
	m, err := f.known(ctx, c, desk.DrawInvalid)
	if err != nil {
		return 0, err
	}
	return f.Invalid(ctx, f.actor(m), since)
}

// Invalid is the newest number of the list of invalid cards; when cards have come onto the list or
// left it since it was drawn, that is a new number. since is what the asker has, 0 for nothing:
// ErrAhead when it is newer.
func (f *Flow) Invalid(ctx context.Context, who desk.Actor, since int64) (newest int64, err error) {
	newest, err = f.newest(ctx, who)
	if err == nil && since > newest {
		err = fault.New(ErrAhead.Kind, ErrAhead.Code, ErrAhead.Message, "have", since, "newest", newest)
	}
	return newest, err
}

// newest looks before the sitting, so that a city's whole list is not compared inside a transaction:
// what happens in between is seen by the next look, because it reads the history with an overlap.
func (f *Flow) newest(ctx context.Context, who desk.Actor) (newest int64, err error) {
	last, lines, upto, err := f.changes(ctx, f.Desk.DB)
	if err != nil {
		return 0, err
	}
	quiet := last.Number > 0 && len(lines) == 0
	if quiet && !upto.Before(last.Upto) && upto.Sub(last.Upto) < stride {
		last, err = terminal.LatestEdition(ctx, f.Desk.DB) // nothing is left to draw where somebody has just drawn it
		return last.Number, err
	}
	newest = last.Number
	if !quiet {
		newest++
	}
	err = f.Desk.Sit(ctx, who, desk.DrawInvalid, func(s *desk.Sitting) error {
		s.About("invalid", len(lines), "number", newest)
		if quiet {
			return terminal.Looked(ctx, s.Tx, newest, upto)
		}
		return terminal.Draw(ctx, s.Tx, last.Number, lines, upto)
	})
	if errors.Is(err, db.Taken) { // somebody else drew it at the same moment
		last, err = terminal.LatestEdition(ctx, f.Desk.DB)
		newest = last.Number
	}
	return newest, err
}

// changes compares the cards that have moved since the last look with how they stand on the list. The
// look reaches as far as the newest move it saw, never to what a clock says: one run under a clock
// that is ahead would hide every later loss. Where such a clock has already written, all is compared.
func (f *Flow) changes(ctx context.Context, q db.Q) (last terminal.Edition, lines []terminal.Line, upto time.Time, err error) {
	if last, err = terminal.LatestEdition(ctx, q); err != nil {
		return last, nil, upto, err
	}
	now := f.Desk.Clock.Now()
	if upto = last.Upto; upto.After(now) {
		upto = time.Time{}
	}
	moved, err := report.MovedChips(ctx, q, f.City, upto.Add(-overlap))
	if err != nil {
		return last, nil, upto, err
	}
	for _, c := range moved {
		if c.At.After(upto) && !c.At.After(now) {
			upto = c.At
		}
	}
	codes := make([]string, len(moved))
	for i, c := range moved {
		codes[i] = c.Code
	}
	listed, err := terminal.Listed(ctx, q, codes)
	if err != nil {
		return last, nil, upto, err
	}
	for _, c := range moved {
		reason, bad := Reasons[c.Social]
		was, is := listed[c.Code]
		switch {
		case !sound(c.Code) || bad == is && reason == was.Reason:
		case bad:
			lines = append(lines, terminal.Line{Chip: c.Code, Card: string(c.Card), Reason: reason})
		default:
			lines = append(lines, terminal.Line{Chip: c.Code, Card: string(c.Card), Gone: true})
		}
	}
	return last, lines, upto, nil
}

// sound keeps out what terminals could not load: codes of cards that were made elsewhere.
func sound(code string) bool {
	b, err := hex.DecodeString(code)
	return err == nil && len(b) == 16
}

// WriteInvalid writes the list up to a number in the form that terminals load: the whole of it, or
// with since the increments after that number; since is before newest.
func (f *Flow) WriteInvalid(ctx context.Context, w io.Writer, since, newest int64) error {
	out, cards := bufio.NewWriter(w), 0
	line := func(l terminal.Line) error {
		cards++
		_, err := out.WriteString(reader.Change{CardID: l.Chip, Reason: l.Reason, Gone: l.Gone}.Line())
		return err
	}
	if since == 0 {
		out.WriteString(reader.Full(uint64(newest))) // Flush tells what went wrong
		if err := terminal.EachListed(ctx, f.Desk.DB, newest, line); err != nil {
			return err
		}
	}
	for n := since + 1; since > 0 && n <= newest; n++ {
		out.WriteString(reader.Increment(uint64(n)))
		if err := terminal.EachLine(ctx, f.Desk.DB, n, line); err != nil {
			return err
		}
	}
	out.WriteString(reader.End(cards))
	return out.Flush()
}
