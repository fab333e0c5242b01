package photo

import (
	"image"
	"slices"

	"golang.org/x/image/draw"

	"kawu/kit/fault"
)

// The card's picture.
const (
	Width    = 358
	Height   = 441
	MaxBytes = 20 << 10
	DPI      = 350
)

// Rules are the thresholds of a city; Default is proposed and belongs to be set on real pictures.
type Rules struct {
	White     float64 // share of the ground that must be white
	Crop      float64 // share of the picture that may be cut off without asking
	MinLight  float64 // mean brightness of the whole picture, 0 to 255
	Sharpness float64 // mean of the squared second difference; soft pictures lie below
}

// Default rules.
var Default = Rules{White: 0.95, Crop: 0.30, MinLight: 70, Sharpness: 8}

// Photo is a picture fit for the card.
type Photo struct {
	JPEG      []byte
	Quality   int      // of the JPEG encoding, 1 to 100; 0: the file's own, it was fit as it came
	White     float64  // share of the ground that is white
	Overruled []string // codes that a clerk accepted
}

// Prepare reads, turns, crops, scales, checks and encodes. accepted are the codes of soft refusals
// that a clerk has overruled. The error holds all that is wrong at once.
func Prepare(raw []byte, rules Rules, accepted ...string) (*Photo, error) {
	p, problems, err := Look(raw, rules)
	if err != nil {
		return nil, err
	}
	problems = slices.DeleteFunc(problems, func(f *fault.Fault) bool {
		overruled := slices.Contains(accepted, f.Code)
		if overruled {
			p.Overruled = append(p.Overruled, f.Code)
		}
		return overruled
	})
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return p, nil
}

// Look is Prepare for a picture that a clerk may have to look at: it gives the picture as it would be
// printed together with every soft refusal. The error is a hard one, and there is no picture then.
func Look(raw []byte, rules Rules) (p *Photo, soft fault.List, err error) {
	img, err := read(raw)
	if err != nil {
		return nil, nil, err
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if w < Width || h < Height {
		return nil, nil, with(TooSmall, "width", w, "height", h, "min_width", Width, "min_height", Height)
	}
	part, lost := crop(img.Bounds())
	if lost > rules.Crop {
		soft.Add("photo", with(Shape, "lost", int(100*lost)))
	}
	small := scale(img, part)
	p = &Photo{White: white(small)}
	if p.White < rules.White {
		soft.Add("photo", with(Background, "white", int(100*p.White), "wanted", int(100*rules.White)))
	}
	light, sharp := measure(small)
	if sharp == 0 {
		return nil, nil, Blank
	}
	if light < rules.MinLight {
		soft.Add("photo", Dark)
	}
	if sharp < rules.Sharpness {
		soft.Add("photo", Blurred)
	}
	if p.JPEG = keep(raw); p.JPEG == nil {
		if p.JPEG, p.Quality, err = encode(small); err != nil {
			return nil, nil, err
		}
	}
	return p, soft, nil
}

// crop is the largest part with the card's proportions: centred across, and with a quarter of the
// loss above, because heads are up.
func crop(b image.Rectangle) (part image.Rectangle, lost float64) {
	w, h := b.Dx(), b.Dy()
	if cw := h * Width / Height; cw < w {
		part = image.Rect((w-cw)/2, 0, (w-cw)/2+cw, h)
	} else {
		ch := w * Height / Width
		part = image.Rect(0, (h-ch)/4, w, (h-ch)/4+ch)
	}
	return part, 1 - float64(part.Dx()*part.Dy())/float64(w*h)
}

// scale halves by averaging while it can, then takes the slow kernel for the rest: as good as the
// kernel alone and several times faster on telephones' pictures.
func scale(img *image.RGBA, part image.Rectangle) *image.RGBA {
	for part.Dx() >= 3*Width {
		img, part = halve(img, part)
	}
	out := image.NewRGBA(image.Rect(0, 0, Width, Height))
	if part.Dx() == Width && part.Dy() == Height {
		draw.Copy(out, image.Point{}, img, part, draw.Src, nil)
		return out
	}
	draw.CatmullRom.Scale(out, out.Bounds(), img, part, draw.Src, nil)
	return out
}

func halve(in *image.RGBA, part image.Rectangle) (*image.RGBA, image.Rectangle) {
	out := image.NewRGBA(image.Rect(0, 0, part.Dx()/2, part.Dy()/2))
	for y := range out.Bounds().Dy() {
		a := in.Pix[in.PixOffset(part.Min.X, part.Min.Y+2*y):]
		b := in.Pix[in.PixOffset(part.Min.X, part.Min.Y+2*y+1):]
		o := out.Pix[out.PixOffset(0, y):][:4*out.Bounds().Dx()]
		for i := range o {
			k := i/4*8 + i%4
			o[i] = byte((int(a[k]) + int(a[k+4]) + int(b[k]) + int(b[k+4]) + 2) / 4)
		}
	}
	return out, out.Bounds()
}

// white is the share of white in the strips where no person is: the top six percent and both sides
// down to just over half of the height.
func white(img *image.RGBA) float64 {
	good, all := 0, 0
	top, side, down := Height*6/100, Width/10, Height*55/100
	for y := range down {
		for x := range Width {
			if y >= top && x >= side && x < Width-side {
				continue
			}
			p := img.Pix[img.PixOffset(x, y):][:3]
			low, high := min(p[0], p[1], p[2]), max(p[0], p[1], p[2])
			all++
			if low >= 235 && high-low <= 15 {
				good++
			}
		}
	}
	return float64(good) / float64(all)
}

// measure gives mean brightness and sharpness: the mean square of the second difference along rows,
// in the middle of the picture.
func measure(img *image.RGBA) (light, sharp float64) {
	n := 0
	for y := Height / 5; y < Height*4/5; y++ {
		for x := Width / 5; x < Width*4/5; x++ {
			l := luma(img, x, y)
			d := 2*l - luma(img, x-1, y) - luma(img, x+1, y)
			light, sharp, n = light+l, sharp+d*d, n+1
		}
	}
	return light / float64(n), sharp / float64(n)
}

func luma(img *image.RGBA, x, y int) float64 {
	p := img.Pix[img.PixOffset(x, y):][:3]
	return 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
}
