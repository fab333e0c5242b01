package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// Sketch draws a portrait of nobody, for demonstrations and tests: the same seed gives the same
// JPEG. ground is the colour behind the person.
func Sketch(seed uint64, w, h int, ground color.RGBA) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(from, to float64) float64 { return from + (to-from)*r.Float64() }
	skin := color.RGBA{uint8(pick(200, 240)), uint8(pick(165, 200)), uint8(pick(140, 170)), 255}
	hair := color.RGBA{uint8(pick(15, 60)), uint8(pick(12, 45)), uint8(pick(10, 40)), 255}
	coat := color.RGBA{uint8(pick(20, 120)), uint8(pick(30, 110)), uint8(pick(60, 140)), 255}
	wide, long := pick(0.19, 0.23), pick(0.20, 0.24)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	in := func(x, y, cx, cy, rx, ry float64) bool {
		return (x-cx)*(x-cx)/(rx*rx)+(y-cy)*(y-cy)/(ry*ry) < 1
	}
	for py := range h {
		for px := range w {
			x, y := float64(px)/float64(w), float64(py)/float64(h)
			c := ground
			switch {
			case in(x, y, 0.5, 0.43, wide, long) && y > 0.40-long*0.55 && !feature(x, y, in):
				c = skin
			case in(x, y, 0.5, 0.43, wide, long) && feature(x, y, in):
				c = hair
			case in(x, y, 0.5, 0.39, wide*1.12, long*1.12):
				c = hair
			case math.Abs(x-0.5) < wide*0.5 && y > 0.5 && y < 0.8:
				c = shade(skin, 0.9)
			case in(x, y, 0.5, 1.05, 0.46, 0.34):
				c = coat
			}
			grain := uint8(r.IntN(6))
			img.SetRGBA(px, py, color.RGBA{c.R - min(grain, c.R), c.G - min(grain, c.G), c.B - min(grain, c.B), 255})
		}
	}
	var b bytes.Buffer
	jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}) // a buffer takes everything
	return b.Bytes()
}

// feature says where eyes, brows, nose and mouth are.
func feature(x, y float64, in func(x, y, cx, cy, rx, ry float64) bool) bool {
	m := math.Abs(x - 0.5) // both halves of a face are alike
	return in(m, y, 0.085, 0.415, 0.028, 0.012) || in(m, y, 0.085, 0.375, 0.045, 0.007) ||
		in(m, y, 0.012, 0.48, 0.012, 0.006) || in(m, y, 0, 0.535, 0.05, 0.010)
}

func shade(c color.RGBA, by float64) color.RGBA {
	return color.RGBA{uint8(float64(c.R) * by), uint8(float64(c.G) * by), uint8(float64(c.B) * by), 255}
}
