package centre

import (
	"strings"
	"time"

	"kawu/channel/web"
)

// First is what happens next; nil when nothing is known.
func (x Campaign) First() *Event {
	if len(x.Events) == 0 {
		return nil
	}
	return &x.Events[0]
}

// Until says how far away an event is, in calendar and in working days.
func (e Event) Until() web.Said {
	switch {
	case e.Left == 0:
		return web.Say("centre.campaign.now")
	case e.Working < 0:
		return web.Say("centre.campaign.in", "n", e.Left)
	}
	return web.Say("centre.campaign.in_working", "n", e.Left, "work", e.Working)
}

// Month is a column's head.
func (x Campaign) Month(first time.Time) string {
	if x.English() {
		return first.Format("Jan")
	}
	return x.T("centre.campaign.month", "m", first.Format("1"))
}

// Year stands above a month where it changes; "" elsewhere.
func (x Campaign) Year(first time.Time) string {
	if first.Month() == time.January || first.Equal(x.Months[0].First) {
		return first.Format("2006")
	}
	return ""
}

// Names lists channels.
func (x Campaign) Names(list []web.Text) string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.In(x.Lang)
	}
	if x.English() {
		return strings.Join(out, "; ")
	}
	return strings.Join(out, "、")
}

// Bar says one bar to those who point at it or do not see it.
func (x Campaign) Bar(b MonthBar) string {
	return x.T("centre.campaign.bar", "span", x.Span(b), "channels", x.Names(b.Channels))
}

// Span says from when to when.
func (x Campaign) Span(b MonthBar) string {
	if b.To.IsZero() {
		return x.T("centre.campaign.since", "from", x.Date(b.From))
	}
	return x.Date(b.From) + " – " + x.Date(b.To)
}

// Note is one span of a group, in words below the chart.
type Note struct {
	Group web.Text
	MonthBar
}

// Notes are all spans shown, group by group.
func (x Campaign) Notes() []Note {
	var out []Note
	for _, g := range x.Groups {
		for _, c := range g.Cells {
			for _, b := range c.Bars {
				if n := len(out); n > 0 && out[n-1].Group == g.Name && out[n-1].From.Equal(b.From) {
					continue // the same span in the next month
				}
				out = append(out, Note{g.Name, b})
			}
		}
	}
	return out
}
