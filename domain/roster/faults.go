package roster

import "kawu/kit/fault"

// The faults that only a list can have, or only stored facts can tell. first counts lines, batch is
// the number of an application.
var (
	Duplicate = fault.New(fault.Invalid, "roster.duplicate", "the same identity number stands in line {first}")
	Conflict  = fault.New(fault.Invalid, "roster.conflict", "the same identity number stands in line {first} with another name")

	InOtherBatch = fault.New(fault.Refused, "roster.in_other_batch", "this person is in another open application, {batch}")
	HoldsThird   = fault.New(fault.Refused, "roster.holds_third_generation", "this person holds a third-generation card already")
	OutsidePilot = fault.New(fault.Refused, "roster.outside_pilot", "this person is not insured in one of the districts where it has begun")
	NotInService = fault.New(fault.Refused, "roster.not_in_service", "this person is not in this employer's service")
	Unknown      = fault.New(fault.Refused, "roster.unknown_person", "there is no insured person with this identity number")
)
