package app

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"strings"
	"sync"

	"kawu/app/design"
	"kawu/chip/face"
	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/flow/makecard"
	"kawu/kit/clock"
	"kawu/kit/idno"
	"kawu/kit/name"
)

// Fonts are those of the machine, opened once.
var Fonts = sync.OnceValues(func() (*face.Fonts, error) { return face.OpenFonts(face.Debian) })

// rare names the characters of a name that the card's typeface lacks, and the fonts that stand in.
// Without fonts nobody can tell, and drawing a card says so.
func rare(name string) []makecard.Character {
	fonts, err := Fonts()
	if err != nil {
		return nil
	}
	all := fonts.Rare(name)
	out := make([]makecard.Character, len(all))
	for i, r := range all {
		out[i] = makecard.Character{Code: Codes([]rune{r}), Font: fonts.Source(r)}
	}
	return out
}

// look is how the cards of a product and a bank look, for the factory.
func (h *House) look(product string, bank ref.Bank) (production.Look, error) {
	d, err := design.Of(string(h.City), product)
	if err != nil {
		return production.Look{}, err
	}
	hex := func(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
	out := production.Look{Title: d.Title, Region: d.Region, Issuer: d.Issuer, Hotline: d.Hotline, Note: d.Note, Version: d.Version,
		Ground: hex(d.Ground), Accent: hex(d.Accent), Bank: h.BankName(bank)}
	for _, m := range d.Motifs {
		out.Motifs = append(out.Motifs, string(m))
	}
	if b, ok := h.Here.Bank(string(bank)); ok {
		out.BankHotline = b.Hotline
	}
	return out, nil
}

// sample draws a name as a product prints it.
func (h *House) sample(product, name string) ([]byte, error) {
	fonts, err := Fonts()
	if err != nil {
		return nil, err
	}
	d, err := design.Of(string(h.City), product)
	if err != nil {
		return nil, err
	}
	return face.NewPress(fonts, d).NameSVG(name)
}

// Printable tells whether the fonts of this machine have every character of a name. Without any font
// faces stay blank, and every name will do.
func Printable(name string) bool {
	for _, c := range rare(name) {
		if c.Font == "" {
			return false
		}
	}
	return true
}

// Codes writes characters as code points: "U+20BB7 U+4DAE".
func Codes(all []rune) string {
	out := make([]string, len(all))
	for i, r := range all {
		out[i] = fmt.Sprintf("U+%04X", r)
	}
	return strings.Join(out, " ")
}

// Printed is a drawn card, what a person has to look at before it is printed, and what the factory
// says it did print.
type Printed struct {
	Front, Back *face.Side
	Photo       bool             // the place of the photo is filled
	Fallback    []rune           // characters that are not in the typeface of the card and come from another font
	Digest      string           // of both sides as drawn now
	Print       production.Print // the factory's; an empty Digest: nothing is printed yet
}

// Face draws a card as it would be printed now, and finds what was printed.
func (h *House) Face(ctx context.Context, c card.Card) (*Printed, error) {
	fonts, err := Fonts()
	if err != nil {
		return nil, err
	}
	d, err := design.Of(string(c.City), c.Product)
	if err != nil {
		return nil, err
	}
	who, err := h.holder(ctx, c)
	if err != nil {
		return nil, err
	}
	out := &Printed{Photo: who.Photo != nil}
	press := face.NewPress(fonts, d)
	if out.Front, err = press.Front(who); err != nil {
		return nil, err
	}
	if out.Back, err = press.Back(who); err != nil {
		return nil, err
	}
	out.Digest = face.Digest(out.Front, out.Back)
	if out.Print, _, err = production.PrintOf(ctx, h.Store, c.ID); err != nil {
		return nil, err
	}
	out.Fallback = fonts.Rare(string(append(out.Front.Fallback, out.Back.Fallback...)))
	return out, nil
}

// holder gathers what is printed of the person and the bank. The month of issue is that of the order,
// as on the chip; a card that was never ordered here has that of its making, or today's.
func (h *House) holder(ctx context.Context, c card.Card) (face.Holder, error) {
	full, number, err := h.named(ctx, c)
	if err != nil {
		return face.Holder{}, err
	}
	issued := c.MadeAt
	if issued.IsZero() {
		issued = h.Clock.Now()
	}
	b, err := production.Get(ctx, h.Store, c.Batch)
	switch {
	case err == nil:
		issued = b.DrawnAt
	case !errors.Is(err, production.ErrUnknown):
		return face.Holder{}, err
	}
	out := face.Holder{Name: full.Reveal(), Number: number.Reveal(), CardNumber: c.Number, Issued: issued.In(clock.Zone).Format("2006-01"),
		Expires: c.Expires[:min(7, len(c.Expires))], Bank: h.BankName(c.Bank)}
	if b, ok := h.Here.Bank(string(c.Bank)); ok {
		out.BankHotline = b.Hotline
	}
	numbers, err := account.Numbers(ctx, h.Store, []ref.Application{c.Application})
	if err != nil {
		return out, err
	}
	out.Account = numbers[c.Application]
	photos, err := portrait.Find(ctx, h.Store, []ref.Person{c.Person})
	if err != nil {
		return out, err
	}
	if x, ok := photos[c.Person]; ok {
		out.Photo, err = portrait.Picture(ctx, h.Store, x.ID)
	}
	return out, err
}

// named is whose card it is, as it was ordered; a card from before this program has no order.
func (h *House) named(ctx context.Context, c card.Card) (name.Person, idno.Number, error) {
	if c.Application == "" {
		p, err := person.Get(ctx, h.Store, c.Person)
		return p.Name, p.Number, err
	}
	a, err := application.Get(ctx, h.Store, c.Application)
	return a.Name, a.Number, err
}
