package handout

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/notice"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// Enable is the social security switch alone: online after the post brought the card, or at a
// counter. channel is where it is done; the notice decides whether that is allowed.
func (f *Flow) Enable(ctx context.Context, who desk.Actor, ids []ref.Card, channel string) error {
	p, err := f.load(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range p.cards {
		a := p.apps[c.Application]
		if who.Role == desk.Citizen && c.Person != who.Person {
			return ErrNotYours
		}
		if c.Making != card.Handed {
			return ErrNotYet
		}
		if err := f.Route(ctx, a, channel); err != nil {
			return err
		}
	}
	return f.Desk.Sit(ctx, who, desk.EnableCard, func(s *desk.Sitting) error {
		s.About(string(ids[0]), len(ids), "channel", channel)
		return f.enable(ctx, s, p, false)
	})
}

func (f *Flow) enable(ctx context.Context, s *desk.Sitting, p parts, both bool) error {
	cards, apps := p.ids()
	done, err := card.Enable(ctx, s.Tx, cards, s.ID)
	if err != nil {
		return err
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "enable", apps, s.ID); err != nil {
		return err
	}
	if err := application.Close(ctx, s.Tx, apps); err != nil {
		return err
	}
	subjects := make([]string, 0, 2*len(apps))
	messages := make([]notice.Message, 0, len(apps))
	banks, closing := map[ref.Bank]bool{}, map[ref.Collective]bool{}
	for _, c := range p.cards {
		a := p.apps[c.Application]
		subjects = append(subjects, string(c.ID), string(a.ID))
		banks[c.Bank], closing[a.Collective] = true, true
		template := "sms.enabled"
		if both {
			template = "sms.enabled_both"
		}
		messages = append(messages, notice.Message{Person: a.Person, Template: template, Mobile: a.Mobile, Subject: string(a.ID),
			Text: wording.T(wording.ZH, template, "at", wording.ZH.DateTime(s.At()), "bank", f.BankName(c.Bank))})
	}
	if err := f.settle(ctx, s, subjects); err != nil {
		return err
	}
	if err := f.endOld(ctx, s, done.Voided); err != nil {
		return err
	}
	for b := range banks {
		if err := s.Ring(ctx, Tell, string(b), s.At()); err != nil {
			return err
		}
	}
	for c := range closing {
		if err := s.Ring(ctx, f.Close, string(c), s.At()); err != nil {
			return err
		}
	}
	s.About(string(cards[0]), len(cards), "voided", len(done.Voided))
	return notice.Queue(ctx, s.Tx, messages)
}

// endOld ends the reports of loss and the certificates of cards that newer ones replaced: somebody else
// may have a lost one's key.
func (f *Flow) endOld(ctx context.Context, s *desk.Sitting, cards []ref.Card) error {
	open, err := loss.Open(ctx, s.Tx, cards)
	if err != nil {
		return err
	}
	by := map[string][]ref.Card{}
	for _, c := range cards {
		why := certificate.Superseded
		if r, reported := open[c]; reported && r.Reason.Real() {
			why = certificate.Lost
		}
		by[why] = append(by[why], c)
	}
	if err := loss.End(ctx, s.Tx, cards, loss.Replaced); err != nil {
		return err
	}
	ended := 0
	for why, some := range by {
		n, err := certificate.End(ctx, s.Tx, some, why, s.ID)
		if err != nil {
			return err
		}
		ended += n
	}
	if ended == 0 {
		return nil
	}
	return s.Ring(ctx, f.Revoke, "ca", s.At())
}

// settle closes the troubles that an enabled card ends.
func (f *Flow) settle(ctx context.Context, s *desk.Sitting, subjects []string) error {
	for _, k := range []trouble.Kind{trouble.NotCollected, trouble.NotEnabled, trouble.Overdue} {
		if err := trouble.Settle(ctx, s.Tx, k, subjects, s.Actor.ID, s.ID); err != nil {
			return err
		}
	}
	return nil
}

// Activate is the bank's switch alone, at any outlet of the card's bank, in person.
func (f *Flow) Activate(ctx context.Context, who desk.Actor, ids []ref.Card) error {
	p, err := f.load(ctx, ids)
	if err != nil {
		return err
	}
	for _, c := range p.cards {
		if (who.Role != desk.Clerk && who.Role != desk.Banker) || who.Org != string(c.Bank) {
			return fault.New(ErrInPerson.Kind, ErrInPerson.Code, ErrInPerson.Message, "bank", f.BankName(c.Bank))
		}
		if c.Making != card.Handed {
			return ErrNotYet
		}
	}
	return f.Desk.Sit(ctx, who, desk.ActivateBank, func(s *desk.Sitting) error {
		s.About(string(ids[0]), len(ids))
		return f.activate(ctx, s, p)
	})
}

func (f *Flow) activate(ctx context.Context, s *desk.Sitting, p parts) error {
	cards, _ := p.ids()
	if err := card.Activate(ctx, s.Tx, cards, s.ID); err != nil {
		return err
	}
	banks := map[ref.Bank]bool{}
	for _, c := range p.cards {
		banks[c.Bank] = true
	}
	for b := range banks {
		if err := s.Ring(ctx, Activated, string(b), s.At().Add(time.Minute)); err != nil {
			return err
		}
	}
	return nil
}
