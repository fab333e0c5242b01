package face

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"

	"kawu/kit/fault"
)

// Design is how a product looks in a city: data of the city.
type Design struct {
	Title   string      // 中华人民共和国社会保障卡
	Region  string      // beside the title: province or city
	Issuer  string      // along the front's lower edge: the bureau that issues the card
	Hotline string      // "12333"
	Note    string      // small text on the back; it takes as many lines as it needs
	Version string      // of the design, printed small on both sides
	Ground  color.NRGBA // the front's colour at its top
	Accent  color.NRGBA // watermark and lines
	Motifs  []Motif
}

// Holder is what is printed of the person, the card and its bank. It never prints in logs.
type Holder struct {
	Name        string
	Number      string // social security number
	CardNumber  string
	Issued      string // YYYY-MM
	Expires     string // YYYY-MM; empty: long-term
	Account     string // bank card number, in groups of four on the back
	Bank        string // its name, on the back
	BankHotline string // "95588"; empty when the city's data have none
	Photo       []byte // JPEG; nil leaves the place empty (pre-made cards, small children)
}

// String hides the person.
func (Holder) String() string { return "holder" }

// Side is a drawn side, ready to be written.
type Side struct {
	under    *sheet // what all cards of the design share
	scene    scene  // what is this card's own
	Fallback []rune // characters that the first font lacks, each once: a person must look at this card
}

var (
	// BadPhoto says that the photo is not a JPEG.
	BadPhoto = fault.New(fault.Invalid, "face.bad_photo", "the photo for the card's face is not a JPEG")
	// PhotoSize says that the photo has another size than its place; args: width, height.
	PhotoSize = fault.New(fault.Invalid, "face.photo_size", "the photo for the card's face is {width} by {height} pixels, not 358 by 441")
)

var (
	ink   = color.NRGBA{22, 26, 34, 255}
	quiet = color.NRGBA{66, 74, 88, 255}
	white = color.NRGBA{255, 255, 255, 255}
)

// photoSize is the picture's in pixels (chip/photo makes them so).
var photoSize = image.Pt(358, 441)

// photoAt is the photo's place in millimetres; its sides are as the picture's.
var photoAt = box{5.6, 14.8, 5.6 + 21.6, 14.8 + 26.6}

const left, middle = 31.4, 57.6 // where the front's texts begin

// frontSheet is the side of social security without a person.
func frontSheet(p *pen, d Design) {
	s := p.scene
	ground(s, d, d.Accent, 0.66)
	rosette(s, 9.4, 7.6, 3.7, d.Accent)
	p.spread(15.4, 9.2, 4.4, 50, ink, d.Title)
	p.right(80, 9.1, 2.4, 13, quiet, d.Region)
	s.fill(stroke([]point{{15.4, 11.6}, {80, 11.6}}, 0.16), tint(d.Accent, 150))
	p.text(left, 16.6, 1.9, quiet, "姓名")
	p.text(left, 27.0, 1.9, quiet, "社会保障号码")
	p.text(left, 34.8, 1.9, quiet, "社会保障卡卡号")
	p.text(left, 42.4, 1.9, quiet, "发卡日期")
	p.text(middle, 42.4, 1.9, quiet, "有效期限")
	p.fitted(5.6, 50.9, 2.3, 48, ink, d.Issuer)
}

// nameAt is the name's place in millimetres.
var nameAt = box{left, 17.4, left + 48.6, 17.4 + 6.6}

func (p *pen) name(s string) {
	p.block(nameAt.x0, nameAt.y0, nameAt.x1-nameAt.x0, nameAt.y1-nameAt.y0, 4.4, ink, s)
}

// front lays the person and the photo over the sheet.
func front(p *pen, d Design, h Holder) error {
	p.name(h.Name)
	p.fitted(left, 31.0, 3.5, 48.6, ink, h.Number)
	p.fitted(left, 38.6, 3.2, 24, ink, h.CardNumber)
	p.fitted(left, 46.0, 2.9, 24, ink, month(h.Issued))
	p.fitted(middle, 46.0, 2.9, 22, ink, validity(h))
	return portrait(p.scene, h.Photo, d.Accent)
}

// month writes YYYY-MM as people do.
func month(s string) string {
	if len(s) != 7 {
		return s
	}
	return s[:4] + "年" + s[5:] + "月"
}

func validity(h Holder) string {
	if h.Expires == "" {
		return "长期"
	}
	return month(h.Expires)
}

// backSheet is the bank's side without an account: the chip where readers expect it (ISO/IEC 7816-2)
// and the strip for the signature.
func backSheet(p *pen, d Design) {
	s := p.scene
	ground(s, d, fade(d.Accent, 0.6), 0.30)
	p.right(80, 7.6, 2.2, 30, quiet, "借记卡 DEBIT")
	contacts(s, 9.3, 17.6)
	quickPass(s, p, 66.5, 13.4, d.Accent)
	p.text(48, 29.6, 1.6, quiet, "有效期至")
	s.fill(rectangle(5.6, 40.6, 34, 5.0), white)
	for y := 41.1; y < 45.5; y += 0.8 { // ground of the signature, so that an erasure shows
		s.fill(stroke(curve(60, func(t float64) point { return point{5.6 + 34*t, y + 0.16*wave(t, 2)} }), 0.09), tint(d.Accent, 80))
	}
	p.text(5.6, 47.8, 1.5, quiet, "持卡人签名 Signature")
	p.lines(43.5, 41.9, 1.75, 36.6, 4, quiet, d.Note)
	p.right(80, 51.3, 1.4, 22, quiet, d.Version)
}

// back lays the bank, the account and whom to call over the sheet.
func back(p *pen, d Design, h Holder) error {
	p.fitted(5.6, 9.6, 4.4, 44, ink, h.Bank)
	p.fitted(9.3, 37.2, 4.8, 66, ink, grouped(h.Account))
	p.fitted(54.8, 29.8, 2.6, 18, ink, short(h))
	hotlines := "社会保障 " + d.Hotline
	if h.BankHotline != "" {
		hotlines += "  银行 " + h.BankHotline
	}
	p.fitted(5.6, 51.4, 2.1, 48, ink, hotlines)
	return nil
}

// short is the end of validity as banks print it: MM/YY.
func short(h Holder) string {
	if len(h.Expires) != 7 {
		return "长期"
	}
	return h.Expires[5:] + "/" + h.Expires[2:4]
}

func portrait(s *scene, photo []byte, accent color.NRGBA) error {
	x, y, w, h := photoAt.x0, photoAt.y0, photoAt.x1-photoAt.x0, photoAt.y1-photoAt.y0
	if photo == nil {
		s.fill(rounded(x, y, w, h, 0.6), color.NRGBA{255, 255, 255, 120})
		return nil
	}
	img, err := jpeg.Decode(bytes.NewReader(photo))
	if err != nil {
		return BadPhoto.Because(err)
	}
	if size := img.Bounds().Size(); size != photoSize {
		return fault.New(PhotoSize.Kind, PhotoSize.Code, PhotoSize.Message, "width", size.X, "height", size.Y)
	}
	s.fill(rectangle(x-0.12, y-0.12, w+0.24, h+0.24), tint(accent, 150))
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
