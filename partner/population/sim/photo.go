package sim

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"

	"kawu/chip/photo"
	"kawu/kit/idno"
	"kawu/partner/population"
	"kawu/partner/wire/host"
)

// Orders are what it can be told: the common faults, and the photo of a person by identity number, in
// the words of looks.
type Orders struct {
	host.Faults
	Photo map[string]string `json:"photo,omitempty"`
}

// Check refuses a word for a photo that it does not know.
func (o *Orders) Check() error {
	for _, word := range o.Photo {
		if _, ok := looks[word]; !ok {
			return fmt.Errorf("no photo is %q", word)
		}
	}
	return nil
}

// looks are the photos a register may have: what stands behind the person, and what is done to the
// file. none has no file.
var looks = map[string]struct {
	ground color.RGBA
	spoil  func(jpeg []byte) []byte
}{
	"fine":    {color.RGBA{251, 251, 251, 255}, func(b []byte) []byte { return b }},
	"blue":    {color.RGBA{96, 150, 210, 255}, func(b []byte) []byte { return b }},
	"dark":    {color.RGBA{251, 251, 251, 255}, darken},
	"damaged": {color.RGBA{251, 251, 251, 255}, func(b []byte) []byte { return b[:len(b)/2] }},
	"none":    {color.RGBA{}, func([]byte) []byte { return nil }},
}

func (s *Sim) photos(t *host.Turn, q population.PhotoQuestion) (population.PhotoAnswer, error) {
	var a population.PhotoAnswer
	if len(q.Lines) > population.Most {
		return a, host.Refuse("too_many")
	}
	var wrong []int
	fresh := 0
	for i, l := range q.Lines {
		if _, _, err := idno.Parse(l.Number); err != nil || l.Ref == "" {
			wrong = append(wrong, i+1)
			continue
		}
		if _, ok := s.given.Get(l.Number); !ok {
			fresh++
		}
		a.Pictures = append(a.Pictures, population.Picture{Ref: l.Ref, JPEG: s.photo(l.Number)})
	}
	if wrong != nil {
		return a, host.Refuse("bad_lines", wrong...)
	}
	for _, l := range q.Lines {
		s.given.Put(l.Number, true)
	}
	t.Worked(fresh)
	return a, nil
}

// photo is a person's; nil for none. One in forty is from the time of blue grounds.
func (s *Sim) photo(number string) []byte {
	if _, ok := s.people.Get(number); !ok {
		return nil
	}
	h := fnv.New32a()
	h.Write([]byte(number)) // a hash takes everything
	n := h.Sum32()
	word, told := s.orders.Photo[number]
	switch {
	case told:
	case n%40 == 7:
		word = "blue"
	default:
		word = "fine"
	}
	return s.album.page(word, n/40%faces)
}

// faces is how many different people of nobody there are.
const faces = 16

// album keeps the pictures drawn so far; it is used inside turns only.
type album map[string][]byte

func (a *album) page(word string, face uint32) []byte {
	key := fmt.Sprint(word, face)
	if b, ok := (*a)[key]; ok {
		return b
	}
	if *a == nil {
		*a = album{}
	}
	look := looks[word]
	var file []byte
	if word != "none" {
		file = photo.Sketch(uint64(face), photo.Width, photo.Height, look.ground)
		if p, _, err := photo.Look(file, photo.Default); err == nil {
			file = p.JPEG // the size in which the register keeps them
		}
	}
	(*a)[key] = look.spoil(file)
	return (*a)[key]
}

// darken is what a lamp that has failed does.
func darken(file []byte) []byte {
	img, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		return nil
	}
	out := image.NewGray(img.Bounds())
	for i := range out.Pix {
		x, y := i%out.Stride, i/out.Stride
		g := color.GrayModel.Convert(img.At(x, y)).(color.Gray)
		out.Pix[i] = g.Y / 4
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, nil); err != nil {
		return nil
	}
	return b.Bytes()
}
