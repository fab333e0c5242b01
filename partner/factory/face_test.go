package factory_test

import (
	"context"
	"encoding/hex"
	"errors"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kawu/chip/face"
	"kawu/chip/tray"
	"kawu/domain/production"
	"kawu/kit/sm"
	"kawu/partner/factory/conform"
	"kawu/partner/factory/sim"
	"kawu/partner/wire"
)

// pictures makes a photo for each order and names it there.
func pictures(t *testing.T, list []production.Order) []production.Photo {
	t.Helper()
	out := make([]production.Photo, len(list))
	for i := range list {
		jpeg := sketch(t, uint64(i))
		h := sm.Hash(jpeg)
		out[i] = production.Photo{Digest: hex.EncodeToString(h[:]), JPEG: jpeg}
		list[i].Photo = out[i].Digest
	}
	return out
}

// What the factory printed is what anybody draws from the same data; it lies with the card in the tray,
// and the fonts that stood in are named. The photos are forgotten with the last card.
func TestFace(t *testing.T) {
	fonts, err := face.OpenFonts(face.Debian)
	if err != nil || len(fonts.Rare("𫖶")) == 0 || fonts.Source('𫖶') == "" {
		t.Skip("fonts are missing: Debian packages fonts-noto-cjk fonts-babelstone-han")
	}
	g, p := start(t)
	ctx, list := context.Background(), orders(3)
	list[1].Name = "王𫖶"
	set := pictures(t, list)
	for i, part := range [][]production.Photo{set[:2], set[2:]} {
		if err := p.Photos(ctx, []string{"p1", "p2"}[i], "b1", part); err != nil {
			t.Fatal(err)
		}
	}
	send(t, p, "b1", list)
	data, _ := g.Folders()
	if files, _ := filepath.Glob(filepath.Join(data, "photos", "b1", "*")); len(files) != 3 {
		t.Fatal(len(files), "photos are kept")
	} else if raw, err := os.ReadFile(files[0]); err != nil || strings.Contains(string(raw), string(set[0].JPEG[100:120])) {
		t.Error("a photo in plain", err)
	}
	g.Days(6)
	made := collect(t, p, "")[0].Lines
	var got []production.Return
	for i := range made { // one after the other: photos stay until the last
		if n, err := g.Sim.Photos(); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		one, err := p.Load(ctx, "k"+made[i].Key, conform.Certify(t, made[i:i+1]))
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, one...)
	}
	if n, err := g.Sim.Photos(); n != 0 || err != nil {
		t.Error(n, "photos are left of a batch that is delivered", err)
	}
	plastic, err := tray.Open(sim.Tray(data))
	if err != nil {
		t.Fatal(err)
	}
	press := face.NewPress(fonts, face.Design{Title: look.Title, Region: look.Region, Issuer: look.Issuer, Hotline: look.Hotline, Note: look.Note, Version: look.Version,
		Ground: color.NRGBA{0x7e, 0xb2, 0xe2, 255}, Accent: color.NRGBA{0x26, 0x5c, 0xa0, 255}, Motifs: []face.Motif{face.Peak}})
	for i, o := range list {
		h := face.Holder{Name: o.Name, Number: o.Number, CardNumber: o.CardNumber, Issued: "2024-02", Expires: "2034-02", Account: o.Account,
			Bank: look.Bank, BankHotline: look.BankHotline, Photo: set[i].JPEG}
		front, err := press.Front(h)
		if err != nil {
			t.Fatal(err)
		}
		back, err := press.Back(h)
		if err != nil {
			t.Fatal(err)
		}
		want := face.Digest(front, back)
		on, err := plastic.Printed(o.Key)
		if err != nil || on != want || got[i].Print != want {
			t.Errorf("%s: drawn %s, told %s, on the card %s, %v", o.Key, want, got[i].Print, on, err)
		}
		if fonts := []string{"", "BabelStoneHan", ""}[i]; got[i].Fonts != fonts {
			t.Errorf("%s: stood in %q, not %q", o.Key, got[i].Fonts, fonts)
		}
	}
}

// Cards that never get certificates do not keep their photos for ever.
func TestForgotten(t *testing.T) {
	g, p := start(t)
	list := orders(2)
	if err := p.Photos(context.Background(), "p1", "b1", pictures(t, list)); err != nil {
		t.Fatal(err)
	}
	send(t, p, "b1", list)
	g.Days(50)
	if n, err := g.Sim.Photos(); n != 2 || err != nil {
		t.Error(n, err)
	}
	g.Days(30)
	collect(t, p, "") // the simulator's clock follows
	if n, err := g.Sim.Photos(); n != 0 || err != nil {
		t.Error(n, "photos are left", err)
	}
	if err := p.Photos(context.Background(), "p2", "b1", pictures(t, list)); err != nil {
		t.Fatal(err)
	}
	if n, err := g.Sim.Photos(); n != 0 || err != nil {
		t.Error(n, "photos came too late and are kept", err)
	}
}

// A batch whose look cannot be printed is refused as a whole, before anything is made; so are photos
// under names that could be anybody's file.
func TestBadLook(t *testing.T) {
	_, p := start(t)
	ctx := context.Background()
	for what, spoil := range map[string]func(*production.Look){
		"title": func(l *production.Look) { l.Title = "" }, "colour": func(l *production.Look) { l.Ground = "blue" },
		"motif": func(l *production.Look) { l.Motifs = []string{"dragon"} }, "bank": func(l *production.Look) { l.Bank = "" },
	} {
		bad := look
		spoil(&bad)
		if err := p.Send(ctx, "k"+what, production.Work{Batch: "b1", Look: bad, Orders: orders(1)}); !errors.Is(err, wire.Refused) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for i, x := range []struct{ batch, digest string }{{"../b1", strings.Repeat("a", 64)}, {"b1", "../../x"}, {"b1", ""}} {
		if err := p.Photos(ctx, []string{"a", "b", "c"}[i], x.batch, []production.Photo{{Digest: x.digest}}); !errors.Is(err, wire.Refused) {
			t.Error(x, err)
		}
	}
}
