// Package confirm is the employee's own step: confirm, correct or decline (职工确认).
//
// The person comes to the site with a code from the message (never by a link, BJ-45), sees what
// the employer wrote and which bank it chose, and answers. The answer is the consent to the bank
// account (BJ-10): without it nothing goes on. Name and number are decided by the register, so
// they are not corrected here; the person declines, says why, and the employer mends the roster.
package confirm

import (
	"context"
	"strings"

	"kawu/domain/application"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/phone"
	"kawu/kit/state"
)

// Flow is the step.
type Flow struct {
	Desk *desk.Desk
}

// ErrAddress is the refusal of a mailed card without an address.
var ErrAddress = fault.New(fault.Invalid, "confirm.address", "write the full address where the courier can find you: district, road, number, room")

// Find opens the application of a code. last4 are the last four characters of the identity number:
// a code read over a shoulder opens nothing by itself.
func (f *Flow) Find(ctx context.Context, code, last4 string) (application.Application, error) {
	return application.ByCode(ctx, f.Desk.DB, strings.TrimSpace(code), strings.TrimSpace(last4), f.Desk.Clock.Now())
}

// Answer is what a person says. Empty fields keep what is there.
type Answer struct {
	Application ref.Application
	Mobile      phone.Number
	Address     string
}

// Confirm stores a person's confirmation, with corrections of mobile and address.
func (f *Flow) Confirm(ctx context.Context, who desk.Actor, a Answer) error {
	return f.ConfirmAll(ctx, who, []Answer{a})
}

// ConfirmAll is Confirm for a set; the counter and imports from other channels use it.
func (f *Flow) ConfirmAll(ctx context.Context, who desk.Actor, all []Answer) error {
	ids := make([]ref.Application, len(all))
	for i, a := range all {
		ids[i] = a.Application
	}
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	if len(apps) != len(all) {
		return application.ErrUnknown
	}
	byID := make(map[ref.Application]application.Application, len(apps))
	for _, a := range apps {
		byID[a.ID] = a
	}
	confirmed := make([]application.Confirmation, len(all))
	for i, a := range all {
		c, err := confirmation(byID[a.Application], a)
		if err != nil {
			return err
		}
		confirmed[i] = c
	}
	return f.Desk.Sit(ctx, who, desk.ConfirmData, func(s *desk.Sitting) error {
		s.About(string(ids[0]), len(ids))
		if err := state.Apply(ctx, s.Tx, application.Cycle, "confirm", ids, s.ID); err != nil {
			return err
		}
		for _, c := range confirmed {
			if old := byID[c.Application]; c.Mobile != old.Mobile { // rare, and only for those who corrected it
				if err := person.SetMobile(ctx, s.Tx, old.Person, c.Mobile); err != nil {
					return err
				}
			}
		}
		return application.SetConfirmed(ctx, s.Tx, confirmed)
	})
}

func confirmation(old application.Application, a Answer) (application.Confirmation, error) {
	c := application.Confirmation{Application: old.ID, Name: old.Name, Mobile: old.Mobile, Address: old.Address}
	if a.Mobile != "" && a.Mobile != old.Mobile {
		c.Mobile, c.Corrected = a.Mobile, true
	}
	if a.Address != "" && a.Address != old.Address {
		c.Corrected = c.Corrected || old.Address != ""
		c.Address = a.Address
	}
	if old.Mode == application.Mail && len([]rune(c.Address)) < 6 {
		return c, ErrAddress.At("address")
	}
	return c, nil
}

// Decline takes a person off the collective application; the old card keeps working.
func (f *Flow) Decline(ctx context.Context, who desk.Actor, id ref.Application, reason string) error {
	return f.Desk.Sit(ctx, who, desk.DeclineData, func(s *desk.Sitting) error {
		s.About(string(id), 1, "reason", reason)
		set := []ref.Application{id}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "decline", set, s.ID); err != nil {
			return err
		}
		return application.Close(ctx, s.Tx, set)
	})
}
