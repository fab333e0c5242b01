package policy

import (
	"slices"

	"kawu/policy/notice"
	"kawu/policy/term"
)

// Span is a run of days on which a group finds the same channels for the exchange campaign.
type Span struct {
	From, To term.Date
	Edition  string
	Channels []term.Channel // in the order of the edition's advice
	Partly   bool           // in some districts only
	School   bool           // only after the school's notice
}

// Spans says by which channels somebody usual of a group can take part in the exchange campaign, from
// a day to a day; days without any are left out. It asks the editions what they decide, and only on
// days on which something may change.
func (c *City) Spans(g term.Group, from, to term.Date) []Span {
	var out []Span
	days := c.turning(from, to)
	for i, day := range days {
		last := to
		if i+1 < len(days) {
			last = days[i+1] - 1
		}
		s := c.span(g, day)
		if s.To = last; len(s.Channels) == 0 {
			continue
		}
		if n := len(out); n > 0 && out[n-1].To+1 == s.From && out[n-1].same(s) {
			out[n-1].To = last
			continue
		}
		out = append(out, s)
	}
	return out
}

func (s Span) same(t Span) bool {
	return s.Edition == t.Edition && s.Partly == t.Partly && s.School == t.School && slices.Equal(s.Channels, t.Channels)
}

// turning are the days on which the answer may differ from the day before.
func (c *City) turning(from, to term.Date) []term.Date {
	days := []term.Date{from}
	add := func(w *notice.Window) {
		days = append(days, w.From)
		if w.To != 0 {
			days = append(days, w.To+1)
		}
	}
	for _, e := range c.editions {
		add(&e.InForce)
		for i := range e.Windows {
			add(&e.Windows[i])
		}
	}
	days = slices.DeleteFunc(days, func(d term.Date) bool { return d < from || d > to })
	slices.Sort(days)
	return slices.Compact(days)
}

// span is what one day offers.
func (c *City) span(g term.Group, day term.Date) Span {
	e := c.On(day.Time())
	s := Span{From: day, Edition: e.ID}
	told, districts := e.openTo(g, day, true)
	untold, _ := e.openTo(g, day, false)
	s.School, s.Partly = told != untold, districts < len(c.Districts)
	l := term.ChannelList{Set: told}
	if e.Advice != nil {
		l.Order = e.Advice.Normal
	}
	s.Channels = l.List()
	return s
}

// openTo are the channels open to somebody usual of a group anywhere in the city, and in how many
// districts there is one. told: the school has sent its notice.
func (e *Edition) openTo(g term.Group, day term.Date, told bool) (open term.Set[term.Channel], districts int) {
	for _, d := range e.city.Districts {
		p := Person{Group: g, Household: term.LocalHousehold, District: d.Code, Age: UsualAge(g), Lives: term.LivesHere,
			CardState: term.Normal, SchoolNotified: told}
		q := question{e: e, p: &p, reason: term.CampaignReason, day: day}
		if q.look(); q.open&^e.onRequest != 0 {
			districts++
		}
		open |= q.open &^ e.onRequest
	}
	return open, districts
}
