package sendparcel

import (
	"context"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/exchange"
	"kawu/domain/notice"
	"kawu/domain/parcel"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// batchOfScans is a set of scans sorted by what they mean, in the order they must be applied.
type batchOfScans struct {
	collected, delivered, failed, returned []parcel.Parcel
	reasons                                map[ref.Parcel]string
	strange                                []string
}

// Track is the handler of Scanned.
func (f *Flow) Track(ctx context.Context, key string) error {
	x := ref.Exchange(key)
	var events []parcel.Event
	if err := exchange.Body(ctx, f.Desk.DB, x, &events); err != nil {
		return err
	}
	b, err := f.sort(ctx, events)
	if err != nil {
		return err
	}
	apps, err := f.people(ctx, b)
	if err != nil {
		return err
	}
	posted, err := f.messages(b, apps)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Scanned), desk.TrackParcel, func(s *desk.Sitting) error {
		s.About(f.Courier, len(events), "delivered", len(b.delivered), "failed", len(b.failed), "returned", len(b.returned), "strange", len(b.strange))
		if first, err := exchange.Take(ctx, s.Tx, x, s.ID); err != nil || !first {
			return err
		}
		for _, step := range []func() error{
			func() error { return f.collect(ctx, s, b.collected) },
			func() error { return f.fail(ctx, s, b) },
			func() error { return f.deliver(ctx, s, b.delivered, apps) },
			func() error { return f.giveBack(ctx, s, b.returned, apps) },
			func() error { return f.list(ctx, s, b.strange) },
			func() error { return notice.Queue(ctx, s.Tx, posted) },
		} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
}

// sort tells scans apart. Only the last state of each parcel in a file counts beside its
// collection; scans that come a second time are dropped by the parcel's state.
func (f *Flow) sort(ctx context.Context, events []parcel.Event) (batchOfScans, error) {
	b := batchOfScans{reasons: map[ref.Parcel]string{}}
	waybills := make([]string, len(events))
	for i, e := range events {
		waybills[i] = e.Waybill
	}
	known, err := parcel.ByWaybills(ctx, f.Desk.DB, waybills)
	if err != nil {
		return b, err
	}
	at := map[string]state.State{}
	for w, p := range known {
		at[w] = p.State
	}
	events2 := map[string]state.Event{parcel.Collected: "collect", parcel.Delivered: "deliver", parcel.Failed: "fail", parcel.Returned: "return"}
	for _, e := range events {
		p, ok := known[e.Waybill]
		if !ok {
			b.strange = append(b.strange, e.Waybill)
			continue
		}
		to, ok := parcel.Cycle.Next(at[e.Waybill], events2[e.What])
		if !ok {
			continue
		}
		at[e.Waybill] = to
		switch e.What {
		case parcel.Collected:
			b.collected = append(b.collected, p)
		case parcel.Delivered:
			b.delivered = append(b.delivered, p)
		case parcel.Failed:
			b.failed, b.reasons[p.ID] = append(b.failed, p), e.Reason
		case parcel.Returned:
			b.returned = append(b.returned, p)
		}
	}
	return b, nil
}

func (f *Flow) people(ctx context.Context, b batchOfScans) (map[ref.Application]application.Application, error) {
	var ids []ref.Application
	for _, set := range [][]parcel.Parcel{b.collected, b.delivered, b.returned} {
		for _, p := range set {
			ids = append(ids, p.Application)
		}
	}
	list, err := application.Find(ctx, f.Desk.DB, ids)
	out := make(map[ref.Application]application.Application, len(list))
	for _, a := range list {
		out[a.ID] = a
	}
	return out, err
}

func (f *Flow) messages(b batchOfScans, apps map[ref.Application]application.Application) ([]notice.Message, error) {
	var out []notice.Message
	add := func(p parcel.Parcel, template, text string) {
		a := apps[p.Application]
		out = append(out, notice.Message{Person: a.Person, Template: template, Mobile: a.Mobile, Subject: string(a.ID), Text: text})
	}
	for _, p := range b.collected {
		add(p, "sms.posted", wording.T(wording.ZH, "sms.posted", "bank", f.BankName(p.Bank), "waybill", p.Waybill))
	}
	for _, p := range b.returned {
		text, err := f.PostBack(apps[p.Application].Outlet)
		if err != nil {
			return nil, err
		}
		add(p, "sms.post_failed", text)
	}
	return out, nil
}

func (f *Flow) courier() ref.Holder { return ref.Holder{Kind: ref.HeldByCourier, Name: f.Courier} }

func parts(set []parcel.Parcel) (ids []ref.Parcel, cards []ref.Card, apps []ref.Application, subjects []string) {
	for _, p := range set {
		ids, cards = append(ids, p.ID), append(cards, p.Card)
		apps, subjects = append(apps, p.Application), append(subjects, string(p.ID))
	}
	return ids, cards, apps, subjects
}

func (f *Flow) collect(ctx context.Context, s *desk.Sitting, set []parcel.Parcel) error {
	ids, _, _, _ := parts(set)
	if err := state.Apply(ctx, s.Tx, parcel.Cycle, "collect", ids, s.ID); err != nil {
		return err
	}
	byBank := map[ref.Bank][]ref.Card{}
	for _, p := range set {
		byBank[p.Bank] = append(byBank[p.Bank], p.Card)
	}
	for bank, cards := range byBank {
		if err := custody.Pass(ctx, s.Tx, cards, ref.Holder{Kind: ref.HeldByBank, Name: string(bank)}, f.courier(), ""); err != nil {
			return err
		}
	}
	return nil
}

func (f *Flow) deliver(ctx context.Context, s *desk.Sitting, set []parcel.Parcel, apps map[ref.Application]application.Application) error {
	ids, cards, appIDs, subjects := parts(set)
	if err := state.Apply(ctx, s.Tx, parcel.Cycle, "deliver", ids, s.ID); err != nil {
		return err
	}
	moves := make([]custody.Move, len(set))
	for i, p := range set {
		moves[i] = custody.Move{Card: p.Card, To: ref.Holder{Kind: ref.HeldByPerson, Name: string(apps[p.Application].Person)}}
	}
	if err := custody.PassAll(ctx, s.Tx, moves, f.courier(), ""); err != nil {
		return err
	}
	if err := state.Apply(ctx, s.Tx, card.Making, "hand", cards, s.ID); err != nil {
		return err
	}
	if err := trouble.Settle(ctx, s.Tx, trouble.ParcelFailed, subjects, "courier", s.ID); err != nil {
		return err
	}
	return state.Apply(ctx, s.Tx, application.Cycle, "hand", appIDs, s.ID)
}

func (f *Flow) fail(ctx context.Context, s *desk.Sitting, b batchOfScans) error {
	ids, _, _, _ := parts(b.failed)
	if err := state.Apply(ctx, s.Tx, parcel.Cycle, "fail", ids, s.ID); err != nil {
		return err
	}
	troubles := make([]trouble.Trouble, len(b.failed))
	for i, p := range b.failed {
		troubles[i] = f.trouble(trouble.ParcelFailed, string(p.ID), b.reasons[p.ID], s.At())
	}
	if err := trouble.Raise(ctx, s.Tx, troubles); err != nil {
		return err
	}
	return parcel.SetReasons(ctx, s.Tx, b.reasons)
}

func (f *Flow) giveBack(ctx context.Context, s *desk.Sitting, set []parcel.Parcel, apps map[ref.Application]application.Application) error {
	ids, _, appIDs, subjects := parts(set)
	if err := state.Apply(ctx, s.Tx, parcel.Cycle, "return", ids, s.ID); err != nil {
		return err
	}
	moves := make([]custody.Move, len(set))
	for i, p := range set {
		moves[i] = custody.Move{Card: p.Card, To: ref.Holder{Kind: ref.HeldByOutlet, Name: string(apps[p.Application].Outlet)}}
	}
	if err := custody.PassAll(ctx, s.Tx, moves, f.courier(), ""); err != nil {
		return err
	}
	if err := trouble.Settle(ctx, s.Tx, trouble.ParcelFailed, subjects, "courier", s.ID); err != nil {
		return err
	}
	return state.Apply(ctx, s.Tx, application.Cycle, "ready", appIDs, s.ID)
}

func (f *Flow) list(ctx context.Context, s *desk.Sitting, strange []string) error {
	troubles := make([]trouble.Trouble, len(strange))
	for i, w := range strange {
		troubles[i] = f.trouble(trouble.UnknownParcel, w, "not_booked", s.At())
	}
	return trouble.Raise(ctx, s.Tx, troubles)
}
