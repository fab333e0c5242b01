package face

import (
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"strings"
	"sync"
	"testing"

	"kawu/chip/photo"
	"kawu/kit/fault"
)

// printed is the digest of both sides.
func printed(t *testing.T, p *Press, h Holder) string {
	t.Helper()
	front, err := p.Front(h)
	if err != nil {
		t.Fatal(err)
	}
	back, err := p.Back(h)
	if err != nil {
		t.Fatal(err)
	}
	return Digest(front, back)
}

// Whatever is changed on the card changes its digest; the same card has the same, from any press and
// any number of hands at it.
func TestDigest(t *testing.T) {
	f, h := fonts(t), holder(t)
	p := NewPress(f, design)
	seen := map[string]string{"": printed(t, p, h)}
	for what, change := range map[string]func(*Holder, *Design){
		"name":    func(h *Holder, _ *Design) { h.Name = "王晓明" },
		"number":  func(h *Holder, _ *Design) { h.Number = "110105194912310038" },
		"card":    func(h *Holder, _ *Design) { h.CardNumber = "BA0010555" },
		"issued":  func(h *Holder, _ *Design) { h.Issued = "2026-04" },
		"expires": func(h *Holder, _ *Design) { h.Expires = "" },
		"account": func(h *Holder, _ *Design) { h.Account = "6217000000000000012" },
		"bank":    func(h *Holder, _ *Design) { h.Bank = "另一银行" },
		"photo": func(h *Holder, _ *Design) {
			made, err := photo.Prepare(photo.Sketch(5, 800, 1000, color.RGBA{250, 250, 250, 255}), photo.Default)
			if err != nil {
				t.Fatal(err)
			}
			h.Photo = made.JPEG
		},
		"no photo": func(h *Holder, _ *Design) { h.Photo = nil },
		"issuer":   func(_ *Holder, d *Design) { d.Issuer = "另一市人力资源和社会保障局" },
		"motif":    func(_ *Holder, d *Design) { d.Motifs = []Motif{River} },
		"colour":   func(_ *Holder, d *Design) { d.Ground.R++ },
	} {
		x, d := h, design
		change(&x, &d)
		seen[what] = printed(t, NewPress(f, d), x)
	}
	by := map[string]string{}
	for what, digest := range seen {
		if was, ok := by[digest]; ok {
			t.Errorf("%q and %q have the same digest", what, was)
		}
		by[digest] = what
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if printed(t, p, h) != seen[""] {
				t.Error("the same card has another digest")
			}
		})
	}
	wg.Wait()
}

func TestPhotoSize(t *testing.T) {
	f, h := fonts(t), holder(t)
	h.Photo = photo.Sketch(4, 359, 441, color.RGBA{250, 250, 250, 255})
	if _, err := Front(f, design, h); !errors.Is(err, PhotoSize) {
		t.Error(err)
	}
}

// The drawing of the name has one path for each character, at the place it has on the card, and
// is well-formed.
func TestNameSVG(t *testing.T) {
	p := NewPress(fonts(t), design)
	for _, name := range names {
		b, err := p.NameSVG(name)
		if err != nil {
			t.Fatal(err)
		}
		n, d := 0, xml.NewDecoder(strings.NewReader(string(b)))
		for {
			x, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if e, ok := x.(xml.StartElement); ok && e.Name.Local == "path" {
				n++
			}
		}
		if n-1 != len([]rune(strings.ReplaceAll(name, " ", ""))) {
			t.Errorf("%d paths for %d characters", n-1, len([]rune(name)))
		}
	}
	if _, err := p.NameSVG("\U0010FFFD"); !errors.Is(fault.Of(err), NoGlyph) {
		t.Error(err)
	}
}

func TestSource(t *testing.T) {
	f := fonts(t)
	for r, want := range map[rune]string{'王': "NotoSansCJK-Regular", '𫖶': "BabelStoneHan", '\U0010FFFD': ""} {
		if got := f.Source(r); got != want {
			t.Errorf("%c comes from %q, not %q", r, got, want)
		}
	}
}

// BenchmarkPress is one card at the factory: both sides drawn and named, nothing encoded.
func BenchmarkPress(b *testing.B) {
	p, h := NewPress(fonts(b), design), holder(b)
	for b.Loop() {
		front, err := p.Front(h)
		if err != nil {
			b.Fatal(err)
		}
		back, err := p.Back(h)
		if err != nil {
			b.Fatal(err)
		}
		Digest(front, back)
	}
}

// BenchmarkImage is what a picture of both sides costs when somebody asks for it.
func BenchmarkImage(b *testing.B) {
	p, h := NewPress(fonts(b), design), holder(b)
	for b.Loop() {
		front, err := p.Front(h)
		if err != nil {
			b.Fatal(err)
		}
		front.Image()
	}
}
