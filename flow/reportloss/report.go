package reportloss

import (
	"context"
	"slices"
	"time"

	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// channels is how a role hears of a loss: the centre by telephone.
var channels = map[desk.Role]string{desk.Citizen: "online", desk.Clerk: "counter", desk.Centre: "phone"}

// Temporarily reports a card lost for the city's period, at once and without questions.
func (f *Flow) Temporarily(ctx context.Context, who desk.Actor, id ref.Card) error {
	c, p, err := f.load(ctx, who, id)
	if err != nil {
		return err
	}
	if err := f.refuse(ctx, c, "report_temporarily"); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.ReportLoss, func(s *desk.Sitting) error {
		r := f.report(s, c, loss.Temporary, loss.Lost)
		rule := f.Period(s.At(), c.Generation)
		r.Until, r.Expiry = s.At().In(clock.Zone).AddDate(0, 0, rule.Days), rule.Expiry
		if warn := r.Until.AddDate(0, 0, -rule.WarnDays); rule.WarnDays > 0 && warn.After(s.At()) {
			r.WarnAt = warn
		}
		if err := f.stop(ctx, s, r, "report_temporarily"); err != nil {
			return err
		}
		if err := s.Ring(ctx, Watch, string(f.City), next(r)); err != nil {
			return err
		}
		return f.tell(ctx, s, p, c, "sms.lost_"+string(r.Expiry), "until", r.Until)
	})
}

func next(r loss.Report) time.Time {
	if r.WarnAt.IsZero() {
		return r.Until
	}
	return r.WarnAt
}

// Shown is what a clerk saw at the counter.
type Shown struct {
	Document string // identity number on the holder's document
	Proxy    bool   // somebody authorised came for the holder
	Number   string // of the card that was brought; only a release of a formal report wants it
}

// Formally reports a card lost until it is released or replaced, in the place of a temporary report when
// there is one.
func (f *Flow) Formally(ctx context.Context, who desk.Actor, id ref.Card, why loss.Reason, saw Shown) error {
	c, p, err := f.load(ctx, who, id)
	if err != nil {
		return err
	}
	if !slices.Contains([]loss.Reason{loss.Lost, loss.Stolen, loss.ChangeBank}, why) {
		return ErrReason.At("reason")
	}
	if p.Number.Reveal() != saw.Document {
		return ErrIdentity
	}
	if err := f.refuse(ctx, c, "report"); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.ReportFormally, func(s *desk.Sitting) error {
		if err := loss.End(ctx, s.Tx, []ref.Card{id}, loss.Formally); err != nil {
			return err
		}
		r := f.report(s, c, loss.Formal, why)
		if err := f.stop(ctx, s, r, "report"); err != nil {
			return err
		}
		s.About(string(id), 1, "reason", why, "proxy", saw.Proxy)
		return f.tell(ctx, s, p, c, "sms.lost_formally")
	})
}

func (f *Flow) report(s *desk.Sitting, c card.Card, k loss.Kind, why loss.Reason) loss.Report {
	s.About(string(c.ID), 1, "reason", why)
	return loss.Report{City: c.City, Card: c.ID, Person: c.Person, Kind: k, Reason: why, Channel: channels[s.Actor.Role],
		ByKind: string(s.Actor.Role), By: s.Actor.ID}
}

// stop takes the card out of use: its state, its report, its certificates.
func (f *Flow) stop(ctx context.Context, s *desk.Sitting, r loss.Report, e state.Event) error {
	cards := []ref.Card{r.Card}
	if err := state.Apply(ctx, s.Tx, card.Social, e, cards, s.ID); err != nil {
		return err
	}
	if err := loss.Put(ctx, s.Tx, []loss.Report{r}); err != nil {
		return err
	}
	n, err := certificate.Hold(ctx, s.Tx, cards, s.ID)
	return f.ring(ctx, s, n, err)
}

// ring has the authority told, when there are certificates to tell of.
func (f *Flow) ring(ctx context.Context, s *desk.Sitting, n int, err error) error {
	if err != nil || n == 0 {
		return err
	}
	return s.Ring(ctx, f.Revoke, "ca", s.At())
}

// tell sends the holder a message that says which half is stopped and whom to call about the other.
func (f *Flow) tell(ctx context.Context, s *desk.Sitting, p person.Person, c card.Card, template string, args ...any) error {
	return notice.Queue(ctx, s.Tx, []notice.Message{f.message(s, p, c, template, args...)})
}

func (f *Flow) message(s *desk.Sitting, p person.Person, c card.Card, template string, args ...any) notice.Message {
	args = append([]any{"at", wording.ZH.DateTime(s.At()), "bank", f.bank(c.Bank)}, args...)
	for i, a := range args {
		if t, ok := a.(time.Time); ok {
			args[i] = wording.ZH.DateTime(t)
		}
	}
	return notice.Message{Person: p.ID, Template: template, Mobile: p.Mobile, Subject: string(c.ID), Text: wording.T(wording.ZH, template, args...)}
}

// bank is a bank's name with its number.
func (f *Flow) bank(code ref.Bank) string {
	if phone := f.BankPhone(code); phone != "" {
		return f.BankName(code) + phone
	}
	return f.BankName(code)
}
