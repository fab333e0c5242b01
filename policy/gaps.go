package policy

import (
	"fmt"
	"slices"

	"kawu/kit/region"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// checkRoutes looks at what routes mean together: gaps, overlaps, routes that can never be taken.
func (e *Edition) checkRoutes() notice.Findings {
	out := e.gaps()
	for i := range e.routes {
		for j := range i {
			a, b := &e.routes[j], &e.routes[i]
			if a.overlaps(b) && !slices.Contains(a.Before, b.ID) {
				out = append(out, e.Find(fmt.Sprintf("routes[%d]", i), b.ID, "overlap", "other", a.ID))
			}
		}
	}
	return out
}

// overlaps says whether one person on one day could take both routes for one reason and channel.
func (r *Route) overlaps(s *Route) bool {
	if r.reasons&s.reasons == 0 || r.channels&s.channels == 0 || r.who.apart(s.who) {
		return false
	}
	if r.window != nil && s.window != nil && !meet(r.window, s.window) {
		return false
	}
	for _, n := range r.needs {
		for _, m := range s.needs {
			if n.apart(&m) {
				return false
			}
		}
	}
	return true
}

func meet(w, v *notice.Window) bool {
	return (w.To == 0 || v.From <= w.To) && (v.To == 0 || w.From <= v.To)
}

func (n *need) apart(m *need) bool {
	if n.SchoolNotice != nil && m.SchoolNotice != nil {
		return *n.SchoolNotice != *m.SchoolNotice
	}
	return !n.states.Meets(m.states)
}

// gaps: on every day of the campaign each of its groups has an open channel. Only days on which a
// window begins or has just ended can differ from the day before. For the days before the edition
// is in force, the one before it answers: a campaign may run through several editions.
func (e *Edition) gaps() (out notice.Findings) {
	if e.Campaign == nil {
		return nil
	}
	w := e.Window(e.Campaign.Window)
	for i, g := range e.Campaign.Groups {
		for _, day := range e.turningDays(w) {
			if district, ok := e.stranded(g, day); ok {
				out = append(out, e.Find(fmt.Sprintf("campaign.groups[%d]", i), w.ID, "gap",
					"group", g.String(), "date", day, "district", district))
				break
			}
		}
	}
	return out
}

// stranded says whether somebody of the group finds no channel on the day, and in which district.
func (e *Edition) stranded(g term.Group, day term.Date) (region.Code, bool) {
	districts := e.PilotDistricts()
	if len(districts) == 0 {
		districts = e.city.City.Districts
	}
	for _, d := range districts {
		p := Person{Group: g, Household: term.LocalHousehold, District: d.Code, Age: UsualAge(g), Lives: term.LivesHere, CardState: term.Normal}
		q := question{e: e, p: &p, reason: term.CampaignReason, day: day}
		if q.look(); q.open&^e.onRequest == 0 {
			return d.Code, true
		}
	}
	return "", false
}

func (e *Edition) turningDays(w *notice.Window) []term.Date {
	first := max(w.From, e.InForce.From)
	days := []term.Date{first}
	for i := range e.Windows {
		for _, d := range []term.Date{e.Windows[i].From, e.Windows[i].To + 1} {
			if w.Has(d) && d > first {
				days = append(days, d)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
