package face

import (
	"fmt"
	"image/color"
	"strings"

	"kawu/kit/fault"
)

// pen writes text into a scene and remembers what needed a fallback.
type pen struct {
	fonts    *Fonts
	scene    *scene
	fallback []rune
	missing  fault.List
}

// text writes with its left end at x and its base line at y; size is the em in millimetres.
func (p *pen) text(x, y, size float64, c color.NRGBA, s string) { p.spaced(x, y, size, 0, c, s) }

// spaced is text with more room between its characters.
func (p *pen) spaced(x, y, size, gap float64, c color.NRGBA, s string) {
	start := x
	for _, r := range s {
		g := p.fonts.glyph(r)
		switch {
		case g.font < 0:
			p.missing.Add("text", fault.New(NoGlyph.Kind, NoGlyph.Code, NoGlyph.Message, "code", fmt.Sprintf("U+%04X", r)))
			continue
		case g.font > 0:
			p.fallback = append(p.fallback, r)
		}
		if len(g.path) > 0 {
			p.scene.fill(g.at(x, y, size), c)
		}
		x += size*g.advance + gap
	}
	p.scene.wrote(s, box{start, y - 0.88*size, x - gap, y + 0.14*size})
}

// at places a glyph's outline.
func (g glyph) at(x, y, size float64) path {
	out := make(path, len(g.path))
	for i, o := range g.path {
		for k := range o.p {
			o.p[k] = point{x + size*o.p[k].x, y + size*o.p[k].y}
		}
		out[i] = o
	}
	return out
}

// width measures text without writing it.
func (p *pen) width(size float64, s string) (w float64) {
	for _, r := range s {
		w += size * p.fonts.glyph(r).advance
	}
	return w
}

// fitted writes text that must not be wider than limit: what is long gets smaller, never cut.
func (p *pen) fitted(x, y, size, limit float64, c color.NRGBA, s string) {
	if w := p.width(size, s); w > limit {
		size *= limit / w
	}
	p.text(x, y, size, c, s)
}

// right is fitted with the right end at x.
func (p *pen) right(x, y, size, limit float64, c color.NRGBA, s string) {
	w := p.width(size, s)
	if w > limit {
		size, w = size*limit/w, limit
	}
	p.text(x-w, y, size, c, s)
}

// spread writes text over the whole of a width: the room left over goes between the characters.
func (p *pen) spread(x, y, size, width float64, c color.NRGBA, s string) {
	w, n := p.width(size, s), len([]rune(s))
	if w >= width || n < 2 {
		p.fitted(x, y, size, width, c, s)
		return
	}
	p.spaced(x, y, size, (width-w)/float64(n-1), c, s)
}

// small is the em below which a name takes another line rather than getting smaller.
const small = 3.0

// block writes a name into a place of w by h millimetres with its upper left corner at x, y: in one
// line while that is legible, then in as many as it needs. Nothing is ever left out.
func (p *pen) block(x, y, w, h, size float64, c color.NRGBA, s string) {
	if one := p.width(size, s); one > w {
		size *= w / one
	}
	parts := []string{s}
	for n := 2; size < small && n <= 4; n++ {
		if more := p.wrapped(s, w, h/(1.08*float64(n)), n); more != nil {
			parts, size = more, min(small, h/(1.08*float64(n)))
			break
		}
	}
	step := size * 1.08
	y += (h-step*float64(len(parts)-1)-size)/2 + 0.88*size
	for i, part := range parts {
		p.fitted(x, y+step*float64(i), size, w, c, part)
	}
}

// lines writes running text with its first base line at y, in as many lines of a width as it takes, at
// most so many: longer text gets smaller.
func (p *pen) lines(x, y, size, w float64, most int, c color.NRGBA, s string) {
	parts := p.wrapped(s, w, size, most)
	for ; parts == nil; parts = p.wrapped(s, w, size, most) {
		size *= 0.95
	}
	for i, part := range parts {
		p.text(x, y+1.32*size*float64(i), size, c, part)
	}
}

// wrapped breaks text into lines of a width at an em, behind a middle dot where one is near; nil when
// it takes more than so many.
func (p *pen) wrapped(s string, w, size float64, most int) []string {
	var out []string
	for rest := []rune(s); len(rest) > 0; {
		n, dot, x := 0, 0, 0.0
		for n < len(rest) {
			if x += p.width(size, string(rest[n])); x > w+1e-9 {
				break
			}
			if n++; strings.ContainsRune("·•", rest[n-1]) {
				dot = n
			}
		}
		if n < len(rest) && dot > n/2 {
			n = dot
		}
		if n == 0 || len(out) == most {
			return nil
		}
		out, rest = append(out, string(rest[:n])), rest[n:]
	}
	return out
}
