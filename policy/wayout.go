package policy

import (
	"slices"

	"kawu/policy/term"
)

// Instead is the way out of a refusal: what the rest of the decision describes. It is the same matter
// by another channel; the same channel, where the paper or the bank was wrong, where the day of expiry
// was not told, or where the card has to be reported lost first; or the matter that the refusal advises.
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

// out finds the way out of a refusal: first for the matter asked about, then for the one advised, then
// for the matter asked about once what is missing is there.
func (q *question) out() wayOut {
	if q.chosen != nil && !q.refused { // the paper or the bank was wrong
		return wayOut{q.e.propose(q), &Instead{q.reason, q.channel}, q.chosen}
	}
	if w := q.way(q.reason, false); w.instead != nil {
		return w
	}
	if w := q.way(q.instead, true); w.instead != nil {
		return w
	}
	return q.way(q.reason, true)
}

// way is what is open for a matter: by the channel asked for, or else by the one advised first.
func (q *question) way(r term.Reason, advising bool) wayOut {
	x := question{e: q.e, p: q.p, reason: r, channel: q.channel, day: q.day, advising: advising}
	x.look()
	l := q.e.propose(&x)
	open := l.List()
	if len(open) == 0 {
		return wayOut{}
	}
	if !slices.Contains(open, q.channel) {
		x = question{e: q.e, p: q.p, reason: r, channel: open[0], day: q.day, advising: advising}
		x.look()
	}
	return wayOut{l, &Instead{r, x.channel}, x.chosen}
}
