package face

import (
	"encoding/binary"
	"encoding/hex"
	"hash"
	"image"
	"math"
	"slices"
	"sync"

	"kawu/kit/fault"
	"kawu/kit/sm"
)

// Press draws cards of one design. What all of them share (ground, guilloche, watermark, labels) is
// drawn once; a card costs its texts and its photo. Safe for concurrent use.
type Press struct {
	fonts       *Fonts
	design      Design
	front, back *sheet
}

// sheet is one side before it has a person.
type sheet struct {
	scene    scene
	fallback []rune
	missing  fault.List
	mark     [sm.HashSize]byte // of every outline and colour
	raster   func() *image.RGBA
}

// NewPress sets a design up; characters that no font has are found when a card is drawn.
func NewPress(f *Fonts, d Design) *Press {
	return &Press{f, d, newSheet(f, d, frontSheet), newSheet(f, d, backSheet)}
}

func newSheet(f *Fonts, d Design, draw func(*pen, Design)) *sheet {
	x := &sheet{}
	p := &pen{fonts: f, scene: &x.scene}
	draw(p, d)
	x.fallback, x.missing = p.fallback, p.missing
	h := sm.NewHash()
	for _, it := range x.scene.items {
		it.sum(h)
	}
	h.Sum(x.mark[:0])
	x.raster = sync.OnceValue(func() *image.RGBA { return raster(nil, x.scene.items) })
	return x
}

// Front draws the side of social security, with the photo: BadPhoto, PhotoSize, NoGlyph for every
// character that no font has.
func (p *Press) Front(h Holder) (*Side, error) { return p.draw(p.front, h, front) }

// Back draws the bank's side: NoGlyph for every character that no font has.
func (p *Press) Back(h Holder) (*Side, error) { return p.draw(p.back, h, back) }

func (p *Press) draw(under *sheet, h Holder, draw func(*pen, Design, Holder) error) (*Side, error) {
	side := &Side{under: under}
	pen := &pen{fonts: p.fonts, scene: &side.scene, missing: slices.Clone(under.missing)}
	if err := draw(pen, p.design, h); err != nil {
		return nil, err
	}
	for _, r := range append(slices.Clone(under.fallback), pen.fallback...) {
		if !slices.Contains(side.Fallback, r) {
			side.Fallback = append(side.Fallback, r)
		}
	}
	return side, pen.missing.Err()
}

// Front is Press.Front for one card of a design.
func Front(f *Fonts, d Design, h Holder) (*Side, error) { return NewPress(f, d).Front(h) }

// Back is Press.Back for one card of a design.
func Back(f *Fonts, d Design, h Holder) (*Side, error) { return NewPress(f, d).Back(h) }

// Digest names what is printed: SM3 over the shared sheets and every outline, colour and picture laid
// over them, in hexadecimal. The same data with the same fonts and design give the same digest;
// outlines count to a thousandth of a millimetre, as the PDF writes them.
func Digest(sides ...*Side) string {
	h := sm.NewHash()
	for _, s := range sides {
		h.Write(s.under.mark[:])
		for _, it := range s.scene.items {
			it.sum(h)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sum adds an item to a digest: a picture by its file and place, a path by its colour and points.
func (it item) sum(h hash.Hash) {
	b := make([]byte, 0, 64+24*len(it.path))
	if it.img != nil {
		d := sm.Hash(it.jpeg)
		b = append(b, d[:]...)
		b = appendMM(b, it.at[:]...)
		h.Write(b)
		return
	}
	b = append(b, it.fill.R, it.fill.G, it.fill.B, it.fill.A)
	for _, o := range it.path {
		b = append(b, o.kind)
		for _, q := range o.p[:points[o.kind]] {
			b = appendMM(b, q.x, q.y)
		}
	}
	h.Write(b)
}

func appendMM(b []byte, all ...float64) []byte {
	for _, v := range all {
		b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*1000))))
	}
	return b
}

// items are all of a side, the shared ones first.
func (s *Side) items() []item { return slices.Concat(s.under.scene.items, s.scene.items) }

// texts are all of a side.
func (s *Side) texts() []written { return slices.Concat(s.under.scene.texts, s.scene.texts) }
