package chart

import "html/template"

// Day is one square of a calendar. Label stands in it ("92%", "full", "closed"), Full says it all.
type Day struct {
	Date, Label, Full string
	Weekday           int // 0 = Monday
	Week              int // column
	Level             int // 0 empty to 5 full
	Today             bool
}

// Calendar is a heat map of weeks by weekdays.
func Calendar(d Head, days []Day, weekdays [7]string) template.HTML {
	const cw, ch, left, top = 100.0, 42.0, 38.0, 2.0
	weeks := 1
	for _, x := range days {
		weeks = max(weeks, x.Week+1)
	}
	s := begin(left+float64(weeks)*cw, top+7*ch, d)
	for i, n := range weekdays {
		s.text(0, top+float64(i)*ch+23, "", "start", n)
	}
	for _, x := range days {
		px, py := left+float64(x.Week)*cw, top+float64(x.Weekday)*ch
		ground, ink := shade(x.Level)
		s.add(`<g><title>%s</title><rect class="%s" x="%g" y="%g" width="%g" height="%g" rx="5"/>`, esc(x.Full), ground, px, py, cw-5, ch-5)
		if x.Today {
			s.add(`<rect class="today" x="%g" y="%g" width="%g" height="%g" rx="6"/>`, px-1, py-1, cw-3, ch-3)
		}
		s.text(px+8, py+23.5, ink+" t11", "start", x.Date)
		s.text(px+cw-13, py+23.5, ink+" t6", "end", x.Label)
		s.add(`</g>`)
	}
	return s.end()
}
