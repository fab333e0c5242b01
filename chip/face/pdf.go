package face

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
)

const pointsPerMM = 72 / 25.4

// WritePDF writes sides as pages of one PDF 1.4: paths and photos only, no fonts, so that every
// printer shows the same outlines.
func WritePDF(w io.Writer, sides ...*Side) error {
	d := &document{}
	d.object("<< /Type /Catalog /Pages 2 0 R >>") // 1
	d.object("")                                  // 2, filled below
	var kids []string
	for _, s := range sides {
		kids = append(kids, fmt.Sprintf("%d 0 R", d.page(s)))
	}
	d.objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(sides))
	return d.write(w)
}

// document gathers objects; their numbers are their places from 1.
type document struct{ objects []string }

func (d *document) object(body string) int {
	d.objects = append(d.objects, body)
	return len(d.objects)
}

func (d *document) stream(dict string, data []byte) int {
	return d.object(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data))
}

func (d *document) page(s *Side) int {
	var content bytes.Buffer
	var images, states []string
	seen := map[uint8]bool{}
	fmt.Fprintf(&content, "%.4f 0 0 -%.4f 0 %.4f cm\n", pointsPerMM, pointsPerMM, heightMM*pointsPerMM) // millimetres, y down
	outline(&content, edge, "W n")
	for _, it := range s.items() {
		if it.img != nil {
			b := it.img.Bounds()
			n := d.stream(fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", b.Dx(), b.Dy()), it.jpeg)
			images = append(images, fmt.Sprintf("/P%d %d 0 R", n, n))
			fmt.Fprintf(&content, "q %.3f 0 0 -%.3f %.3f %.3f cm /P%d Do Q\n", it.at[2], it.at[3], it.at[0], it.at[1]+it.at[3], n)
			continue
		}
		if !seen[it.fill.A] {
			seen[it.fill.A] = true
			states = append(states, fmt.Sprintf("/A%d << /ca %.3f >>", it.fill.A, float64(it.fill.A)/255))
		}
		fmt.Fprintf(&content, "/A%d gs %.3f %.3f %.3f rg\n", it.fill.A, float64(it.fill.R)/255, float64(it.fill.G)/255, float64(it.fill.B)/255)
		outline(&content, it.path, "f")
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	z.Write(content.Bytes()) // a buffer takes everything
	z.Close()
	stream := d.stream("/Filter /FlateDecode", packed.Bytes())
	return d.object(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.3f %.3f] /Contents %d 0 R /Resources << /XObject << %s >> /ExtGState << %s >> >> >>",
		widthMM*pointsPerMM, heightMM*pointsPerMM, stream, strings.Join(images, " "), strings.Join(states, " ")))
}

// outline writes a path and what to do with it, by the nonzero rule as in the rasterizer. PDF has no
// quadratic curves: each is the cubic with the same shape.
func outline(w *bytes.Buffer, p path, do string) {
	var last point
	for _, o := range p {
		switch o.kind {
		case 'M', 'L':
			fmt.Fprintf(w, "%.3f %.3f %c\n", o.p[0].x, o.p[0].y, o.kind|0x20)
			last = o.p[0]
		case 'Q':
			c, e := o.p[0], o.p[1]
			fmt.Fprintf(w, "%.3f %.3f %.3f %.3f %.3f %.3f c\n", (last.x+2*c.x)/3, (last.y+2*c.y)/3, (e.x+2*c.x)/3, (e.y+2*c.y)/3, e.x, e.y)
			last = e
		case 'C':
			fmt.Fprintf(w, "%.3f %.3f %.3f %.3f %.3f %.3f c\n", o.p[0].x, o.p[0].y, o.p[1].x, o.p[1].y, o.p[2].x, o.p[2].y)
			last = o.p[2]
		case 'Z':
			w.WriteString("h\n")
		}
	}
	w.WriteString(do + "\n")
}

func (d *document) write(w io.Writer) error {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n%\xE2\xE3\xCF\xD3\n")
	at := make([]int, len(d.objects))
	for i, o := range d.objects {
		at[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(d.objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(d.objects)+1, table)
	_, err := w.Write(b.Bytes())
	return err
}
