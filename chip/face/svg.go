package face

import (
	"bytes"
	"fmt"
)

// NameSVG draws only the name in its place on the front, as it will be printed, for an eye that looks
// at its characters: outlines in an SVG of any size. NoGlyph for every character that no font has.
func (p *Press) NameSVG(name string) ([]byte, error) {
	var s scene
	pen := &pen{fonts: p.fonts, scene: &s}
	pen.name(name)
	if err := pen.missing.Err(); err != nil {
		return nil, err
	}
	const margin = 1.2
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="%.3f %.3f %.3f %.3f">`, nameAt.x0-margin, nameAt.y0-margin,
		nameAt.x1-nameAt.x0+2*margin, nameAt.y1-nameAt.y0+2*margin)
	paper := fade(p.design.Ground, 0.4)
	fmt.Fprintf(&b, `<path fill="#%02x%02x%02x" d="M%.3f %.3fh99v99h-99z"/>`, paper.R, paper.G, paper.B, nameAt.x0-margin, nameAt.y0-margin)
	for _, it := range s.items {
		fmt.Fprintf(&b, `<path fill="#%02x%02x%02x" d="`, it.fill.R, it.fill.G, it.fill.B)
		for _, o := range it.path {
			b.WriteByte(o.kind)
			for _, q := range o.p[:points[o.kind]] {
				fmt.Fprintf(&b, "%.3f %.3f ", q.x, q.y)
			}
		}
		b.WriteString(`"/>`)
	}
	b.WriteString("</svg>")
	return b.Bytes(), nil
}
