package roster

import "kawu/kit/fault"

// Stored is what the rooms know of the person of one entry. Its zero value is a person who may go on.
type Stored struct {
	Unknown      bool   // no insured person has this number; then nothing else is known
	OtherBatch   string // number of another open application that holds the person
	HoldsThird   bool   // has a third-generation card, enabled or not
	OutsidePilot bool   // insured in a district where the notice has not begun
	NotInService bool   // insured by another employer, or by none
}

// faults are all reasons at once, so that nobody learns of the second after mending the first.
func (s Stored) faults() []*fault.Fault {
	if s.Unknown {
		return []*fault.Fault{Unknown}
	}
	var out []*fault.Fault
	if s.OtherBatch != "" {
		out = append(out, with(InOtherBatch, "batch", s.OtherBatch))
	}
	for _, x := range []struct {
		is bool
		f  *fault.Fault
	}{{s.HoldsThird, HoldsThird}, {s.OutsidePilot, OutsidePilot}, {s.NotInService, NotInService}} {
		if x.is {
			out = append(out, x.f)
		}
	}
	return out
}

// Against moves the entries that stored facts refuse to the problems. facts are by line; a line
// that is not there has nothing against it.
func (r *Result) Against(facts map[int]Stored) {
	kept := r.Entries[:0]
	for _, e := range r.Entries {
		reasons := facts[e.Line].faults()
		for _, f := range reasons {
			r.Problems = append(r.Problems, Problem{e.Line, r.Info.Columns["id"], f})
		}
		if len(reasons) == 0 {
			kept = append(kept, e)
		} else {
			r.Out = append(r.Out, e)
		}
	}
	r.Entries = kept
	r.sort()
}
