package handout

import (
	"context"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/state"
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
		if err := trouble.Settle(ctx, s.Tx, trouble.CardMissing, texts(cards), who.ID, s.ID); err != nil {
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

func texts(cards []ref.Card) []string {
	out := make([]string, len(cards))
	for i, c := range cards {
		out[i] = string(c)
	}
	return out
}
