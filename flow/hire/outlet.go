package hire

import (
	"context"
	"strings"

	"kawu/domain/outlet"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// ErrOutlet is the refusal of an outlet that cannot be found by a citizen.
var ErrOutlet = fault.New(fault.Invalid, "hire.outlet", "an outlet needs an id of lower-case letters and digits, a name, an address and a phone")

// Settle enters an outlet where clerks work, or changes it, with the agreement of by as for staff:
// ErrOutlet, ErrBank, ErrMore.
func (f *Flow) Settle(ctx context.Context, by []desk.Actor, o outlet.Outlet) error {
	o.City = f.City
	var bad fault.List
	if !loginForm.MatchString(strings.ReplaceAll(string(o.ID), "_", "-")) || o.Name == "" || o.Address == "" || o.Phone == "" {
		bad.Add("outlet", ErrOutlet)
	}
	if o.Kind != outlet.Community && !f.Bank(string(o.Bank)) {
		bad.Add("bank", ErrBank)
	}
	if err := bad.Err(); err != nil {
		return err
	}
	return f.sit(ctx, desk.KeepOutlets, by, func(s *desk.Sitting) error {
		s.About(string(o.ID), 1, "kind", o.Kind, "bank", o.Bank, "agreed", len(by))
		return outlet.Put(ctx, s.Tx, []outlet.Outlet{o})
	})
}
