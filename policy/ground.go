package policy

import (
	"slices"

	"kawu/policy/notice"
	"kawu/policy/term"
)

// grounds says why not. There is always one.
func (q *question) grounds() []notice.Ground {
	var out []notice.Ground
	for _, c := range q.causes() {
		out = append(out, c.Grounds()...)
	}
	return out
}

// causes lists the clauses that refuse, the most telling first.
func (q *question) causes() []*notice.Clause {
	e := q.e
	switch {
	case !e.InForce.Has(q.day):
		return []*notice.Clause{&e.InForce.Clause}
	case !q.eligible():
		return []*notice.Clause{&e.eligible.lacks(q.p).Clause}
	case q.refused:
		return q.refusals()
	case q.chosen != nil:
		return q.papers()
	case q.missed != nil:
		return q.misses()
	}
	return q.strangers()
}

// refusals are the clauses that close the channel; somebody for whom the reason is open by no
// channel at all is also told who it is for, unless one of them does.
func (q *question) refusals() (out []*notice.Clause) {
	told := false
	for i := range q.e.refusals {
		if f := &q.e.refusals[i]; f.channels.Has(q.channel) && f.fits(q) {
			out, told = append(out, &f.Clause), told || f.who != nil
		}
	}
	if q.mine == nil && q.open == 0 && !told {
		for i := range q.e.routes {
			if r := &q.e.routes[i]; r.reasons.Has(q.reason) {
				return append(out, &r.who.lacks(q.p).Clause)
			}
		}
	}
	return out
}

func (q *question) papers() (out []*notice.Clause) {
	if c := q.chosen.paper(q.p); c != nil {
		out = append(out, c)
	}
	if c := q.chosen.bank(q.p); c != nil {
		out = append(out, c)
	}
	return out
}

func (q *question) misses() (out []*notice.Clause) {
	r := q.missed
	if w := r.window; w != nil && !w.Has(q.day) {
		out = append(out, &w.Clause)
		if c := q.e.Campaign; c != nil && q.reason == term.CampaignReason && c.Window != w.ID {
			if all := q.e.Window(c.Window); !all.Has(q.day) {
				out = append(out, &all.Clause)
			}
		}
	}
	if n := r.need(q); n != nil {
		out = append(out, &n.Clause)
	}
	return out
}

// strangers: no route by this channel is for this person. Their own route is named, with its time when
// that is not now, and whom the channel is for.
func (q *question) strangers() (out []*notice.Clause) {
	if own := q.own(); own != nil {
		out = append(out, &own.Clause)
		if w := own.window; w != nil && !w.Has(q.day) {
			out = append(out, &w.Clause)
		}
	}
	if q.stranger != nil {
		out = append(out, &q.stranger.who.lacks(q.p).Clause)
	}
	if len(out) == 0 {
		out = append(out, &q.e.Otherwise)
	}
	return out
}

// own is the person's own route: the one that is advised today before one that is not open.
func (q *question) own() *Route {
	if q.offered != nil {
		return q.out().route
	}
	return q.mine
}

// fits says whether the refusal is about this person, reason and day; the channel is not asked.
func (f *refusal) fits(q *question) bool {
	return f.reasons.Allows(q.reason) && !(f.asksCard && q.p.Holds == 0 && !q.p.HasCard) &&
		(f.who == nil || f.who.has(q.p)) &&
		(f.window == nil || f.window.Has(q.day)) &&
		(f.states == 0 || f.states.Has(q.p.CardState))
}

// need is the first need of the route that is not met.
func (r *Route) need(q *question) *need {
	for i := range r.needs {
		if n := &r.needs[i]; !n.met(q.p, q.day) && !(q.advising && n.mayBe(q.p)) {
			return n
		}
	}
	return nil
}

// mayBe says whether a need may be met after all: the day of expiry was not told, or the person only has
// to report the card lost.
func (n *need) mayBe(p *Person) bool {
	if n.BeforeExpiry != nil {
		return p.Expires == 0
	}
	return n.states.Has(term.FormalLoss) && (p.CardState == term.Normal || p.CardState == term.TemporaryLoss)
}

func (n *need) met(p *Person, day term.Date) bool {
	switch {
	case n.SchoolNotice != nil:
		return p.SchoolNotified == *n.SchoolNotice
	case n.BeforeExpiry != nil:
		return p.Expires != 0 && day >= p.Expires-term.Date(*n.BeforeExpiry)
	}
	return n.states.Has(p.CardState)
}

// sooner says whether the route's window helps sooner than another's: open now, else still to come,
// the nearest first, else over, the last first.
func (r *Route) sooner(s *Route, day term.Date) bool {
	a, over := r.wait(day)
	b, gone := s.wait(day)
	if over != gone {
		return gone
	}
	return a < b
}

// wait is how many days the route's window is away, and whether it is over.
func (r *Route) wait(day term.Date) (days term.Date, over bool) {
	w := r.window
	switch {
	case w == nil || w.Has(day):
		return 0, false
	case day < w.From:
		return w.From - day, false
	}
	return day - w.To, true
}

// paper is the clause about the document, when the one shown is not taken.
func (r *Route) paper(p *Person) *notice.Clause {
	if p.Document == "" {
		return nil
	}
	for _, code := range r.documents.Pick(p.Group, p.Age) {
		if code == p.Document {
			return nil
		}
	}
	for _, d := range r.papers {
		if d.ID == p.Document && len(d.Rules) > 0 {
			return &d.Clause // taken from others, not from this person
		}
	}
	return &r.papers[0].Clause
}

// bank is the clause about the banks, when the one named is not among them.
func (r *Route) bank(p *Person) *notice.Clause {
	b := r.banks
	if p.Bank == "" || len(b.Banks) == 0 || slices.Contains(b.Banks, p.Bank) {
		return nil
	}
	return &b.Clause
}
