package party

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/flow/handover"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// The faults of a counting form.
var (
	ErrCounted = fault.New(fault.Invalid, "counter.counted", "write how many cards you counted, in digits")
	ErrAgree   = fault.New(fault.Invalid, "counter.agree", "tick the box when it is done")
	errDiffers = fault.New(fault.Invalid, "counter.count_differs", "the list says {listed} cards, missing and extra ones make it {expected}; you counted {counted}")
	errCode    = fault.New(fault.Invalid, "counter.code_unknown", "{n} of these codes are no card's")
	errGive    = fault.New(fault.Invalid, "counter.give_all", "the giver hands over the whole list of {listed} cards, not {counted}; recount, or ask the card centre for another list")
)

// Count reads a counting form: fields counted, missing, damaged and extra (envelope codes or card
// numbers), gone and broken (codes ticked in the list), agree. The number must be the list's, less
// what is missing, more what is extra: nothing is rounded away. All that is wrong is said at once.
func Count(ctx context.Context, q db.Q, form url.Values, l custody.Handover) (handover.Found, error) {
	var f handover.Found
	var wrong fault.List
	for _, k := range []struct {
		field, tick string
		into        *[]ref.Card
	}{{"missing", "gone", &f.Missing}, {"damaged", "broken", &f.Damaged}, {"extra", "", &f.Extra}} {
		cards, strange, err := codes(ctx, q, append(strings.Fields(form.Get(k.field)), form[k.tick]...))
		if err != nil {
			return f, err
		}
		if strange > 0 {
			wrong.Add(k.field, fault.New(errCode.Kind, errCode.Code, errCode.Message, "n", strange))
		}
		*k.into = cards
	}
	n, err := strconv.Atoi(strings.TrimSpace(form.Get("counted")))
	expected := int(l.N) - len(f.Missing) + len(f.Extra)
	switch {
	case err != nil || n < 0:
		wrong.Add("counted", ErrCounted)
	case l.State == "drawn" && n != int(l.N):
		wrong.Add("counted", fault.New(errGive.Kind, errGive.Code, errGive.Message, "listed", l.N, "counted", n))
	case n != expected:
		wrong.Add("counted", fault.New(errDiffers.Kind, errDiffers.Code, errDiffers.Message, "listed", l.N, "expected", expected, "counted", n))
	}
	if form.Get("agree") != "yes" {
		wrong.Add("agree", ErrAgree)
	}
	return f, wrong.Err()
}

// codesMost is how many codes one form may name; a list with more findings than that was never sent.
const codesMost = 500

// codes finds the cards of envelope codes or card numbers, each once; strange counts those that are
// no card's.
func codes(ctx context.Context, q db.Q, typed []string) (out []ref.Card, strange int, err error) {
	if len(typed) > codesMost {
		return nil, len(typed), nil
	}
	seen := map[ref.Card]bool{}
	for _, t := range typed {
		t = strings.ToUpper(t)
		found, err := card.ByShort(ctx, q, t)
		if err != nil {
			return nil, 0, err
		}
		if c, err := card.ByNumber(ctx, q, t); err == nil {
			found = append(found, c)
		} else if fault.Of(err) == nil {
			return nil, 0, err
		}
		if len(found) != 1 {
			strange++
			continue
		}
		if !seen[found[0].ID] {
			seen[found[0].ID] = true
			out = append(out, found[0].ID)
		}
	}
	return out, strange, nil
}
