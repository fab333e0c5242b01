package chart

import (
	"fmt"
	"html/template"
	"unicode/utf8"
)

// Tile is one district, placed roughly where it lies. Label is what is left, in words.
type Tile struct {
	Name, Label string
	Col, Row    int
	Percent     float64
	Href        string
}

// Tiles is a map of equal tiles: every district is as easy to see as the largest.
func Tiles(d Head, tiles []Tile) template.HTML {
	const cw = 112.0
	cols, rows, ch, row := 1, 1, 92.0, 0.0
	for _, t := range tiles {
		cols, rows = max(cols, t.Col+1), max(rows, t.Row+1)
		if utf8.RuneCountInString(t.Name) > 4 { // the name and the share do not fit side by side
			ch, row = 114, 22
		}
	}
	wide := max(cols, 4) // a few districts are centred, not blown up
	left := float64(wide-cols) * cw / 2
	s := begin(float64(wide)*cw, float64(rows)*ch, d)
	for _, t := range tiles {
		x, y := left+float64(t.Col)*cw, float64(t.Row)*ch
		ground, ink := shade(int((t.Percent - 40) / 10))
		stop := s.link(t.Href)
		s.add(`<g><title>%s %.1f%% · %s</title><rect class="%s" x="%g" y="%g" width="%g" height="%g" rx="8"/>`, esc(t.Name), t.Percent, esc(t.Label), ground, x, y, cw-6, ch-6)
		s.text(x+10, y+26, ink+" t13", "start", t.Name)
		s.text(x+cw-16, y+27+row, ink+" t17", "end", fmt.Sprintf("%.0f%%", t.Percent))
		s.text(x+10, y+48+row, ink+" t12", "start", t.Label)
		s.add(`<rect class="fillbed" x="%g" y="%g" width="%g" height="5" rx="2.5"/><rect class="fillbar" x="%g" y="%g" width="%.1f" height="5" rx="2.5"/></g>`,
			x+10, y+66+row, cw-26, x+10, y+66+row, (cw-26)*max(0, min(100, t.Percent))/100)
		stop()
	}
	return s.end()
}
