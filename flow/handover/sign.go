package handover

import (
	"context"
	"fmt"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/notice"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Give is the giver's signature: counted, and these are the cards.
func (f *Flow) Give(ctx context.Context, who desk.Actor, list ref.Handover) error {
	h, err := custody.GetList(ctx, f.Desk.DB, list)
	if err != nil {
		return err
	}
	if !belongs(who, h.Giver) {
		return custody.ErrUnknown
	}
	return f.Desk.Sit(ctx, who, desk.GiveHandover, func(s *desk.Sitting) error {
		s.About(string(list), int(h.N))
		return f.give(ctx, s, h, who.ID)
	})
}

func (f *Flow) give(ctx context.Context, s *desk.Sitting, h custody.Handover, by string) error {
	if err := state.Apply(ctx, s.Tx, custody.Lists, "give", []ref.Handover{h.ID}, s.ID); err != nil {
		return err
	}
	sig, err := f.signature(h, "given", h.Giver, by, s.At())
	if err != nil {
		return err
	}
	return custody.SignGiven(ctx, s.Tx, h.ID, by, sig)
}

func (f *Flow) signature(h custody.Handover, word string, side ref.Holder, by string, at time.Time) (string, error) {
	return f.Sign(fmt.Appendf(nil, "kawu handover %s %s %s %s %s/%s by %s", h.ID, h.Listed, word, at.UTC().Format(time.RFC3339Nano), side.Kind, side.Name, by))
}

// belongs tells whether an actor may sign for a holder.
func belongs(who desk.Actor, h ref.Holder) bool {
	switch h.Kind {
	case ref.HeldByCentre:
		return who.Role == desk.Centre
	case ref.HeldByBank:
		return who.Role == desk.Banker && who.Org == h.Name
	case ref.HeldByOutlet:
		return who.Role == desk.Clerk && who.Place == h.Name
	}
	return false
}

// Found is what the taker found when counting; an empty one means that everything was there.
type Found struct {
	Missing []ref.Card
	Damaged []ref.Card
	Extra   []ref.Card // in the box, not on the list
}

// ErrFound is the refusal of findings that do not fit the list.
var ErrFound = fault.New(fault.Invalid, "handover.findings", "{n} of the cards named are not on this list")

// Take is the taker's signature. Cards that are there change hands now; the rest is listed.
func (f *Flow) Take(ctx context.Context, who desk.Actor, list ref.Handover, found Found) error {
	h, err := custody.GetList(ctx, f.Desk.DB, list)
	if err != nil {
		return err
	}
	if !belongs(who, h.Taker) {
		return custody.ErrUnknown
	}
	present, err := f.count(ctx, h, found)
	if err != nil {
		return err
	}
	messages, apps, err := f.ready(ctx, h, present)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.TakeHandover, func(s *desk.Sitting) error {
		s.About(string(list), int(h.N), "present", len(present), "missing", len(found.Missing), "damaged", len(found.Damaged), "extra", len(found.Extra))
		if err := f.sign(ctx, s, h, found); err != nil {
			return err
		}
		if err := custody.Pass(ctx, s.Tx, present, h.Giver, h.Taker, h.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "ready", apps, s.ID); err != nil {
			return err
		}
		if err := notice.Queue(ctx, s.Tx, messages); err != nil {
			return err
		}
		if next, ok := f.Loads[h.Purpose]; ok && len(present) > 0 {
			return s.Ring(ctx, next, string(h.ID), f.LoadAt(s.At()))
		}
		return nil
	})
}

// count checks the findings against the list and returns the cards that are there.
func (f *Flow) count(ctx context.Context, h custody.Handover, found Found) ([]ref.Card, error) {
	lines, err := custody.Lines(ctx, f.Desk.DB, h.ID)
	if err != nil {
		return nil, err
	}
	wrong := 0
	for _, set := range [][]ref.Card{found.Missing, found.Damaged} {
		for _, c := range set {
			if _, ok := lines[c]; !ok {
				wrong++
			}
			delete(lines, c)
		}
	}
	for _, c := range found.Extra {
		if _, ok := lines[c]; ok {
			wrong++
		}
	}
	if wrong > 0 {
		return nil, fault.New(ErrFound.Kind, ErrFound.Code, ErrFound.Message, "n", wrong)
	}
	present := make([]ref.Card, 0, len(lines))
	for c := range lines {
		present = append(present, c)
	}
	return present, nil
}

func (f *Flow) sign(ctx context.Context, s *desk.Sitting, h custody.Handover, found Found) error {
	event := state.Event("take")
	kinds := []struct {
		finding string
		cards   []ref.Card
	}{{custody.Missing, found.Missing}, {custody.Damaged, found.Damaged}, {custody.Extra, found.Extra}}
	for _, k := range kinds {
		if len(k.cards) == 0 {
			continue
		}
		event = "take_with_findings"
		if err := custody.Find(ctx, s.Tx, h.ID, k.finding, k.cards); err != nil {
			return err
		}
	}
	if err := state.Apply(ctx, s.Tx, custody.Lists, event, []ref.Handover{h.ID}, s.ID); err != nil {
		return err
	}
	sig, err := f.signature(h, string(event), h.Taker, s.Actor.ID, s.At())
	if err != nil {
		return err
	}
	if err := custody.SignTaken(ctx, s.Tx, h.ID, s.Actor.ID, sig); err != nil || event == "take" {
		return err
	}
	return trouble.Raise(ctx, s.Tx, []trouble.Trouble{{City: f.City, Kind: trouble.HandoverDiffers, Subject: string(h.ID), About: string(h.ID),
		OwnerKind: h.Giver.Kind, Owner: h.Giver.Name, Reason: string(event), Due: s.At().Add(24 * time.Hour)}})
}

// ready prepares what follows when an outlet takes cards: their applications are ready and their
// people are told.
func (f *Flow) ready(ctx context.Context, h custody.Handover, present []ref.Card) ([]notice.Message, []ref.Application, error) {
	if h.Purpose != ToOutlet || len(present) == 0 {
		return nil, nil, nil
	}
	cards, err := card.Find(ctx, f.Desk.DB, present)
	if err != nil {
		return nil, nil, err
	}
	ids := make([]ref.Application, len(cards))
	for i, c := range cards {
		ids[i] = c.Application
	}
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return nil, nil, err
	}
	text, err := f.Texts.Ready(ref.Outlet(h.Taker.Name))
	if err != nil {
		return nil, nil, err
	}
	messages := make([]notice.Message, len(apps))
	for i, a := range apps {
		messages[i] = notice.Message{Person: a.Person, Template: "sms.ready", Mobile: a.Mobile, Subject: string(a.ID), Text: text}
	}
	return messages, ids, nil
}

// Settle clears a list's findings: the cards were found, or the giver answers for the loss. Cards
// that were found go out on a new list.
func (f *Flow) Settle(ctx context.Context, who desk.Actor, list ref.Handover) error {
	h, err := custody.GetList(ctx, f.Desk.DB, list)
	if err != nil {
		return err
	}
	lines, err := custody.Lines(ctx, f.Desk.DB, list)
	if err != nil {
		return err
	}
	var open, found []ref.Card
	for c, finding := range lines {
		if finding != custody.Present {
			open = append(open, c)
		}
		if finding == custody.Missing {
			found = append(found, c)
		}
	}
	err = f.Desk.Sit(ctx, who, desk.SettleFinding, func(s *desk.Sitting) error {
		s.About(string(list), len(open))
		if err := state.Apply(ctx, s.Tx, custody.Lists, "settle", []ref.Handover{list}, s.ID); err != nil {
			return err
		}
		if err := custody.Settle(ctx, s.Tx, list, open); err != nil {
			return err
		}
		return trouble.Settle(ctx, s.Tx, trouble.HandoverDiffers, []string{string(list)}, who.ID, s.ID)
	})
	if err != nil {
		return err
	}
	return f.draw(ctx, who, h.Purpose, h.Giver, h.Taker, found)
}
