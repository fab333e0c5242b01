package cancelcard

import (
	"context"
	"errors"

	"kawu/domain/application"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/notice"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// Cancel cancels a card or, when the reason is reviewed, asks a second person to; waits tells which.
func (f *Flow) Cancel(ctx context.Context, who desk.Actor, id ref.Card, o Order) (waits bool, err error) {
	if !cancellation.Fits(o.Reason, o.Proof) {
		return false, ErrProof.At("reason")
	}
	m, err := f.load(ctx, who, id, o.Reason)
	if err != nil {
		return false, err
	}
	if m.holder.Number.Reveal() != o.Document {
		return false, ErrIdentity.At("number")
	}
	waits = o.Reason.Reviewed()
	err = f.Desk.Sit(ctx, who, desk.CancelCard, func(s *desk.Sitting) error {
		r := cancellation.Request{City: f.City, Card: id, Person: m.card.Person, Reason: o.Reason, Proof: o.Proof, Channel: who.Channel, AskedBy: who.ID}
		if r.ID, err = cancellation.Put(ctx, s.Tx, r); err != nil {
			return err
		}
		s.About(string(id), 1, "reason", o.Reason, "proof", o.Proof, "proxy", o.Proxy, "waits", waits)
		if waits {
			return nil
		}
		return f.agree(ctx, s, m, r)
	})
	if errors.Is(err, db.Taken) {
		err = ErrWaits
	}
	return waits, err
}

// Agree is the second person's yes: the card is cancelled now.
func (f *Flow) Agree(ctx context.Context, who desk.Actor, n cancellation.ID) error {
	r, err := f.request(ctx, n)
	if err != nil {
		return err
	}
	m, err := f.load(ctx, who, r.Card, r.Reason)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.DecideCancel, func(s *desk.Sitting) error {
		s.About(string(r.Card), 1, "reason", r.Reason, "agreed", true)
		return f.agree(ctx, s, m, r)
	})
}

// Reject is the second person's no: the card stays as it is.
func (f *Flow) Reject(ctx context.Context, who desk.Actor, n cancellation.ID) error {
	r, err := f.request(ctx, n)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.DecideCancel, func(s *desk.Sitting) error {
		s.About(string(r.Card), 1, "reason", r.Reason, "agreed", false)
		return cancellation.Decide(ctx, s.Tx, r, "reject", who.ID, s.ID)
	})
}

func (f *Flow) request(ctx context.Context, n cancellation.ID) (cancellation.Request, error) {
	r, err := cancellation.Get(ctx, f.Desk.DB, n)
	if err == nil && r.City != f.City {
		err = cancellation.ErrUnknown
	}
	return r, err
}

// agree ends the card with all that hangs on it: report of loss, certificates, its own application and
// the cases about it. A key that somebody else may hold is compromised; any other just ceases.
func (f *Flow) agree(ctx context.Context, s *desk.Sitting, m matter, r cancellation.Request) error {
	if err := cancellation.Decide(ctx, s.Tx, r, "agree", s.Actor.ID, s.ID); err != nil {
		return err
	}
	cards := []ref.Card{r.Card}
	open, err := loss.Open(ctx, s.Tx, cards)
	if err != nil {
		return err
	}
	why := certificate.Ceased
	if report, is := open[r.Card]; is && report.Reason.Real() {
		why = certificate.Lost
	}
	if err := card.End(ctx, s.Tx, cards, "cancel", s.ID); err != nil {
		return err
	}
	if err := loss.End(ctx, s.Tx, cards, loss.Cancelled); err != nil {
		return err
	}
	if n, err := certificate.End(ctx, s.Tx, cards, why, s.ID); err != nil {
		return err
	} else if n > 0 {
		if err := s.Ring(ctx, f.Revoke, "ca", s.At()); err != nil {
			return err
		}
	}
	if err := f.finish(ctx, s, m); err != nil {
		return err
	}
	if r.Reason == cancellation.Death { // nobody is left to tell
		return nil
	}
	text := wording.T(wording.ZH, "sms.cancelled", "at", wording.ZH.DateTime(s.At()), "bank", f.BankName(m.card.Bank)+f.BankPhone(m.card.Bank))
	return notice.Queue(ctx, s.Tx, []notice.Message{{Person: m.holder.ID, Template: "sms.cancelled", Mobile: m.holder.Mobile, Subject: string(r.Card), Text: text}})
}

// finish ends the card's own application, when it only waited for the card, and the cases about both.
func (f *Flow) finish(ctx context.Context, s *desk.Sitting, m matter) error {
	subjects := []string{string(m.card.ID)}
	if m.own != nil {
		apps := []ref.Application{m.own.ID}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "cancel", apps, s.ID); err != nil {
			return err
		}
		if err := application.Close(ctx, s.Tx, apps); err != nil {
			return err
		}
		if err := s.Ring(ctx, f.Close, string(m.own.Collective), s.At()); err != nil {
			return err
		}
		subjects = append(subjects, string(m.own.ID))
	}
	for _, k := range []trouble.Kind{trouble.NotCollected, trouble.NotEnabled, trouble.Overdue} {
		if err := trouble.Settle(ctx, s.Tx, k, subjects, s.Actor.ID, s.ID); err != nil {
			return err
		}
	}
	return nil
}
