package face

import (
	"image"
	"image/color"
	"math"
)

// Card size in millimetres (ID-1).
const (
	widthMM  = 85.60
	heightMM = 53.98
	cornerMM = 3.18
)

type point struct{ x, y float64 }

// op is one step of a path: M (1 point), L (1), Q (2), C (3), Z (0). Millimetres, y down.
type op struct {
	kind byte
	p    [3]point
}

// points is how many of an op's points count.
var points = [256]int{'M': 1, 'L': 1, 'Q': 2, 'C': 3}

type path []op

func (p *path) move(x, y float64)  { *p = append(*p, op{'M', [3]point{{x, y}}}) }
func (p *path) line(x, y float64)  { *p = append(*p, op{'L', [3]point{{x, y}}}) }
func (p *path) cube(a, b, c point) { *p = append(*p, op{'C', [3]point{a, b, c}}) }
func (p *path) close()             { *p = append(*p, op{kind: 'Z'}) }

// item is a filled path or a picture in a rectangle.
type item struct {
	path path
	fill color.NRGBA
	img  image.Image
	jpeg []byte
	at   [4]float64 // x, y, width, height of the picture
}

type scene struct {
	items []item
	texts []written
}

// box is a rectangle by its corners.
type box struct{ x0, y0, x1, y1 float64 }

// written is a text and the room it takes.
type written struct {
	text string
	box  box
}

func (s *scene) wrote(text string, b box) { s.texts = append(s.texts, written{text, b}) }

// edge is the card's outline; both writers clip to it.
var edge = rounded(0, 0, widthMM, heightMM, cornerMM)

func (s *scene) fill(p path, c color.NRGBA) { s.items = append(s.items, item{path: p, fill: c}) }

func (s *scene) picture(img image.Image, jpeg []byte, x, y, w, h float64) {
	s.items = append(s.items, item{img: img, jpeg: jpeg, at: [4]float64{x, y, w, h}})
}

// rounded is a rectangle with round corners.
func rounded(x, y, w, h, r float64) path {
	const k = 0.5523 // a quarter circle as a cubic
	var p path
	p.move(x+r, y)
	p.line(x+w-r, y)
	p.cube(point{x + w - r + k*r, y}, point{x + w, y + r - k*r}, point{x + w, y + r})
	p.line(x+w, y+h-r)
	p.cube(point{x + w, y + h - r + k*r}, point{x + w - r + k*r, y + h}, point{x + w - r, y + h})
	p.line(x+r, y+h)
	p.cube(point{x + r - k*r, y + h}, point{x, y + h - r + k*r}, point{x, y + h - r})
	p.line(x, y+r)
	p.cube(point{x, y + r - k*r}, point{x + r - k*r, y}, point{x + r, y})
	p.close()
	return p
}

func rectangle(x, y, w, h float64) path {
	var p path
	p.move(x, y)
	p.line(x+w, y)
	p.line(x+w, y+h)
	p.line(x, y+h)
	p.close()
	return p
}

func polygon(points []point) path {
	var p path
	for i, q := range points {
		if i == 0 {
			p.move(q.x, q.y)
		} else {
			p.line(q.x, q.y)
		}
	}
	p.close()
	return p
}

// curve samples f over 0…1.
func curve(n int, f func(t float64) point) []point {
	out := make([]point, n+1)
	for i := range out {
		out[i] = f(float64(i) / float64(n))
	}
	return out
}

// stroke turns a line into a closed path of the given width: both writers only fill.
func stroke(line []point, width float64) path {
	n := len(line)
	left, right := make([]point, n), make([]point, n)
	for i, q := range line {
		a, b := line[max(i-1, 0)], line[min(i+1, n-1)]
		dx, dy := b.x-a.x, b.y-a.y
		l := math.Hypot(dx, dy)
		if l == 0 {
			l = 1
		}
		nx, ny := -dy/l*width/2, dx/l*width/2
		left[i], right[n-1-i] = point{q.x + nx, q.y + ny}, point{q.x - nx, q.y - ny}
	}
	return polygon(append(left, right...))
}

func arc(cx, cy, r, from, to float64) []point {
	return curve(24, func(t float64) point {
		a := (from + (to-from)*t) * math.Pi / 180
		return point{cx + r*math.Cos(a), cy + r*math.Sin(a)}
	})
}
