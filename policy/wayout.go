package policy

import (
	"time"

	"kawu/policy/notice"
	"kawu/policy/term"
)

// Instead is the way out of a refusal: what the rest of the decision describes. It is the same matter
// by another channel; the same channel, where only the paper or the bank was wrong; or the matter
// that the refusal advises.
type Instead struct {
	Reason  term.Reason  `json:"reason"`
	Channel term.Channel `json:"channel"`
}

// wayOut is what somebody who is refused can do today; empty when that is nothing.
type wayOut struct {
	channels term.ChannelList
	instead  *Instead
	route    *Route
}

// out finds the way out of a refusal: first for the matter asked about, then for the one advised.
func (q *question) out() wayOut {
	if q.chosen != nil && !q.refused { // the paper or the bank was wrong
		return wayOut{q.e.propose(q), &Instead{q.reason, q.channel}, q.chosen}
	}
	for _, r := range []term.Reason{q.reason, q.instead} {
		if r == 0 {
			continue
		}
		way := *q
		if r != q.reason {
			way = question{e: q.e, p: q.p, reason: r, channel: q.channel, day: q.day, advising: true}
			way.look()
		}
		l := q.e.propose(&way)
		if open := l.List(); len(open) > 0 {
			first := question{e: q.e, p: q.p, reason: r, channel: open[0], day: q.day, advising: way.advising}
			first.look()
			return wayOut{l, &Instead{r, open[0]}, first.chosen}
		}
	}
	return wayOut{}
}

// Meanwhile is what becomes of the card held while nothing is open: the clause of the route that is
// nearest to what was asked.
func (e *Edition) Meanwhile(p *Person, r term.Reason, on time.Time) []notice.Ground {
	q := question{e: e, p: p, reason: r, day: term.DateOf(on)}
	q.look()
	return q.nearest().old.Grounds()
}

// nearest is the route of the person, or else of anybody, that comes nearest to the question.
func (q *question) nearest() *Route {
	for _, r := range [...]*Route{q.offered, q.mine} {
		if r != nil {
			return r
		}
	}
	for i := range q.e.routes {
		if r := &q.e.routes[i]; r.reasons.Has(q.reason) {
			return r
		}
	}
	return &q.e.routes[0]
}
