package reportloss

import (
	"context"
	"time"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/state"
)

// Watch is the duty that ends reports whose time is over and tells holders before; its key is a city.
const Watch job.Kind = "loss.watch"

// Flow reports and releases.
type Flow struct {
	Desk      *desk.Desk
	City      ref.City
	Period    func(now time.Time, generation int64) Period // of the notice in force, for a card of a generation
	BankName  func(ref.Bank) string
	BankPhone func(ref.Bank) string // its hotline; "" when the city's list has none
	Revoke    job.Kind              // the duty that tells the certificate authority
}

// Period is how long a temporary report holds.
type Period struct {
	Days     int
	Expiry   loss.Expiry
	WarnDays int // the holder is told so many days before
}

// The refusals.
var (
	ErrNotEnabled = fault.New(fault.Refused, "loss.not_enabled", "this card is not enabled; nobody can use it, and there is nothing to report")
	ErrReported   = fault.New(fault.Refused, "loss.reported", "this card is reported lost already, since {since}")
	ErrLocked     = fault.New(fault.Refused, "loss.locked", "this card is locked by the card centre; nobody can use it")
	ErrVoid       = fault.New(fault.Refused, "loss.void", "this card is void; nobody can use it, and there is nothing to report")
	ErrNotLost    = fault.New(fault.Refused, "loss.not_reported", "this card is not reported lost")
	ErrIdentity   = fault.New(fault.Refused, "loss.identity", "the identity document does not match the holder of this card")
	ErrReason     = fault.New(fault.Invalid, "loss.reason", "say why the card is reported: lost, stolen or change_bank")
	ErrInPerson   = fault.New(fault.Refused, "loss.in_person", "a formal report is released at a counter, by the holder with identity document and the card")
	ErrNoCard     = fault.New(fault.Invalid, "loss.no_card", "enter the number of the card that was brought")
	ErrOtherCard  = fault.New(fault.Refused, "loss.other_card", "the card that was shown is not the card that was reported")
	ErrReplacing  = fault.New(fault.Refused, "loss.replacing", "a replacement of this card has been accepted; it cannot be released any more")
)

func with(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}

// load reads a card that an actor may speak of: citizens only their own, staff only their city's.
func (f *Flow) load(ctx context.Context, who desk.Actor, id ref.Card) (card.Card, person.Person, error) {
	c, err := card.Get(ctx, f.Desk.DB, id)
	if err != nil {
		return c, person.Person{}, err
	}
	if c.City != f.City || who.Role == desk.Citizen && c.Person != who.Person {
		return c, person.Person{}, card.ErrUnknown
	}
	p, err := person.Get(ctx, f.Desk.DB, c.Person)
	return c, p, err
}

// refuse says why an event is not possible in the state a card is in; nil when it is.
func (f *Flow) refuse(ctx context.Context, c card.Card, e state.Event) error {
	if _, ok := card.Social.Next(c.Social, e); ok {
		return nil
	}
	switch c.Social {
	case card.Sealed:
		return ErrNotEnabled
	case card.Locked:
		return ErrLocked
	case card.Void:
		return ErrVoid
	case card.Normal:
		return ErrNotLost
	}
	open, err := loss.Open(ctx, f.Desk.DB, []ref.Card{c.ID})
	if err != nil {
		return err
	}
	return with(ErrReported, "since", open[c.ID].Since)
}

// replaced are the reasons of applications that put another card in the place of this one.
var replaced = map[string]bool{"lost": true, "damaged": true, "change_bank": true}

// replacing is the holder's replacement under way: once it is accepted, the old card does not come back.
func (f *Flow) replacing(ctx context.Context, c card.Card) error {
	all, err := application.OfPerson(ctx, f.Desk.DB, c.Person)
	if err != nil {
		return err
	}
	for _, a := range all {
		if replaced[a.Reason] && a.State != application.Withdrawn && a.State != application.Declined && a.State != application.Enabled {
			return ErrReplacing
		}
	}
	return nil
}
