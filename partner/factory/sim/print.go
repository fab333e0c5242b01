package sim

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"image/color"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"kawu/chip/face"
	"kawu/kit/fault"
	"kawu/partner/factory"
	"kawu/partner/wire/host"
)

// fonts are those of the machine; nil when it has none, and then faces stay blank.
var fonts = sync.OnceValue(func() *face.Fonts {
	f, err := face.OpenFonts(face.Debian)
	if err != nil {
		return nil
	}
	return f
})

// press is set up for how the cards of a batch look; the one of the last batch is kept.
func (w *workshop) press(l factory.Look) (*face.Press, error) {
	d := face.Design{Title: l.Title, Region: l.Region, Issuer: l.Issuer, Hotline: l.Hotline, Note: l.Note, Version: l.Version}
	var err error
	if d.Ground, err = colour(l.Ground); err != nil {
		return nil, err
	}
	if d.Accent, err = colour(l.Accent); err != nil {
		return nil, err
	}
	for _, m := range l.Motifs {
		if d.Motifs = append(d.Motifs, face.Motif(m)); !face.Motif(m).Known() {
			return nil, host.Refuse("bad_look")
		}
	}
	if l.Title == "" || l.Bank == "" {
		return nil, host.Refuse("bad_look")
	}
	mark, err := json.Marshal(d)
	if err != nil || fonts() == nil {
		return nil, err
	}
	if string(mark) != w.looks {
		w.looks, w.plate = string(mark), face.NewPress(fonts(), d)
	}
	return w.plate, nil
}

func colour(s string) (color.NRGBA, error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "#"))
	if err != nil || len(b) != 3 {
		return color.NRGBA{}, host.Refuse("bad_look")
	}
	return color.NRGBA{R: b[0], G: b[1], B: b[2], A: 255}, nil
}

// page is one card for the press: what is drawn on it, and what came of it.
type page struct {
	press  *face.Press
	holder face.Holder
	spoilt bool // by order: the camera behind the press sees another picture
	digest string
	fonts  string
	err    error
}

// page gathers what is printed on a card; its error is that of a photo that cannot be used.
func (s *Sim) page(b factory.Batch, l factory.Line, press *face.Press) *page {
	p := &page{press: press, holder: face.Holder{Name: l.Name, Number: l.Number, CardNumber: l.Card, Issued: month(l.Issued), Expires: month(l.Expires),
		Account: l.Account, Bank: b.Look.Bank, BankHotline: b.Look.BankHotline}}
	p.holder.Photo, p.err = s.album.get(b.Batch, l.Photo)
	return p
}

// month writes YYYYMMDD as the press wants it.
func month(day string) string { return day[:4] + "-" + day[4:6] }

// draw makes the print file of a card: the same whether it is a trial before the chip is written or the
// print itself.
func (p *page) draw() {
	if p.err != nil || p.press == nil {
		return
	}
	front, err := p.press.Front(p.holder)
	if err != nil {
		p.err = err
		return
	}
	back, err := p.press.Back(p.holder)
	if err != nil {
		p.err = err
		return
	}
	p.digest = face.Digest(front, back)
	var names []string
	for _, r := range append(front.Fallback, back.Fallback...) {
		if n := fonts().Source(r); !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	p.fonts = strings.Join(names, " ")
}

// trials draw the faces of a box before any chip is written: what cannot be printed costs no card.
func (s *Sim) trials(b factory.Batch, lines []factory.Line) ([]*page, error) {
	press, err := s.shop.press(b.Look)
	if err != nil {
		return nil, err
	}
	out := make([]*page, len(lines))
	each(len(lines), func(i int) {
		out[i] = s.page(b, lines[i], press)
		out[i].draw()
	})
	return out, nil
}

var errMisprint = errors.New("the camera behind the press sees another picture")

// printer is the last machine of the line; it fills perso.Press.
type printer map[string]*page

// Print draws and prints each card.
func (p printer) Print(_ context.Context, keys []string) []error {
	out := make([]error, len(keys))
	each(len(keys), func(i int) {
		x := p[keys[i]]
		if x.draw(); x.err == nil && x.spoilt {
			x.err = errMisprint
		}
		out[i] = x.err
	})
	return out
}

// each runs n pieces of work on all cores.
func each(n int, one func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(runtime.GOMAXPROCS(0), n) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				one(i)
			}
		})
	}
	wg.Wait()
}

// unprintable says in production's words why a card's face cannot be made from its data; "" for a
// trial that came out well.
func unprintable(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, errNoPhoto):
		return "no_photo"
	case errors.Is(err, errBadPhoto), errors.Is(err, face.BadPhoto), errors.Is(err, face.PhotoSize):
		return "bad_photo"
	case fault.Of(err) != nil:
		return "unprintable"
	}
	return "print_failure"
}
