package face

import (
	"image/color"
	"math"
)

func tint(c color.NRGBA, alpha uint8) color.NRGBA { c.A = alpha; return c }

// fade mixes a colour with paper: 1 is the colour.
func fade(c color.NRGBA, share float64) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8(255 - share*(255-float64(v))) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}

// ground is a gradient in steps, the net of fine lines, and the watermarks over both. The steps are
// opaque and overlap, so that no seam shows; strength is that of the colour at the top.
func ground(s *scene, d Design, c color.NRGBA, strength float64) {
	const steps = 90
	for i := range steps {
		t := float64(i) / steps
		s.fill(rectangle(0, heightMM*t, widthMM, heightMM/steps+0.4), fade(d.Ground, strength*(1-t)*(1-t)+0.10*strength+0.02))
	}
	net(s, c)
	for _, m := range d.Motifs {
		m.draw(s, c)
	}
}

// net is the guilloche under everything: two families of fine lines whose bellies run against each
// other, so that a copier makes patches of them.
func net(s *scene, c color.NRGBA) {
	const lines = 36
	for i := range lines {
		base, phase := heightMM*(float64(i)+0.5)/lines, 2*math.Pi*float64(i)/lines
		for _, way := range []float64{1, -1} {
			s.fill(stroke(curve(120, func(t float64) point {
				return point{widthMM * t, base + way*(1.5+0.9*math.Sin(phase))*math.Sin(2*math.Pi*4*t+phase)}
			}), 0.07), tint(c, 40))
		}
	}
}

// rosette is this project's own seal: rings of hypotrochoids around an open middle.
func rosette(s *scene, cx, cy, r float64, c color.NRGBA) {
	for k, turns := range []float64{8, 11} {
		inner := r * (0.66 - 0.16*float64(k))
		for half := range 2 {
			s.fill(stroke(curve(360, func(t float64) point {
				a := 2 * math.Pi * t
				d := inner + (r-inner)*0.96*math.Sin(turns*a+math.Pi*float64(half))
				return point{cx + d*math.Cos(a), cy + d*math.Sin(a)}
			}), 0.12), tint(c, 190))
		}
	}
	s.fill(stroke(arc(cx, cy, r*0.2, 0, 360), 0.16), c)
	s.fill(polygon(arc(cx, cy, r*0.1, 0, 360)), c)
}

// wave is the height of the ith of the fine lines under a signature.
func wave(t float64, i int) float64 {
	return 1.1 * math.Sin(2*math.Pi*(6*t+float64(i)/7)) * math.Sin(math.Pi*t)
}

// contactless is this project's own drawing of a card's waves, h millimetres high, centred at y.
func contactless(s *scene, x, y, h float64, c color.NRGBA) {
	for i := range 4 {
		s.fill(stroke(arc(x, y, h*(0.16+0.16*float64(i)), -42, 42), h*0.075), c)
	}
}

// quickPass is the mark of contactless payment in this project's own drawing: waves and the word.
func quickPass(s *scene, p *pen, x, y float64, c color.NRGBA) {
	s.fill(rounded(x, y, 13.4, 8.4, 1.3), tint(c, 232))
	contactless(s, x+0.5, y+4.2, 7.4, white)
	p.text(x+6.1, y+4.3, 3.1, white, "闪付")
	p.spread(x+6.2, y+6.7, 1.35, 6.1, white, "QuickPass")
}

// contacts is the chip's plate with its eight fields (ISO/IEC 7816-2), left upper corner at x, y.
func contacts(s *scene, x, y float64) {
	gold, line := color.NRGBA{218, 184, 104, 255}, color.NRGBA{128, 98, 36, 255}
	const w, h = 13.0, 11.8
	s.fill(rounded(x-0.1, y-0.1, w+0.2, h+0.2, 1.7), line)
	s.fill(rounded(x, y, w, h, 1.6), gold)
	for i := 1; i < 4; i++ {
		ly := y + h*float64(i)/4
		s.fill(stroke([]point{{x, ly}, {x + 4.3, ly}}, 0.15), line)
		s.fill(stroke([]point{{x + 8.7, ly}, {x + w, ly}}, 0.15), line)
	}
	s.fill(rounded(x+4.2, y+2.3, 4.6, 7.2, 1.5), line)
	s.fill(rounded(x+4.35, y+2.45, 4.3, 6.9, 1.4), gold)
	s.fill(stroke([]point{{x + 6.5, y}, {x + 6.5, y + 2.4}}, 0.15), line)
	s.fill(stroke([]point{{x + 6.5, y + 9.4}, {x + 6.5, y + h}}, 0.15), line)
}
