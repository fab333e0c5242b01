package face

import (
	"image/color"
	"math"
)

// Motif is a regional watermark: a drawing by formula, so that no picture needs a licence.
type Motif string

// The motifs.
const (
	Peak    Motif = "peak"    // snow mountains
	Lotus   Motif = "lotus"   // a mountain flower with many petals
	Blossom Motif = "blossom" // a garden flower
	Wall    Motif = "wall"    // a wall over hills
	Hall    Motif = "hall"    // a round hall with three roofs
	Bamboo  Motif = "bamboo"  // stems and leaves
	Skyline Motif = "skyline" // towers at a river
	River   Motif = "river"   // waves
)

// motifs are the drawings; a Motif without one is not known.
var motifs = map[Motif]func(*scene, color.NRGBA){
	Peak:    drawPeak,
	Lotus:   func(s *scene, c color.NRGBA) { drawFlower(s, c, 69, 42, 9.5, 8, 3) },
	Blossom: func(s *scene, c color.NRGBA) { drawFlower(s, c, 68.5, 39.5, 11, 6, 2) },
	Wall:    drawWall, Hall: drawHall, Bamboo: drawBamboo, Skyline: drawSkyline, River: drawRiver,
}

// Known tells whether there is a drawing of the motif.
func (m Motif) Known() bool { return motifs[m] != nil }

func (m Motif) draw(s *scene, c color.NRGBA) {
	if f := motifs[m]; f != nil {
		f(s, c)
	}
}

func drawPeak(s *scene, c color.NRGBA) {
	for i, ridge := range [][]point{
		{{0, 54}, {0, 41}, {8, 37}, {15, 40}, {24, 33}, {33, 38}, {46, 31}, {55, 36}, {66, 30}, {77, 37}, {85.6, 34}, {85.6, 54}},
		{{0, 54}, {0, 47}, {12, 43}, {22, 46}, {34, 39}, {40, 43}, {51, 33}, {57, 38.5}, {61, 36}, {72, 44}, {85.6, 40}, {85.6, 54}},
	} {
		s.fill(polygon(ridge), tint(c, uint8(26+16*i)))
	}
	for _, snow := range [][]point{
		{{51, 33}, {57, 38.5}, {54.6, 38}, {52.8, 40.4}, {50.6, 38.4}, {48.6, 40.6}, {47.2, 38.4}, {45.4, 39}},
		{{34, 39}, {37.4, 41.3}, {35, 41.2}, {33.2, 42.8}, {31.4, 41.4}},
		{{66, 30}, {70, 32.6}, {67.4, 32.6}, {65.4, 34.4}, {63.6, 32.4}},
	} {
		s.fill(polygon(snow), color.NRGBA{255, 255, 255, 140})
	}
}

// drawFlower sets rings of pointed petals around a centre, each with its rib.
func drawFlower(s *scene, c color.NRGBA, cx, cy, r float64, petals, rings int) {
	for ring := range rings {
		size := r * (1 - 0.3*float64(ring))
		for i := range petals {
			a := (float64(i) + 0.5*float64(ring)) * 2 * math.Pi / float64(petals)
			at := func(along, across float64) point {
				return point{cx + size*(along*math.Cos(a)-across*math.Sin(a)), cy + size*(along*math.Sin(a)+across*math.Cos(a))}
			}
			var p path
			p.move(cx, cy)
			p.cube(at(0.25, 0.34), at(0.75, 0.36), at(1, 0))
			p.cube(at(0.75, -0.36), at(0.25, -0.34), point{cx, cy})
			p.close()
			s.fill(p, tint(c, 30))
			s.fill(stroke([]point{at(0.2, 0), at(0.86, 0)}, 0.1), tint(c, 54))
		}
	}
	for i := range 10 {
		a := float64(i) * math.Pi / 5
		s.fill(stroke([]point{{cx, cy}, {cx + 0.2*r*math.Cos(a), cy + 0.2*r*math.Sin(a)}}, 0.12), tint(c, 110))
	}
}

func drawWall(s *scene, c color.NRGBA) {
	hill := func(t float64) float64 { return 44 - 4.5*math.Sin(2.3*math.Pi*t+0.4) - 5*t }
	line := curve(130, func(t float64) point { return point{widthMM * t, hill(t)} })
	s.fill(polygon(append(append([]point{}, line...), point{widthMM, 54}, point{0, 54})), tint(c, 22))
	s.fill(stroke(line, 1.4), tint(c, 46))
	for i := 2; i < 130; i += 3 { // battlements
		s.fill(rectangle(line[i].x-0.4, line[i].y-1.5, 0.8, 0.9), tint(c, 46))
	}
	for _, i := range []int{16, 62, 118} { // towers
		x, y := line[i].x, line[i].y
		s.fill(rectangle(x-2, y-4, 4, 4.4), tint(c, 58))
		for k := range 3 {
			s.fill(rectangle(x-2+1.5*float64(k), y-4.8, 1, 0.9), tint(c, 58))
		}
	}
}

// drawHall is three round roofs over each other on a terrace.
func drawHall(s *scene, c color.NRGBA) {
	const cx = 66.0
	roof := func(y, half, rise, top float64) {
		var p path
		p.move(cx-half, y)
		p.cube(point{cx - half*0.72, y - rise*0.28}, point{cx - top*1.2, y - rise*0.7}, point{cx - top, y - rise})
		p.line(cx+top, y-rise)
		p.cube(point{cx + top*1.2, y - rise*0.7}, point{cx + half*0.72, y - rise*0.28}, point{cx + half, y})
		p.cube(point{cx + half*0.6, y + 0.9}, point{cx - half*0.6, y + 0.9}, point{cx - half, y})
		p.close()
		s.fill(p, tint(c, 52))
	}
	roof(41.4, 12.6, 4.4, 7)
	roof(35.6, 9.6, 4.0, 5.2)
	roof(30.2, 7.4, 7.2, 0.7)
	s.fill(polygon(arc(cx, 22.3, 0.9, 0, 360)), tint(c, 60))
	for _, band := range []box{{-5.6, 36.2, 5.6, 37.2}, {-7.4, 42.2, 7.4, 46}, {-4.2, 30.8, 4.2, 31.8}} {
		s.fill(rectangle(cx+band.x0, band.y0, band.x1-band.x0, band.y1-band.y0), tint(c, 34))
	}
	for i := range 9 { // columns
		s.fill(rectangle(cx-7.2+1.75*float64(i), 42.2, 0.4, 3.8), tint(c, 40))
	}
	for i := range 3 {
		half := 11 + 2.2*float64(i)
		s.fill(rectangle(cx-half, 46.1+1.5*float64(i), 2*half, 1.2), tint(c, 40))
	}
}

func drawBamboo(s *scene, c color.NRGBA) {
	for _, stem := range []struct{ x, lean, w float64 }{{76.5, -1.5, 1.5}, {80.4, 1.2, 1.1}, {72.6, -3.4, 0.9}} {
		for i := range 6 {
			y := 54 - 9*float64(i)
			x := func(y float64) float64 { return stem.x + stem.lean*(54-y)/54 }
			s.fill(stroke([]point{{x(y), y}, {x(y - 8.6), y - 8.6}}, stem.w), tint(c, 36))
		}
	}
	leaf := func(x, y, a, l float64) {
		a *= math.Pi / 180
		at := func(along, across float64) point {
			return point{x + l*(along*math.Cos(a)-across*math.Sin(a)), y + l*(along*math.Sin(a)+across*math.Cos(a))}
		}
		var p path
		p.move(x, y)
		p.cube(at(0.3, 0.14), at(0.6, 0.1), at(1, 0))
		p.cube(at(0.6, -0.08), at(0.3, -0.1), point{x, y})
		p.close()
		s.fill(p, tint(c, 44))
	}
	for _, k := range []point{{76, 18}, {75.6, 30}, {80.6, 24}, {71.6, 36}, {80.2, 40}} {
		for i, a := range []float64{200, 168, 140, 110} {
			leaf(k.x, k.y, a, 8.5-0.9*float64(i))
		}
	}
}

func drawSkyline(s *scene, c color.NRGBA) {
	for i, h := range []float64{7, 11, 8, 14, 10, 17, 9, 13, 20, 12, 8, 15, 10, 7, 12, 8} {
		x := 32 + 3.35*float64(i)
		s.fill(rectangle(x, 46-h, 2.7, h), tint(c, uint8(22+7*(i%3))))
	}
	const x = 55.4 // a tower of balls on legs
	for _, ball := range []struct{ y, r float64 }{{24.4, 1.5}, {31.2, 2.5}, {40.6, 3.4}} {
		s.fill(polygon(arc(x, ball.y, ball.r, 0, 360)), tint(c, 58))
	}
	s.fill(rectangle(x-0.25, 15.8, 0.5, 30.2), tint(c, 58))
	for _, lean := range []float64{-4.6, 4.6} {
		s.fill(stroke([]point{{x, 38}, {x + lean, 46}}, 0.5), tint(c, 58))
	}
	for i := range 4 {
		s.fill(stroke(curve(90, func(t float64) point {
			return point{widthMM * t, 47.2 + 1.7*float64(i) + 0.45*math.Sin(2*math.Pi*(7*t+0.3*float64(i)))}
		}), 0.3), tint(c, 44))
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
