package desk

import (
	"slices"

	"kawu/kit/fault"
)

// Two are two members of staff who do together what one alone may not, by their ids ("stf_a+stf_b").
const Two Role = "two"

// Owner is whoever has the machine: names the first members of staff, before anybody could agree.
const Owner Role = "owner"

// The acts of two, and the roles that each of the two must have. permits gives these acts to Two only.
const (
	HireStaff        Act = "staff.hire"
	EndStaff         Act = "staff.end"
	ResetStaff       Act = "staff.reset"
	DestroyTerminals Act = "terminal.destroy"
	KeepOutlets      Act = "outlet.keep"
)

var pairs = map[Act][]Role{HireStaff: {Centre, Owner}, EndStaff: {Centre, Owner}, ResetStaff: {Centre, Owner}, KeepOutlets: {Centre, Owner}, DestroyTerminals: {Centre}}

// ErrSamePerson is the refusal of one person in the place of two.
var ErrSamePerson = fault.New(fault.Forbidden, "desk.same_person", "two different members of staff have to agree; this is one person")

// Together makes the actor of an act of two: ErrSamePerson, and ErrForbidden when one of them may have
// no part in it. Both must have been signed in or have proved themselves before.
func Together(act Act, a, b Actor) (Actor, error) {
	for _, x := range []Actor{a, b} {
		if x.ID == "" || x.District != "" || !slices.Contains(pairs[act], x.Role) {
			return Actor{}, ErrForbidden
		}
	}
	if a.ID == b.ID {
		return Actor{}, ErrSamePerson
	}
	return Actor{Role: Two, ID: a.ID + "+" + b.ID, City: a.City, Org: a.Org, Channel: a.Channel}, nil
}
