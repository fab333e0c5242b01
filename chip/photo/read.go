package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
	_ "image/jpeg" // the formats that people have
	_ "image/png"
)

const (
	maxBytes  = 15 << 20
	maxPixels = 60 << 20 // a telephone's largest pictures; decoded in four bytes each
)

// read decodes a file after looking at its size only, and turns it upright.
func read(raw []byte) (*image.RGBA, error) {
	if len(raw) > maxBytes {
		return nil, with(TooBig, "limit", maxBytes>>20)
	}
	head, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		return nil, NotAPhoto.Because(err)
	}
	if head.Width <= 0 || head.Height <= 0 || head.Width > maxPixels/head.Height {
		return nil, with(Bomb, "limit", maxPixels>>20)
	}
	img, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, NotAPhoto.Because(err)
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src) // transparency becomes white paper
	draw.Draw(out, out.Bounds(), img, b.Min, draw.Over)
	if format == "jpeg" {
		out = turn(out, orientation(raw))
	}
	return out, nil
}

// orientation is the EXIF tag 0112 of a JPEG, 1 when there is none: telephones store pictures lying
// on their side.
func orientation(raw []byte) int {
	for b := raw[2:]; len(b) > 4 && b[0] == 0xFF && b[1] != 0xDA; {
		n := int(binary.BigEndian.Uint16(b[2:]))
		if n < 2 || n+2 > len(b) {
			return 1
		}
		if b[1] == 0xE1 && bytes.HasPrefix(b[4:n+2], []byte("Exif\x00\x00")) {
			return exif(b[10 : n+2])
		}
		b = b[n+2:]
	}
	return 1
}

// exif walks the first directory of a TIFF header.
func exif(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if b[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 0 || at+2 > len(b) {
		return 1
	}
	for i, n := 0, int(order.Uint16(b[at:])); i < n; i++ {
		e := at + 2 + 12*i
		if e+12 > len(b) {
			return 1
		}
		if order.Uint16(b[e:]) == 0x0112 {
			if v := int(order.Uint16(b[e+8:])); v >= 1 && v <= 8 {
				return v
			}
		}
	}
	return 1
}

// turn gives the picture as it was seen: 3 is upside down, 6 and 8 lie on a side; the even ones
// below 5 and 5, 7 are mirrored.
func turn(in *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 {
		return in
	}
	w, h := in.Bounds().Dx(), in.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			copy(out.Pix[out.PixOffset(tx, ty):][:4], in.Pix[in.PixOffset(x, y):][:4])
		}
	}
	return out
}
