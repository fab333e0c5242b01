package policy

import (
	"slices"
	"time"

	"kawu/policy/promise"
	"kawu/policy/term"
)

// Decide says whether this person may ask for this reason by this channel on this day, and with
// what. The day is taken in clock.Zone. cal may be nil; then due dates in working days stay unknown.
func (e *Edition) Decide(p *Person, r term.Reason, c term.Channel, on time.Time, cal Calendar) Decision {
	q := question{e: e, p: p, reason: r, channel: c, day: term.DateOf(on)}
	q.look()
	d := Decision{City: e.city.ID, Edition: e.ID, On: q.day, Allowed: q.allowed(), Hotlines: e.numbers(p.Bank)}
	if d.Allowed {
		d.Because, d.Offered = q.chosen.grounds, e.propose(&q)
		e.fill(&d, q.chosen, p, cal)
		return d
	}
	d.Because = q.grounds()
	w := q.out()
	if w.route != nil { // what it still asks for: the day of expiry, the report of a loss
		if n := w.route.need(&q); n != nil && !slices.Contains(d.Because, n.Grounds()[0]) {
			d.Because = append(d.Because, n.Grounds()...)
		}
	}
	d.Offered, d.Instead = w.channels, w.instead
	e.fill(&d, w.route, p, cal)
	return d
}

// propose lists the open channels in the order of the edition's advice. Those that are open on
// request are listed only to somebody who asked for one.
func (e *Edition) propose(q *question) term.ChannelList {
	l := term.ChannelList{Set: q.open}
	if e.Advice == nil {
		return l
	}
	if l.Order = e.Advice.Normal; q.p.Urgent {
		l.Order = e.Advice.Urgent
	}
	if e.onRequest.Has(q.channel) {
		l.Order = term.Channels
	} else {
		l.Set &^= e.onRequest
	}
	return l
}

// fill tells what the route gives; nothing where there is none.
func (e *Edition) fill(d *Decision, r *Route, p *Person, cal Calendar) {
	if d.route = r; r == nil {
		d.Banks, d.PhotoSources, d.Documents, d.Delivery = none, none, none, []Handover{}
		return
	}
	d.Banks = r.bankNames
	d.BankChosenBy = r.banks.ChosenBy
	d.BankDefault = r.suggest(p)
	d.PhotoSources = r.photos.Pick(p.Group, p.Age)
	d.Documents = r.documents.Pick(p.Group, p.Age)
	d.Promise = promise.By(r.promise, d.On, cal)
	d.Delivery = r.handovers
	d.Activation = &r.offer.switches
	d.OldCard = &r.offer.oldCard
	d.FeeFen = &r.fee.Fen
	d.Product = r.product.ID
}

// none is a list of nothing that is written as one.
var none = []string{}

// question is one run through an edition.
type question struct {
	e       *Edition
	p       *Person
	reason  term.Reason
	channel term.Channel
	day     term.Date

	open     term.Set[term.Channel] // open to this person today
	closed   term.Set[term.Channel] // closed to this person today by refusals
	refused  bool                   // a refusal closes the channel asked for
	instead  term.Reason
	chosen   *Route // the first that fits
	offered  *Route // the first that fits by any channel
	missed   *Route // fits but for its window or its needs; one that still comes before one that is over
	mine     *Route // is for this person, by another channel
	stranger *Route // is by this channel, for others
	advising bool   // only channels are wanted; a need whose fact was not told is left to be seen
}

func (q *question) look() {
	if !q.e.InForce.Has(q.day) || !q.eligible() {
		return
	}
	for i := range q.e.refusals {
		if f := &q.e.refusals[i]; f.fits(q) {
			q.closed |= f.channels
			if f.channels.Has(q.channel) {
				q.refused = true
				if f.Instead != 0 {
					q.instead = f.Instead
				}
			}
		}
	}
	for i := range q.e.routes {
		q.weigh(&q.e.routes[i])
	}
	q.open &^= q.closed
}

func (q *question) eligible() bool {
	return q.e.eligible == nil || q.e.eligible.has(q.p)
}

func (q *question) weigh(r *Route) {
	if !r.reasons.Has(q.reason) {
		return
	}
	here := r.channels.Has(q.channel)
	if !r.who.has(q.p) {
		if here && q.stranger == nil {
			q.stranger = r
		}
		return
	}
	if (r.window == nil || r.window.Has(q.day)) && r.need(q) == nil {
		q.open |= r.channels
		if q.offered == nil && r.channels&^q.closed != 0 {
			q.offered = r
		}
		if here && q.chosen == nil {
			q.chosen = r
		}
	} else if here {
		if q.missed == nil || r.sooner(q.missed, q.day) {
			q.missed = r
		}
	}
	if q.mine == nil {
		q.mine = r
	}
}

func (q *question) allowed() bool {
	return q.chosen != nil && !q.refused && q.chosen.paper(q.p) == nil && q.chosen.bank(q.p) == nil
}
