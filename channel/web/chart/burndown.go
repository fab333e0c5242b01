package chart

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Point is one day of a burn-down. In the future only Ideal counts.
type Point struct {
	Label         string
	Ideal, Actual float64
	Future        bool
}

const bw, bh, bleft, bright, btop, bbottom = 450.0, 300.0, 48.0, 14.0, 16.0, 28.0

// BurnDown compares open cases with the line that meets the promise. behind labels the gap at the
// last day with a figure ("1,264 behind"); "" when there is none.
func BurnDown(d Head, points []Point, behind string) template.HTML {
	if len(points) < 2 {
		return ""
	}
	s := begin(bw, bh, d)
	high, step := scale(points)
	x := func(i int) float64 { return bleft + (bw-bleft-bright)*float64(i)/float64(len(points)-1) }
	y := func(v float64) float64 { return btop + (bh-btop-bbottom)*(1-v/high) }
	for v := 0.0; v <= high; v += step {
		s.add(`<line class="grid" x1="%g" x2="%g" y1="%.1f" y2="%.1f"/>`, bleft, bw-bright, y(v), y(v))
		s.text(bleft-8, y(v)+4, "", "end", group(int(v)))
	}
	last := s.lines(points, x, y)
	for i := 0; i < len(points); i += max(1, (len(points)+4)/5) {
		s.text(x(i), bh-8, "", "middle", points[i].Label)
	}
	end := points[last]
	if behind != "" {
		s.add(`<line class="lbreach" x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f" stroke-width="1.5"/>`, x(last), x(last), y(end.Actual), y(end.Ideal))
		s.text(x(last)+10, (y(end.Actual)+y(end.Ideal))/2+4, "tbreach", "start", behind)
	}
	s.add(`<circle cx="%.1f" cy="%.1f" r="5" class="f1"/>`, x(last), y(end.Actual))
	return s.end()
}

// lines draws the gap, the promised line and the actual one; it gives the index of the last day
// that has come.
func (s *svg) lines(points []Point, x func(int) float64, y func(float64) float64) int {
	var ideal, actual, gap strings.Builder
	last := 0
	for i, p := range points {
		fmt.Fprintf(&ideal, "%s%.1f %.1f", pen(i), x(i), y(p.Ideal))
		if !p.Future {
			fmt.Fprintf(&actual, "%s%.1f %.1f", pen(i), x(i), y(p.Actual))
			last = i
		}
	}
	gap.WriteString(actual.String())
	for i := last; i >= 0; i-- {
		fmt.Fprintf(&gap, "L%.1f %.1f", x(i), y(points[i].Ideal))
	}
	s.add(`<path class="breach" d="%sZ"/><path class="l2" d="%s"/><path class="l1" d="%s"/>`, gap.String(), ideal.String(), actual.String())
	return last
}

// scale is the top of the axis and its step: the finest of 1, 2, 5, 10, 20 … that needs at most 7
// lines above zero.
func scale(points []Point) (high, step float64) {
	for _, p := range points {
		high = math.Max(high, math.Max(p.Ideal, p.Actual))
	}
	step = 1
	for i := 0; high/step > 7; i++ {
		step *= [...]float64{2, 2.5, 2}[i%3]
	}
	return math.Max(step, math.Ceil(high/step)*step), step
}

func group(n int) string {
	if n >= 1000 {
		return group(n/1000) + fmt.Sprintf(",%03d", n%1000)
	}
	return fmt.Sprint(n)
}
