package chart

import (
	"fmt"
	"html/template"
	"math"
)

// Bar is one stage of a funnel. Label is N as people read it.
type Bar struct {
	Name, Label string
	N           int
	Href        string
}

// Funnel draws bars with the rate from step to step beside them: it shows where people are lost,
// which a trapezoid hides. Rates below low percent are marked.
func Funnel(d Head, bars []Bar, low float64) template.HTML {
	const w, row, left, width = 640.0, 44.0, 104.0, 394.0
	s := begin(w, row*float64(len(bars))+4, d)
	for i, b := range bars {
		y, n := float64(i)*row, 3.0
		if bars[0].N > 0 {
			n = math.Max(n, width*math.Min(1, float64(b.N)/float64(bars[0].N)))
		}
		ground, _ := shade(5 - (i+2)/3)
		stop := s.link(b.Href)
		s.text(0, y+21, "", "start", b.Name)
		s.add(`<rect class="track" x="%g" y="%g" width="%g" height="26" rx="4"/>`, left, y+3, width)
		s.add(`<rect class="%s" x="%g" y="%g" width="%.1f" height="26" rx="4"/>`, ground, left, y+3, n)
		s.text(left+width+12, y+21, "v", "start", b.Label)
		stop()
		if i > 0 && bars[i-1].N > 0 {
			rate, class := 100*float64(b.N)/float64(bars[i-1].N), ""
			if rate < low {
				class = "tbreach"
			}
			s.text(w, y+21, class, "end", fmt.Sprintf("%.1f%%", rate))
		}
	}
	return s.end()
}
