package policy

import (
	"slices"

	"kawu/kit/region"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// City is the city that the edition belongs to.
func (e *Edition) City() *City { return e.city }

// Delivery finds the delivery of a mode; nil when the edition has none. One that is reached only as
// a fallback does not count.
func (e *Edition) Delivery(m term.Mode) *notice.Delivery {
	for i := range e.Deliveries {
		if d := &e.Deliveries[i]; d.Mode == m && !d.Carried {
			return d
		}
	}
	return nil
}

// Banks lists the banks of the edition in the order of its first choice that names any.
func (e *Edition) Banks() []notice.Bank {
	var out []notice.Bank
	for _, choice := range e.BankChoices {
		for _, code := range choice.Banks {
			b, _ := e.city.Bank(string(code))
			out = append(out, b)
		}
		if len(out) > 0 {
			return out
		}
	}
	return out
}

// Bank finds one of the edition's banks by code or name.
func (e *Edition) Bank(s string) (notice.Bank, bool) {
	b, ok := e.city.Bank(s)
	if !ok || !slices.ContainsFunc(e.Banks(), func(x notice.Bank) bool { return x.Code == b.Code }) {
		return notice.Bank{}, false
	}
	return b, true
}

// Promise finds the time limit of the first route for this reason and channel; nil when there is
// none.
func (e *Edition) Promise(r term.Reason, c term.Channel) *notice.Promise {
	if route := e.Route(r, c); route != nil {
		return route.promise
	}
	return nil
}

// Route finds the first route for this reason and channel, whoever it is for; nil when there is none.
func (e *Edition) Route(r term.Reason, c term.Channel) *Route {
	for i := range e.routes {
		if o := &e.routes[i]; o.reasons.Has(r) && o.channels.Has(c) {
			return o
		}
	}
	return nil
}

// PilotDistricts lists the districts of the pilot; none when the edition has no pilot.
func (e *Edition) PilotDistricts() []notice.District {
	var out []notice.District
	if e.pilot == nil {
		return out
	}
	for _, code := range e.pilot.Districts {
		d, _ := e.city.District(code)
		out = append(out, d)
	}
	return out
}

// InPilot says whether the person is one of those for whom the pilot is.
func (e *Edition) InPilot(p *Person) bool { return e.pilot != nil && e.pilot.has(p) }

// InPilotDistrict says whether the division is one of the pilot's districts.
func (e *Edition) InPilotDistrict(c region.Code) bool {
	return e.pilot != nil && e.pilot.inDistrict(c)
}

// Accepts says whether an operation on a kind of card is accepted at a kind of place on the day.
// The acceptance that decided is returned; nil when the edition does not speak of it, and then it
// is accepted. A gradual end is decided by each institution's own date, so it is accepted here.
func (e *Edition) Accepts(media term.Holds, operation, at string, day term.Date) (bool, *notice.Acceptance) {
	for i := range e.Acceptance {
		a := &e.Acceptance[i]
		if a.Media == media && a.Operation == operation && slices.Contains(a.At, at) {
			return day >= a.From && (a.To == 0 || a.Gradual || day <= a.To), a
		}
	}
	return true, nil
}

// FromPractice says whether a clause comes from practice or a national rule, and so whether the
// city left it open.
func FromPractice(c interface{ Grounds() []notice.Ground }) bool {
	return len(c.Grounds()) == 1 && c.Grounds()[0].Rule == notice.Practice
}
