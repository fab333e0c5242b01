package cancelcard

import (
	"context"

	"kawu/domain/application"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/parcel"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
)

// Flow cancels.
type Flow struct {
	Desk      *desk.Desk
	City      ref.City
	BankName  func(ref.Bank) string
	BankPhone func(ref.Bank) string
	Revoke    job.Kind // the duty that tells the certificate authority
	Close     job.Kind // the duty that closes a collective application when everybody on it is done
}

// The refusals.
var (
	ErrProof     = fault.New(fault.Invalid, "cancel.proof", "name a reason and a proof that fits it")
	ErrIdentity  = fault.New(fault.Refused, "cancel.identity", "the identity number does not match the holder of this card")
	ErrVoid      = fault.New(fault.Refused, "cancel.void", "this card is void already")
	ErrUnderWay  = fault.New(fault.Refused, "cancel.under_way", "the holder's application {application} is under way; finish it first")
	ErrOnTheWay  = fault.New(fault.Refused, "cancel.on_the_way", "this card is with the courier, waybill {waybill}; wait until it has arrived or come back")
	ErrCentre    = fault.New(fault.Refused, "cancel.centre", "only the card centre cancels a card that is locked or was never collected")
	ErrCollected = fault.New(fault.Refused, "cancel.collected", "this card was collected; it cannot be cancelled as unclaimed")
	ErrWaits     = fault.New(fault.Refused, "cancel.waits", "a cancellation of this card waits for a second person already")
)

func with(f *fault.Fault, args ...any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, args...)
}

// Order says why a card is to be cancelled.
type Order struct {
	Reason   cancellation.Reason
	Proof    cancellation.Proof
	Document string // identity number of the holder, as on the document or the proof
	Proxy    bool   // the family or somebody authorised came
}

// matter is a card with what cancelling it touches.
type matter struct {
	card   card.Card
	holder person.Person
	own    *application.Application // the card's own application, still open; nil when it is done
}

// load reads a card and refuses it when business about it is not finished.
func (f *Flow) load(ctx context.Context, who desk.Actor, id ref.Card, why cancellation.Reason) (m matter, err error) {
	if m.card, err = card.Get(ctx, f.Desk.DB, id); err != nil {
		return m, err
	}
	if m.card.City != f.City {
		return m, card.ErrUnknown
	}
	if m.holder, err = person.Get(ctx, f.Desk.DB, m.card.Person); err != nil {
		return m, err
	}
	switch {
	case m.card.Social == card.Void:
		return m, ErrVoid
	case who.Role != desk.Centre && (m.card.Social == card.Locked || why == cancellation.Unclaimed):
		return m, ErrCentre
	}
	if err := f.parcels(ctx, id); err != nil {
		return m, err
	}
	if m.own, err = f.business(ctx, m.card); err != nil {
		return m, err
	}
	return m, f.claimed(ctx, m, why)
}

// parcels refuses a card that a courier has or is being given.
func (f *Flow) parcels(ctx context.Context, id ref.Card) error {
	all, err := parcel.Of(ctx, f.Desk.DB, id)
	if err != nil {
		return err
	}
	for _, p := range all {
		switch p.State {
		case "wanted", "booked", "under_way", "failed":
			return with(ErrOnTheWay, "waybill", p.Waybill)
		}
	}
	return nil
}

// business refuses a card whose holder has an application under way. The one that this card was made
// for, and that only waits for the card to be collected or enabled, ends with it.
func (f *Flow) business(ctx context.Context, c card.Card) (own *application.Application, err error) {
	all, err := application.OfPerson(ctx, f.Desk.DB, c.Person)
	if err != nil {
		return nil, err
	}
	for i, a := range all {
		_, ends := application.Cycle.Next(a.State, "cancel")
		switch {
		case a.State == application.Enabled, a.State == application.Withdrawn, a.State == application.Declined:
		case a.ID == c.Application && ends:
			own = &all[i]
		default:
			return nil, with(ErrUnderWay, "application", short(string(a.ID)))
		}
	}
	return own, nil
}

// claimed keeps the reason true: only a card that nobody collected is unclaimed.
func (f *Flow) claimed(ctx context.Context, m matter, why cancellation.Reason) error {
	if why != cancellation.Unclaimed {
		return nil
	}
	now, err := custody.Now(ctx, f.Desk.DB, []ref.Card{m.card.ID})
	if err == nil && (m.card.Social != card.Sealed || now[m.card.ID].Holder.Kind == ref.HeldByPerson) {
		err = ErrCollected
	}
	return err
}

// short is the end of an id, which people can read out.
func short(id string) string { return id[max(0, len(id)-8):] }
