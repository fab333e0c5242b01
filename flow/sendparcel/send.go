package sendparcel

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/exchange"
	"kawu/domain/parcel"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/id"
	"kawu/kit/job"
	"kawu/kit/state"
)

// The duties. Book's key is a bank, the others' an exchange.
const (
	Book    job.Kind = "parcel.book"
	Booked  job.Kind = "courier.book"
	Scanned job.Kind = "courier.track"
)

// Flow mails cards.
type Flow struct {
	Desk     *desk.Desk
	City     ref.City
	Courier  string
	Own      bool   // only the addressee's own signature counts
	Payer    string // who pays: "sender" or "recipient"
	BankName func(ref.Bank) string
	PostBack func(ref.Outlet) (text string, err error) // the message when a parcel came back
}

// Hand is the handler of Book.
func (f *Flow) Hand(ctx context.Context, bank string) error {
	for {
		ids, err := application.WaitingMode(ctx, f.Desk.DB, f.City, application.Made, ref.Bank(bank), application.Mail, exchange.Lines)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := f.book(ctx, bank, ids); err != nil {
			return err
		}
	}
}

func (f *Flow) book(ctx context.Context, bank string, ids []ref.Application) error {
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	cards, err := card.OfApplications(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	byApp := make(map[ref.Application]application.Application, len(apps))
	for _, a := range apps {
		byApp[a.ID] = a
	}
	now := f.Desk.Clock.Now()
	keys := id.Many("par", now, len(cards))
	parcels := make([]parcel.Parcel, 0, len(cards))
	addresses := make([]string, 0, len(cards))
	lines := make([]parcel.Booking, 0, len(cards))
	for i, c := range cards {
		a := byApp[c.Application]
		parcels = append(parcels, parcel.Parcel{ID: ref.Parcel(keys[i]), Card: c.ID, Application: a.ID, Bank: c.Bank, Courier: f.Courier})
		addresses = append(addresses, a.Address)
		lines = append(lines, parcel.Booking{Key: keys[i], Bank: bank, Name: a.Name.Reveal(), Mobile: a.Mobile.Reveal(), Address: a.Address,
			Own: f.Own, Payer: f.Payer})
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Book), desk.BookParcel, func(s *desk.Sitting) error {
		s.About(bank, len(lines))
		if err := state.Apply(ctx, s.Tx, application.Cycle, "post", ids, s.ID); err != nil {
			return err
		}
		if err := parcel.Want(ctx, s.Tx, parcels, addresses); err != nil {
			return err
		}
		_, err := exchange.Put(ctx, s.Tx, "courier", f.Courier, Booked, bank, len(lines), lines)
		return err
	})
}

// Waybills is the handler of Booked.
func (f *Flow) Waybills(ctx context.Context, key string) error {
	x := ref.Exchange(key)
	var booked []parcel.Booked
	if err := exchange.Answer(ctx, f.Desk.DB, x, &booked); err != nil {
		return err
	}
	var good, bad []ref.Parcel
	var waybills []parcel.Waybill
	for _, b := range booked {
		if b.Fault != "" {
			bad = append(bad, ref.Parcel(b.Key))
			continue
		}
		good = append(good, ref.Parcel(b.Key))
		waybills = append(waybills, parcel.Waybill{Parcel: ref.Parcel(b.Key), Number: b.Waybill})
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Booked), desk.BookParcel, func(s *desk.Sitting) error {
		s.About(key, len(booked), "refused", len(bad))
		if first, err := exchange.Take(ctx, s.Tx, x, s.ID); err != nil || !first {
			return err
		}
		if err := parcel.SetWaybills(ctx, s.Tx, waybills); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, parcel.Cycle, "book", good, s.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, parcel.Cycle, "refuse", bad, s.ID); err != nil {
			return err
		}
		troubles := make([]trouble.Trouble, len(bad))
		for i, p := range bad {
			troubles[i] = f.trouble(trouble.ParcelFailed, string(p), "refused", s.At())
		}
		return trouble.Raise(ctx, s.Tx, troubles)
	})
}

func (f *Flow) trouble(k trouble.Kind, subject, reason string, now time.Time) trouble.Trouble {
	return trouble.Trouble{City: f.City, Kind: k, Subject: subject, About: subject, OwnerKind: ref.HeldByCourier, Owner: f.Courier,
		Reason: reason, Due: now.Add(2 * 24 * time.Hour)}
}
