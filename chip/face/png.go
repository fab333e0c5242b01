package face

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
)

// DPI is the printer's resolution.
const DPI = 300

const scaleMM = DPI / 25.4

// Image draws the side at DPI: 1011 × 638 points, transparent outside the round corners.
func (s *Side) Image() *image.RGBA {
	out := raster(s.under.raster(), s.scene.items)
	card := image.NewRGBA(out.Bounds())
	paint(card, edge, out)
	return card
}

// raster paints items over a picture, which stays as it is; nil is an empty one.
func raster(under *image.RGBA, items []item) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, int(math.Round(widthMM*scaleMM)), int(math.Round(heightMM*scaleMM))))
	if under != nil {
		copy(out.Pix, under.Pix)
	}
	for _, it := range items {
		if it.img != nil {
			at := image.Rect(dot(it.at[0]), dot(it.at[1]), dot(it.at[0]+it.at[2]), dot(it.at[1]+it.at[3]))
			draw.CatmullRom.Scale(out, at, it.img, it.img.Bounds(), draw.Over, nil)
			continue
		}
		paint(out, it.path, image.NewUniform(it.fill))
	}
	return out
}

func dot(mm float64) int { return int(math.Round(mm * scaleMM)) }

// paint fills one path from a source; the rasterizer is no larger than the path needs.
func paint(out *image.RGBA, p path, from image.Image) {
	b := bounds(p).Intersect(out.Bounds())
	if b.Empty() {
		return
	}
	z := vector.NewRasterizer(b.Dx(), b.Dy())
	at := func(p point) (float32, float32) {
		return float32(p.x*scaleMM - float64(b.Min.X)), float32(p.y*scaleMM - float64(b.Min.Y))
	}
	for _, o := range p {
		ax, ay := at(o.p[0])
		bx, by := at(o.p[1])
		cx, cy := at(o.p[2])
		switch o.kind {
		case 'M':
			z.MoveTo(ax, ay)
		case 'L':
			z.LineTo(ax, ay)
		case 'Q':
			z.QuadTo(ax, ay, bx, by)
		case 'C':
			z.CubeTo(ax, ay, bx, by, cx, cy)
		case 'Z':
			z.ClosePath()
		}
	}
	z.Draw(out, b, from, b.Min)
}

func bounds(p path) image.Rectangle {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, o := range p {
		for _, q := range o.p[:points[o.kind]] {
			low = point{min(low.x, q.x), min(low.y, q.y)}
			high = point{max(high.x, q.x), max(high.y, q.y)}
		}
	}
	if low.x > high.x {
		return image.Rectangle{}
	}
	return image.Rect(int(low.x*scaleMM)-1, int(low.y*scaleMM)-1, int(high.x*scaleMM)+2, int(high.y*scaleMM)+2)
}

// gap is the room between sides in one picture, in points.
const gap = 40

// WritePNG writes sides one below the other with their resolution, which Go's encoder leaves out. One
// side alone is exactly its picture.
func WritePNG(w io.Writer, sides ...*Side) error {
	var all *image.RGBA
	for i, s := range sides {
		one := s.Image()
		size := one.Bounds().Size()
		if all == nil {
			all = image.NewRGBA(image.Rect(0, 0, size.X, len(sides)*(size.Y+gap)-gap))
		}
		draw.Copy(all, image.Pt(0, i*(size.Y+gap)), one, one.Bounds(), draw.Src, nil)
	}
	var b bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := enc.Encode(&b, all); err != nil {
		return err
	}
	const afterHeader = 8 + 25 // signature and IHDR
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	perMetre := uint32(math.Round(DPI / 0.0254))
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	for _, part := range [][]byte{b.Bytes()[:afterHeader], chunk, b.Bytes()[afterHeader:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
