package app

import (
	"context"
	"image/color"
	"io/fs"
	"path"
	"strings"
	"testing"
	"time"

	"kawu/app/design"
	"kawu/chip/photo"
	"kawu/city"
	"kawu/domain/card"
	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/flow/desk"
	"kawu/flow/makecard"
	"kawu/kit/clock"
)

// Every third-generation product of every city has a design, and every design is right.
func TestDesigns(t *testing.T) {
	files, err := fs.Glob(city.Faces, "*/face/*.yaml")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if _, err := design.Of(strings.Split(f, "/")[0], strings.TrimSuffix(path.Base(f), ".yaml")); err != nil {
			t.Error(err)
		}
	}
	book, err := city.Open(calendar{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range book.Cities() {
		for _, e := range c.Editions() {
			for _, p := range e.Products {
				if _, err := design.Of(c.ID, p.ID); err != nil && p.Generation == 3 {
					t.Error(e.ID, err)
				}
			}
		}
	}
}

// A card is drawn from what the rooms hold; who has no photo has an empty place, and characters from
// another font are named.
func TestFace(t *testing.T) {
	ctx := context.Background()
	if _, err := Fonts(); err != nil {
		t.Skip("fonts are missing: Debian packages fonts-noto-cjk fonts-babelstone-han")
	}
	now := time.Date(2024, 2, 15, 9, 0, 0, 0, clock.Zone)
	h, err := Open(ctx, Config{Data: t.TempDir(), City: "beijing", Clock: clock.At(now)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	jpeg, _, err := photo.Look(photo.Sketch(1, 400, 500, color.RGBA{250, 250, 250, 255}), photo.Default)
	if err != nil {
		t.Fatal(err)
	}
	people := []person.Person{{ID: "per_1", City: "beijing", Number: "11010519491231002X", Name: "王小明"}, {ID: "per_2", City: "beijing", Number: "110105194912310038", Name: "𠮷䶮𫖶"}}
	cards := []card.Card{{ID: "crd_1", City: "beijing", Number: "BA0000018", Person: "per_1", Bank: "icbc", Generation: 3, Product: "generation-3", Making: card.AtFactory, Expires: "2034-02-15"},
		{ID: "crd_2", City: "beijing", Number: "BA0000026", Person: "per_2", Bank: "icbc", Generation: 3, Product: "generation-3", Making: card.AtFactory, Expires: "2034-02-15"}}
	err = h.Desk.Sit(ctx, desk.Clockwork("test"), desk.SetUp, func(s *desk.Sitting) error {
		if err := person.Put(ctx, s.Tx, people); err != nil {
			return err
		}
		if err := card.Put(ctx, s.Tx, cards); err != nil {
			return err
		}
		return portrait.Put(ctx, s.Tx, []portrait.Photo{{City: "beijing", Person: "per_1", JPEG: jpeg.JPEG}}, s.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		photo bool
		rare  string
	}{{true, ""}, {false, "U+2B5B6"}} {
		p, err := h.Face(ctx, cards[i])
		if err != nil || p.Photo != want.photo || Codes(p.Fallback) != want.rare {
			t.Errorf("%d: %+v, %v", i, p, err)
		}
	}
	cards[0].Product = "generation-2"
	if _, err := h.Face(ctx, cards[0]); err == nil || !strings.Contains(err.Error(), "generation-2") {
		t.Error(err)
	}
	if got := rare("𠮷䶮𫖶"); len(got) != 1 || got[0] != (makecard.Character{Code: "U+2B5B6", Font: "BabelStoneHan"}) {
		t.Error(got)
	}
}
