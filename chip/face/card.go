package face

import (
	"bytes"
	"image/color"
	"image/jpeg"

	"kawu/kit/fault"
)

// Design is how a product version looks: data of a city and its edition.
type Design struct {
	Title   string      // 中华人民共和国社会保障卡
	Region  string      // under the title: province or city
	Bank    string      // the bank's name on the back and front
	Hotline string      // "12333"
	Note    string      // small text on the back
	Ground  color.NRGBA // the front's colour at its top
	Accent  color.NRGBA // watermark and lines
	Motifs  []Motif
	Version string // product version, printed small on the back
}

// Holder is what is printed of the person and the card. It never prints in logs.
type Holder struct {
	Name       string
	Number     string // social security number
	CardNumber string
	Issued     string // YYYY-MM
	Expires    string // YYYY-MM; empty: long-term
	Account    string // bank card number, in groups of four on the back
	Photo      []byte // JPEG; nil leaves the place empty (pre-made cards, small children)
}

// String hides the person.
func (Holder) String() string { return "holder" }

// Side is a drawn side, ready to be written.
type Side struct {
	scene    scene
	Fallback []rune // characters that the first font lacks: a person must look at this card
}

// BadPhoto says that the photo is not a JPEG.
var BadPhoto = fault.New(fault.Invalid, "face.bad_photo", "the photo for the card's face is not a JPEG")

var (
	ink   = color.NRGBA{24, 28, 36, 255}
	quiet = color.NRGBA{70, 78, 92, 255}
	white = color.NRGBA{255, 255, 255, 255}
)

// Front draws the side with the photo: BadPhoto, NoGlyph for every character that no font has.
func Front(f *Fonts, d Design, h Holder) (*Side, error) {
	side := &Side{}
	s := &side.scene
	p := &pen{fonts: f, scene: s}
	ground(s, d)
	p.text(24.5, 8.4, 4.3, ink, d.Title)
	p.text(24.5, 12.6, 2.5, quiet, d.Region)
	rows := []struct{ label, value string }{{"姓名", h.Name}, {"社会保障号码", h.Number}, {"社会保障卡卡号", h.CardNumber}, {"发卡日期", h.Issued}, {"有效期限", validity(h)}}
	for i, r := range rows {
		y := 19.8 + 5.8*float64(i)
		p.text(29.6, y, 2.1, quiet, r.label)
		size := 3.2
		if i == 0 {
			size = 4.0
		}
		p.fitted(46.2, y, size, 36.5, ink, r.value)
	}
	if err := portrait(s, h.Photo, 5, 15.6, 21.5, 26.5); err != nil {
		return nil, err
	}
	contacts(s, 5.6, 2.4)
	guilloche(s, 77.4, 46.2, 6.2, d.Accent)
	contactless(s, 75.2, 46.2, 6.5, d.Accent)
	p.fitted(5, 51.0, 3.0, 50, ink, d.Bank)
	return side.done(p)
}

func validity(h Holder) string {
	if h.Expires == "" {
		return "长期"
	}
	return h.Expires
}

// Back draws the side with the account, the signature strip and the notes.
func Back(f *Fonts, d Design, h Holder) (*Side, error) {
	side := &Side{}
	s := &side.scene
	p := &pen{fonts: f, scene: s}
	s.fill(rectangle(0, 0, widthMM, heightMM), color.NRGBA{246, 248, 251, 255})
	for _, m := range d.Motifs {
		m.draw(s, d.Accent)
	}
	s.fill(rectangle(0, 4.2, widthMM, 0.5), d.Accent)
	p.fitted(6, 12.4, 4.2, 70, ink, d.Bank)
	p.text(6, 21.5, 5.0, ink, grouped(h.Account))
	s.fill(rectangle(6, 26.5, 50, 7.5), white)
	for y := 27.4; y < 34; y += 1.1 { // signature ground
		s.fill(rectangle(6, y, 50, 0.12), tint(d.Accent, 70))
	}
	p.text(6, 37.6, 1.9, quiet, "持卡人签名")
	p.fitted(6, 43.4, 2.2, 60, quiet, d.Note)
	p.text(6, 48.6, 2.6, ink, "服务热线 "+d.Hotline)
	p.text(60, 48.6, 1.8, quiet, d.Version)
	guilloche(s, 74, 32, 6.5, d.Accent)
	return side.done(p)
}

func (side *Side) done(p *pen) (*Side, error) {
	side.Fallback = p.fallback
	return side, p.missing.Err()
}

// ground is a gradient in steps with the watermarks over it. The steps are opaque and overlap, so
// that no seam shows.
func ground(s *scene, d Design) {
	const steps = 64
	for i := range steps {
		t := float64(i) / steps
		s.fill(rectangle(0, heightMM*t, widthMM, heightMM/steps+0.4), fade(d.Ground, 0.62*(1-t)+0.05))
	}
	for _, m := range d.Motifs {
		m.draw(s, d.Accent)
	}
	for i := range 7 { // fine waves under the text
		s.fill(stroke(curve(120, func(t float64) point { return point{3 + 66*t, 46.3 + wave(t, i)} }), 0.09), tint(d.Accent, 90))
	}
}

// fade mixes a colour with paper: 1 is the colour.
func fade(c color.NRGBA, share float64) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8(255 - share*(255-float64(v))) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), 255}
}

func portrait(s *scene, photo []byte, x, y, w, h float64) error {
	if photo == nil {
		s.fill(rectangle(x, y, w, h), color.NRGBA{255, 255, 255, 140})
		return nil
	}
	img, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		return BadPhoto.Because(err)
	}
	s.picture(img, photo, x, y, w, h)
	return nil
}

func grouped(digits string) string {
	var b []byte
	for i := range len(digits) {
		if i > 0 && i%4 == 0 {
			b = append(b, ' ')
		}
		b = append(b, digits[i])
	}
	return string(b)
}
