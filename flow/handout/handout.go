package handout

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/custody"
	"kawu/domain/notice"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// Flow hands out and enables.
type Flow struct {
	Desk     *desk.Desk
	City     ref.City
	BankName func(ref.Bank) string
	// Route tells whether the notice an application was filed under lets the social security
	// application be enabled by a channel: "online", "on_site", "bank_outlet".
	Route func(ctx context.Context, a application.Application, channel string) error
	Close job.Kind // duty that closes a collective application when everybody on it is done
	// Revoke is the duty that tells the authority of certificates that went out of use.
	Revoke job.Kind
}

// The refusals.
var (
	ErrIdentity = fault.New(fault.Refused, "handout.identity", "the identity document does not match the person this card is for")
	ErrNotHere  = fault.New(fault.Refused, "handout.not_here", "this card is not at this outlet; it is with {holder}")
	ErrNotYours = fault.New(fault.NotFound, "handout.not_yours", "no such card in your name")
	ErrNotYet   = fault.New(fault.Refused, "handout.not_yet", "the card is not in your hand yet; it can be enabled when you have it")
	ErrInPerson = fault.New(fault.Refused, "handout.bank_in_person", "the bank account is activated in person at any outlet of {bank}; it cannot be done online")
)

// Switches says what to switch on in the same visit.
type Switches struct {
	Social bool
	Bank   bool
	Proxy  bool // somebody else collects for the person; the bank switch needs the person
}

// parts is a set of cards with what belongs to them.
type parts struct {
	cards []card.Card
	apps  map[ref.Application]application.Application
}

func (f *Flow) load(ctx context.Context, ids []ref.Card) (parts, error) {
	p := parts{apps: map[ref.Application]application.Application{}}
	var err error
	if p.cards, err = card.Find(ctx, f.Desk.DB, ids); err != nil {
		return p, err
	}
	if len(p.cards) != len(ids) {
		return p, card.ErrUnknown
	}
	apps := make([]ref.Application, len(p.cards))
	for i, c := range p.cards {
		apps[i] = c.Application
	}
	list, err := application.Find(ctx, f.Desk.DB, apps)
	for _, a := range list {
		p.apps[a.ID] = a
	}
	return p, err
}

func (p parts) ids() (cards []ref.Card, apps []ref.Application) {
	for _, c := range p.cards {
		cards, apps = append(cards, c.ID), append(apps, c.Application)
	}
	return cards, apps
}

// Counter is collection at the outlet that holds the card. document is the identity number read
// from the document shown.
func (f *Flow) Counter(ctx context.Context, who desk.Actor, id ref.Card, document string, on Switches) error {
	p, err := f.load(ctx, []ref.Card{id})
	if err != nil {
		return err
	}
	if p.apps[p.cards[0].Application].Number.Reveal() != document {
		return ErrIdentity
	}
	now, err := custody.Now(ctx, f.Desk.DB, []ref.Card{id})
	if err != nil {
		return err
	}
	from := ref.Holder{Kind: ref.HeldByOutlet, Name: who.Place}
	if h := now[id].Holder; h.Kind != from.Kind || h.Name != from.Name {
		return fault.New(ErrNotHere.Kind, ErrNotHere.Code, ErrNotHere.Message, "holder", string(h.Kind)+" "+h.Name)
	}
	return f.hand(ctx, who, p, from, on)
}

// OnSite is hand-out by the bank at the employer, a whole set at once: handed, enabled and
// activated together (BJ-28).
func (f *Flow) OnSite(ctx context.Context, who desk.Actor, ids []ref.Card) error {
	p, err := f.load(ctx, ids)
	if err != nil || len(ids) == 0 {
		return err
	}
	return f.hand(ctx, who, p, ref.Holder{Kind: ref.HeldByBank, Name: who.Org}, Switches{Social: true, Bank: true})
}

func (f *Flow) hand(ctx context.Context, who desk.Actor, p parts, from ref.Holder, on Switches) error {
	return f.Desk.Sit(ctx, who, desk.HandOut, func(s *desk.Sitting) error {
		cards, apps := p.ids()
		s.About(string(cards[0]), len(cards), "social", on.Social, "bank", on.Bank, "proxy", on.Proxy)
		moves := make([]custody.Move, len(p.cards))
		for i, c := range p.cards {
			moves[i] = custody.Move{Card: c.ID, To: ref.Holder{Kind: ref.HeldByPerson, Name: string(c.Person)}}
		}
		if err := custody.PassAll(ctx, s.Tx, moves, from, ""); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, card.Making, "hand", cards, s.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "hand", apps, s.ID); err != nil {
			return err
		}
		if on.Social {
			if err := f.enable(ctx, s, p, on.Bank); err != nil {
				return err
			}
		}
		if on.Bank {
			return f.activate(ctx, s, p)
		}
		return nil
	})
}

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
	if n, err := certificate.End(ctx, s.Tx, done.Voided, certificate.Superseded, s.ID); err != nil {
		return err
	} else if n > 0 {
		if err := s.Ring(ctx, f.Revoke, "ca", s.At()); err != nil {
			return err
		}
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
