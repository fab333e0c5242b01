package guide

import (
	"slices"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
	"kawu/policy/term"
)

// Answer is what the edition says to somebody about everything that was told.
type Answer struct {
	Ways    []Way             // open today, the one advised first in front
	Shut    []Shut            // not open today
	Urgent  term.Channel      // advised first when the card is needed at once; 0: the first way is as fast
	Instead term.Reason       // nothing is open, but this would be; 0: nothing
	Opens   term.Date         // nothing is open before this day; 0: something is, or no day is known
	Plan    []notice.PlanStep // what the edition announces for these people

	Meanwhile []tell.Line // nothing is open to somebody with a card: how long that one works
}

// Way is a route that is open, with the channels that lead to it.
type Way struct {
	Channels []term.Channel
	policy.Explanation
}

// Shut is a list of channels that are closed for the same reason.
type Shut struct {
	Channels []term.Channel
	Because  []tell.Line
	Opens    term.Date // the first day on which one of them opens to this person; 0: none is known
}

// Answer answers once there is nothing more to ask.
func (g *Guide) Answer(s Stand) Answer {
	var a Answer
	for _, c := range g.channels() {
		if x := g.Edition.Explain(&s.Person, s.Reason, c, g.on, g.cal); x.Allowed {
			a.open(c, x)
		} else {
			g.shut(&a, &s, c, x)
		}
	}
	if len(a.Ways) > 0 {
		a.Instead = 0
		a.plain()
		a.Urgent = g.urgent(&s, a.Ways)
	} else {
		for _, x := range a.Shut {
			if x.Opens != 0 && (a.Opens == 0 || x.Opens < a.Opens) {
				a.Opens = x.Opens
			}
		}
		a.Plan, a.Meanwhile = g.plan(&s), g.meanwhile(&s)
	}
	return a
}

// meanwhile is what becomes of the card held, for those who wanted another in its place: as the first
// route for their matter has it, or else the first of all.
func (g *Guide) meanwhile(s *Stand) []tell.Line {
	if s.Reason != term.CampaignReason && s.Reason != term.Renew {
		return nil
	}
	e := g.Edition
	route := &e.Routes[max(0, slices.IndexFunc(e.Routes, func(r notice.Route) bool { return slices.Contains(r.Reasons, s.Reason) }))]
	return tell.Grounds(notice.ByID(e.OldCards, route.OldCard).Grounds())
}

// open adds a channel to the way of its route.
func (a *Answer) open(c term.Channel, x policy.Explanation) {
	for i := range a.Ways {
		if a.Ways[i].Route() == x.Route() {
			a.Ways[i].Channels = append(a.Ways[i].Channels, c)
			return
		}
	}
	a.Ways = append(a.Ways, Way{[]term.Channel{c}, x})
}

// shut adds a channel to those that are closed for the same reason and until the same day.
func (g *Guide) shut(a *Answer, s *Stand, c term.Channel, x policy.Explanation) {
	because, opens := tell.Grounds(x.Because), g.opens(&s.Person, s.Reason, c)
	if w := x.Instead; w != nil && w.Reason != s.Reason {
		a.Instead = w.Reason
	}
	for i := range a.Shut {
		if b := &a.Shut[i]; b.Opens == opens && slices.Equal(b.Because, because) {
			b.Channels = append(b.Channels, c)
			return
		}
	}
	a.Shut = append(a.Shut, Shut{[]term.Channel{c}, because, opens})
}

// plain leaves out of the reasons why a channel is closed that another one is open: the ways say so.
// Nothing may be left; then the notice just does not open the channel.
func (a *Answer) plain() {
	own := func(l tell.Line) bool {
		return slices.ContainsFunc(a.Ways, func(w Way) bool { return w.Route().Say == l.Say })
	}
	var out []Shut
	for _, s := range a.Shut {
		s.Because = slices.DeleteFunc(s.Because, own)
		i := slices.IndexFunc(out, func(b Shut) bool { return b.Opens == s.Opens && slices.Equal(b.Because, s.Because) })
		if i >= 0 {
			out[i].Channels = append(out[i].Channels, s.Channels...)
			continue
		}
		out = append(out, s)
	}
	a.Shut = out
}

// opens is the first later day on which the channel is open to this person. Nothing can change but
// on the first day of an edition or a window, or when the card comes near its end.
func (g *Guide) opens(p *policy.Person, r term.Reason, c term.Channel) term.Date {
	var days []term.Date
	for _, e := range g.city.Editions() {
		days = append(days, e.InForce.From)
		for _, w := range e.Windows {
			days = append(days, w.From)
		}
		for _, n := range e.Needs {
			if n.BeforeExpiry != nil && p.Expires != 0 {
				days = append(days, p.Expires-term.Date(*n.BeforeExpiry))
			}
		}
	}
	slices.Sort(days)
	for _, d := range slices.Compact(days) {
		if d > g.Day() && g.city.On(d.Time()).Decide(p, r, c, d.Time(), nil).Allowed {
			return d
		}
	}
	return 0
}

// urgent is the channel that the advice puts first for somebody in a hurry, when its way is sooner
// done than the first.
func (g *Guide) urgent(s *Stand, ways []Way) term.Channel {
	p := s.Person
	p.Urgent = true
	for _, c := range g.Edition.Decide(&p, s.Reason, ways[0].Channels[0], g.on, nil).Offered.List() {
		i := slices.IndexFunc(ways, func(w Way) bool { return slices.Contains(w.Channels, c) })
		if i >= 0 && ways[i].Promise.Days < ways[0].Promise.Days {
			return c
		}
	}
	return 0
}

// plan is what is announced for the campaign, for this person's group where it was told.
func (g *Guide) plan(s *Stand) (out []notice.PlanStep) {
	if s.Reason != term.CampaignReason {
		return nil
	}
	for _, p := range g.Edition.Plan {
		if s.Person.Group == 0 || slices.Contains(p.Groups, s.Person.Group) {
			out = append(out, p)
		}
	}
	return out
}
