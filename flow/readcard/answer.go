package readcard

import (
	"context"
	"errors"

	"kawu/chip/key"
	"kawu/chip/reader"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/domain/terminal"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// Answer is step two for a set of cards in a terminal, in their order: a proof for each, or why not.
// A forged card, one this house has not made, and one that is on the list of invalid cards get no
// proof. ErrCaller, ErrLost, ErrOut, ErrSize, ErrOften refuse the whole; the key store's fault too.
func (f *Flow) Answer(ctx context.Context, c Caller, set []Inquiry) ([]Answer, error) {
	m, err := f.known(ctx, c, desk.ReadCards)
	if err != nil {
		return nil, err
	}
	if len(set) == 0 || len(set) > Most {
		return nil, fault.New(ErrSize.Kind, ErrSize.Code, ErrSize.Message, "most", Most, "n", len(set))
	}
	if err := f.gauge.take(m.ID, len(set), f.Desk.Clock.Now()); err != nil {
		return nil, err
	}
	return f.answer(ctx, f.actor(m), string(m.ID), set)
}

// AnswerHere is Answer for cards in a reader at this installation.
func (f *Flow) AnswerHere(ctx context.Context, who desk.Actor, set []Inquiry) ([]Answer, error) {
	return f.answer(ctx, who, who.ID, set)
}

// known finds the terminal that asks. A module that is lost, or back, and still asks leaves a line in
// the trail: somebody has it.
func (f *Flow) known(ctx context.Context, c Caller, act desk.Act) (terminal.Module, error) {
	m, found, err := terminal.Known(ctx, f.Desk.DB, f.City, c.Number, c.Token)
	switch {
	case err != nil:
		return m, err
	case !found:
		return m, ErrCaller
	case m.State == terminal.InService:
		return m, nil
	}
	refusal := ErrOut
	if m.State == terminal.Lost || m.State == terminal.Gone {
		refusal = ErrLost
	}
	err = f.Desk.Sit(ctx, f.actor(m), act, func(s *desk.Sitting) error {
		s.About(string(m.ID), 0, "refused", refusal.Code)
		return nil
	})
	if err != nil {
		return m, err
	}
	return m, refusal
}

func (f *Flow) answer(ctx context.Context, who desk.Actor, subject string, set []Inquiry) ([]Answer, error) {
	if !desk.May(who.Role, desk.ReadCards) {
		return nil, desk.ErrForbidden
	}
	answers, err := f.prove(ctx, set)
	if err != nil {
		return nil, err
	}
	read, err := f.judge(ctx, set, answers)
	if err != nil {
		return nil, err
	}
	err = f.Desk.Sit(ctx, who, desk.ReadCards, func(s *desk.Sitting) error {
		s.About(subject, len(set), "refused", len(set)-len(read), "cards", read)
		return nil
	})
	return answers, err
}

// prove asks the key store, first with the masters in use and then, for the cards that did not prove
// themselves, with each version before.
func (f *Flow) prove(ctx context.Context, set []Inquiry) ([]Answer, error) {
	m, err := f.Masters()
	if err != nil {
		return nil, err
	}
	answers, err := reader.NewOffice(f.Keys, m).Answer(ctx, set)
	for err == nil && m.Version > 1 {
		var left []Inquiry
		var at []int
		for i, a := range answers {
			if a.Fault != nil {
				left, at = append(left, set[i]), append(at, i)
			}
		}
		if len(left) == 0 {
			break
		}
		m.Version--
		older, problem := reader.NewOffice(f.Keys, m).Answer(ctx, left)
		if errors.Is(problem, key.Missing) {
			break // versions are taken away from the oldest on
		}
		for n, a := range older {
			answers[at[n]] = a
		}
		err = problem
	}
	return answers, err
}

// judge takes the proof away from the cards that may not be read, and lists the others.
func (f *Flow) judge(ctx context.Context, set []Inquiry, answers []Answer) ([]ref.Card, error) {
	resets := make([]string, 0, len(set))
	for i, q := range set {
		if answers[i].Fault == nil {
			resets = append(resets, q.Hex())
		}
	}
	cards, err := card.ByReset(ctx, f.Desk.DB, f.City, resets)
	if err != nil {
		return nil, err
	}
	read := make([]ref.Card, 0, len(resets))
	for i, q := range set {
		if answers[i].Fault != nil {
			continue
		}
		c, made := cards[q.Hex()]
		reason, listed := Reasons[c.Social]
		switch {
		case !made:
			answers[i] = Answer{Fault: ErrNotMade}
		case listed:
			answers[i] = Answer{Fault: fault.New(reader.Listed.Kind, reader.Listed.Code, reader.Listed.Message, "reason", reason)}
		default:
			read = append(read, c.ID)
		}
	}
	return read, nil
}
