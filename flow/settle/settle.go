// Package settle marks as settled what no duty and no other flow can clear (异常销号).
//
// A trouble that has its own act (a differing list, a refused account) is cleared by that act and by
// nothing else: settling it here would leave a case that nobody has. The reason is one of a list, so
// that the trail holds no free text about people.
package settle

import (
	"context"

	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// Reason says why a trouble needs nothing more.
type Reason string

// The reasons, in the order of the page's choice.
const (
	Mended    Reason = "mended"    // the other side put it right and said so
	Explained Reason = "explained" // looked into: nothing is wrong
	Told      Reason = "told"      // the person was reached another way
)

// Reasons are all of them.
var Reasons = []Reason{Mended, Explained, Told}

// Flow settles.
type Flow struct{ Desk *desk.Desk }

// The refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "settle.unknown", "no such exception, or it belongs to somebody else")
	ErrAct     = fault.New(fault.Refused, "settle.act", "this exception is cleared by its own act, not by a mark")
	ErrReason  = fault.New(fault.Invalid, "settle.reason", "choose why nothing more is to be done")
	ErrSettled = fault.New(fault.Conflict, "settle.settled", "this exception is settled already")
)

// byHand are the kinds that no other act clears.
var byHand = map[trouble.Kind]bool{
	trouble.WrongAccount: true, trouble.UnknownReturn: true, trouble.UnknownParcel: true, trouble.MessageFailed: true,
	trouble.NoCertificate: true,
}

// ByHand tells whether a kind is settled here.
func ByHand(k trouble.Kind) bool { return byHand[k] }

// Mark settles one trouble. The centre may settle all, others what they own.
func (f *Flow) Mark(ctx context.Context, who desk.Actor, id ref.Trouble, why Reason) error {
	t, found, err := trouble.Get(ctx, f.Desk.DB, id)
	switch {
	case err != nil:
		return err
	case !found || !mine(who, t):
		return ErrUnknown
	case !ByHand(t.Kind):
		return ErrAct
	case why != Mended && why != Explained && why != Told:
		return ErrReason.At("why")
	case !t.SettledAt.IsZero():
		return ErrSettled
	}
	return f.Desk.Sit(ctx, who, desk.SettleTrouble, func(s *desk.Sitting) error {
		s.About(string(id), 1, "kind", t.Kind, "subject", t.Subject, "why", why)
		return trouble.Settle(ctx, s.Tx, t.Kind, []string{t.Subject}, who.ID, s.ID)
	})
}

func mine(who desk.Actor, t trouble.Trouble) bool {
	switch who.Role {
	case desk.Centre:
		return who.City == t.City
	case desk.Banker:
		return t.OwnerKind == ref.HeldByBank && t.Owner == who.Org
	case desk.Clerk:
		return t.OwnerKind == ref.HeldByOutlet && t.Owner == who.Place
	}
	return false
}
