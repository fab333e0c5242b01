package face

import (
	"image/color"
	"math"
)

// Motif is a regional watermark: a drawing by formula, so that no picture needs a licence.
type Motif string

// The motifs.
const (
	Peak    Motif = "peak"    // a snow mountain
	Lotus   Motif = "lotus"   // a mountain flower
	Blossom Motif = "blossom" // a garden flower
	Wall    Motif = "wall"    // a wall over hills
	River   Motif = "river"   // waves
)

func tint(c color.NRGBA, alpha uint8) color.NRGBA { c.A = alpha; return c }

func (m Motif) draw(s *scene, c color.NRGBA) {
	switch m {
	case Peak:
		drawPeak(s, c)
	case Lotus:
		drawFlower(s, c, 66, 40, 8.5, 9, 2)
	case Blossom:
		drawFlower(s, c, 64, 36, 9, 5, 2)
	case Wall:
		drawWall(s, c)
	case River:
		drawRiver(s, c)
	}
}

func drawPeak(s *scene, c color.NRGBA) {
	ridge := []point{{0, 54}, {0, 44}, {10, 38}, {16, 41}, {26, 30}, {31, 34}, {40, 21}, {44, 26}, {48, 23}, {58, 34}, {64, 31}, {75, 40}, {85.6, 36}, {85.6, 54}}
	s.fill(polygon(ridge), tint(c, 36))
	for _, cap := range [][]point{
		{{40, 21}, {44, 26}, {48, 23}, {52, 27.5}, {49, 27}, {46.5, 30}, {43, 28}, {39.5, 31}, {37.5, 27.5}, {34, 30}},
		{{26, 30}, {29.5, 33}, {27, 34}, {24.5, 36}, {23.5, 33.5}, {20.5, 36}},
	} {
		s.fill(polygon(cap), color.NRGBA{255, 255, 255, 130})
	}
}

// drawFlower sets rings of petals around a centre.
func drawFlower(s *scene, c color.NRGBA, cx, cy, r float64, petals, rings int) {
	for ring := range rings {
		size := r * (1 - 0.38*float64(ring))
		for i := range petals {
			a := (float64(i) + 0.5*float64(ring)) * 2 * math.Pi / float64(petals)
			at := func(along, across float64) point {
				return point{cx + size*(along*math.Cos(a)-across*math.Sin(a)), cy + size*(along*math.Sin(a)+across*math.Cos(a))}
			}
			var p path
			p.move(cx, cy)
			p.cube(at(0.3, 0.45), at(0.8, 0.4), at(1, 0))
			p.cube(at(0.8, -0.4), at(0.3, -0.45), point{cx, cy})
			p.close()
			s.fill(p, tint(c, 30))
		}
	}
	s.fill(polygon(arc(cx, cy, r*0.16, 0, 360)), tint(c, 70))
}

func drawWall(s *scene, c color.NRGBA) {
	hill := func(t float64) float64 { return 40 - 6*math.Sin(2.4*math.Pi*t) - 6*t }
	line := curve(90, func(t float64) point { return point{widthMM * t, hill(t)} })
	s.fill(polygon(append(append([]point{}, line...), point{widthMM, 54}, point{0, 54})), tint(c, 26))
	s.fill(stroke(line, 1.6), tint(c, 60))
	for i := 2; i < 90; i += 3 { // battlements
		s.fill(rectangle(line[i].x-0.4, line[i].y-1.7, 0.8, 1.0), tint(c, 60))
	}
	for _, i := range []int{14, 42, 71} { // towers
		x, y := line[i].x, line[i].y
		s.fill(rectangle(x-2, y-4.2, 4, 4.6), tint(c, 80))
		for k := range 3 {
			s.fill(rectangle(x-2+1.5*float64(k), y-5, 1, 0.9), tint(c, 80))
		}
	}
}

func drawRiver(s *scene, c color.NRGBA) {
	for i := range 9 {
		y := 34 + 2.2*float64(i)
		s.fill(stroke(curve(80, func(t float64) point {
			return point{widthMM * t, y + 1.4*math.Sin(2*math.Pi*(2.5*t+0.13*float64(i)))*(1-0.4*t)}
		}), 0.5), tint(c, uint8(30+4*i)))
	}
}

// guilloche is the net of fine lines in a corner: hypotrochoids that no copier keeps apart.
func guilloche(s *scene, cx, cy, r float64, c color.NRGBA) {
	for _, k := range []float64{0.62, 0.74, 0.86} {
		s.fill(stroke(curve(520, func(t float64) point {
			a := 2 * math.Pi * 5 * t
			inner := r * (1 - k*0.2)
			return point{cx + inner*math.Cos(a) + r*0.28*k*math.Cos(12.2*a), cy + inner*math.Sin(a) - r*0.28*k*math.Sin(12.2*a)}
		}), 0.07), tint(c, 110))
	}
}

// contactless is this project's own mark for the antenna: a card with waves.
func contactless(s *scene, x, y, h float64, c color.NRGBA) {
	for i := range 4 {
		s.fill(stroke(arc(x, y, h*(0.18+0.2*float64(i)), -38, 38), h*0.09), c)
	}
}

// contacts is the chip's plate with its eight fields.
func contacts(s *scene, x, y float64) {
	gold, line := color.NRGBA{214, 178, 94, 255}, color.NRGBA{122, 92, 30, 255}
	s.fill(rounded(x, y, 13, 11.8, 1.6), gold)
	for i := 1; i < 4; i++ {
		ly := y + 11.8*float64(i)/4
		s.fill(stroke([]point{{x, ly}, {x + 4.4, ly}}, 0.14), line)
		s.fill(stroke([]point{{x + 8.6, ly}, {x + 13, ly}}, 0.14), line)
	}
	frame := rounded(x+4.4, y+2.2, 4.2, 7.4, 1.2)
	s.fill(frame, line)
	s.fill(rounded(x+4.54, y+2.34, 3.92, 7.12, 1.1), gold)
}

// wave is the height of the ith of the fine lines along the lower edge.
func wave(t float64, i int) float64 {
	return 1.1 * math.Sin(2*math.Pi*(6*t+float64(i)/7)) * math.Sin(math.Pi*t)
}
