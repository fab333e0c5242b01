package photo

import (
	"bytes"
	"image"
	"image/jpeg"
)

// encode finds the best quality that fits MaxBytes, and adds the resolution that Go's encoder leaves
// out.
func encode(img image.Image) ([]byte, int, error) {
	var best []byte
	quality := 0
	for low, high := 30, 95; low <= high; {
		q := (low + high) / 2
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: q}); err != nil {
			return nil, 0, err
		}
		if b.Len()+len(jfif) <= MaxBytes {
			best, quality, low = b.Bytes(), q, q+1
		} else {
			high = q - 1
		}
	}
	if best == nil { // noise from edge to edge: no portrait looks like that
		return nil, 0, NotAPhoto
	}
	out := append(make([]byte, 0, len(best)+len(jfif)), best[:2]...)
	return append(append(out, jfif...), best[2:]...), quality, nil
}

// jfif is the APP0 segment: version 1.1, dots per inch, 350 both ways, no thumbnail.
var jfif = []byte{0xFF, 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 1, DPI >> 8, DPI & 0xFF, DPI >> 8, DPI & 0xFF, 0, 0}
