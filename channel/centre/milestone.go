package centre

import (
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// mostEvents is how many coming events are shown.
const mostEvents = 12

// events are what happens from today on, the next first: editions take effect, windows open and
// close, steps begin, targets and acceptances end.
func events(city *policy.City, now time.Time) []Event {
	today := term.DateOf(now)
	var out []Event
	add := func(day term.Date, e *policy.Edition, tone web.Tone, key string, say notice.Text) {
		if day < today || city.On(day.Time()) != e && key != "centre.event.effect" {
			return // past, or another edition answers on that day
		}
		x := Event{Day: day.Time(), Left: int(day - today), Working: -1, Tag: web.Tag{Tone: tone, Said: web.Say(key)}, What: web.Text(say), Edition: e.ID}
		if n, err := cal.Between(clock.Day(now), x.Day, cal.Working); err == nil {
			x.Working = n
		}
		out = append(out, x)
	}
	for _, e := range city.Editions() {
		add(e.InForce.From, e, web.Info, "centre.event.effect", e.Name)
		if e.InForce.To != 0 {
			add(e.InForce.To, e, web.Watch, "centre.event.last", e.Name)
		}
		for _, w := range e.Windows {
			add(w.From, e, web.Good, "centre.event.opens", w.Say)
			if w.To != 0 {
				add(w.To, e, web.Watch, "centre.event.closes", w.Say)
			}
		}
		for _, s := range e.Plan {
			add(s.From, e, web.Info, "centre.event.plan", s.Say)
		}
		for _, t := range e.Targets {
			add(t.By, e, web.Watch, "centre.event.target", t.Say)
		}
		for _, a := range e.Acceptance {
			if a.To != 0 {
				add(a.To, e, web.Watch, "centre.event.acceptance", a.Say)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Event) int { return a.Day.Compare(b.Day) })
	return out[:min(len(out), mostEvents)]
}
