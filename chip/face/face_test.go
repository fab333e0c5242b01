package face

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kawu/chip/photo"
	"kawu/kit/fault"
)

func fonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := OpenFonts(Debian)
	if err != nil || len(f.fonts) < 2 {
		t.Skip("fonts are missing: Debian packages fonts-noto-cjk fonts-babelstone-han")
	}
	return f
}

var design = Design{Title: "中华人民共和国社会保障卡", Region: "示例省 示例市", Issuer: "示例市人力资源和社会保障局", Hotline: "12333",
	Note: "本卡仅限本人使用，请妥善保管。遗失请立即挂失。", Version: "KW-3.0-A",
	Ground: color.NRGBA{126, 178, 226, 255}, Accent: color.NRGBA{38, 92, 160, 255}, Motifs: []Motif{Peak, Lotus}}

func holder(t testing.TB) Holder {
	t.Helper()
	p, err := photo.Prepare(photo.Sketch(4, 800, 1000, color.RGBA{250, 250, 250, 255}), photo.Default)
	if err != nil {
		t.Fatal(err)
	}
	return Holder{Name: "王小明", Number: "11010519491231002X", CardNumber: "BA0010547", Issued: "2026-03", Expires: "2036-02", Account: "6217000000000000004",
		Bank: "示例银行", BankHotline: "95500", Photo: p.JPEG}
}

func TestRareCharactersAreFlagged(t *testing.T) {
	f := fonts(t)
	h := holder(t)
	s, err := Front(f, design, h)
	if err != nil || len(s.Fallback) != 0 {
		t.Fatal(err, string(s.Fallback))
	}
	h.Name = "𫖶𰀀䶮"
	s, err = Front(f, design, h)
	if err != nil || string(s.Fallback) != "𫖶𰀀" {
		t.Error(err, string(s.Fallback))
	}
	h.Name = "王\uE123\U0010FFFD" // private use: no font may have it
	if _, err = Front(f, design, h); !errors.Is(fault.Of(err), NoGlyph) {
		t.Error("a box would be printed:", err)
	}
	var l fault.List
	if errors.As(err, &l); len(l) == 0 || strings.Contains(err.Error(), "王") {
		t.Error(err)
	}
	h = holder(t)
	h.Photo = []byte("x")
	if _, err := Front(f, design, h); !errors.Is(err, BadPhoto) {
		t.Error(err)
	}
	if _, err := OpenFonts([]FontFile{{"/nowhere", ""}}); !errors.Is(err, NoFont) {
		t.Error(err)
	}
	if fmt.Sprint(h) != "holder" {
		t.Error("the person is printed")
	}
}

func TestPNG(t *testing.T) {
	s, err := Front(fonts(t), design, holder(t))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := WritePNG(&b, s); err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b.Bytes()))
	if err != nil || img.Bounds().Dx() != 1011 || img.Bounds().Dy() != 638 {
		t.Fatal(err, img.Bounds())
	}
	at := bytes.Index(b.Bytes(), []byte("pHYs"))
	if at < 0 || binary.BigEndian.Uint32(b.Bytes()[at+4:]) != 11811 {
		t.Error("resolution")
	}
	if _, _, _, a := img.At(0, 0).RGBA(); a != 0 {
		t.Error("the corner is not round")
	}
	b.Reset()
	if err := WritePNG(&b, s, s); err != nil {
		t.Fatal(err)
	}
	if two, err := png.Decode(&b); err != nil || two.Bounds().Dx() != 1011 || two.Bounds().Dy() != 2*638+gap {
		t.Error("two sides", err, two.Bounds())
	}
}

// names are short, long, of many parts, and of characters beyond most fonts; everybody's is printed
// whole.
var names = []string{"王", "王小明", "阿卜杜热合曼·买买提", "迪丽努尔·阿不都热依木·吐尔逊古丽·买买提江·艾尼瓦尔", "𠮷䶮𫖶", strings.Repeat("买买提江", 12),
	"Alexandrina-Margarethe Wolfeschlegelsteinhausenbergerdorff"}

// The room of every text: inside the card, off the photo, not over another text.
func TestTextsKeepTheirPlaces(t *testing.T) {
	f := fonts(t)
	h := holder(t)
	for _, name := range names {
		h.Name = name
		front, err := Front(f, design, h)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Back(f, design, h)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range front.texts() {
			if w.box.meets(photoAt) {
				t.Errorf("%q: %q lies on the photo", name, w.text)
			}
		}
		for _, side := range []*Side{front, back} {
			for i, w := range side.texts() {
				if w.box.x0 < 5 || w.box.y0 < 3 || w.box.x1 > widthMM-5 || w.box.y1 > heightMM-1.5 {
					t.Errorf("%q: %q lies at the edge: %.1f", name, w.text, w.box)
				}
				for _, v := range side.texts()[:i] {
					if w.box.meets(v.box) {
						t.Errorf("%q: %q %.1f lies on %q %.1f", name, w.text, w.box, v.text, v.box)
					}
				}
			}
		}
	}
}

func (b box) meets(o box) bool { return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1 }

// Every character of a name is on the card, with its own outline, large enough to read.
func TestNamesAreWhole(t *testing.T) {
	f := fonts(t)
	h := holder(t)
	for _, name := range names {
		h.Name = name
		s, err := Front(f, design, h)
		if err != nil {
			t.Fatal(err)
		}
		var all strings.Builder
		for _, w := range s.texts() {
			if all.WriteString(w.text); strings.Contains(name, w.text) && w.box.y1-w.box.y0 < 1.2 {
				t.Errorf("%q is %.1f mm high", w.text, w.box.y1-w.box.y0)
			}
		}
		if !strings.Contains(all.String(), name) {
			t.Errorf("%q is not printed whole: %q", name, all.String())
		}
		for _, r := range name {
			if r != ' ' && !s.scene.shows(f.glyph(r).path) {
				t.Errorf("%q: %q has no outline on the card", name, r)
			}
		}
	}
}

// shows finds an outline at any place and size: the same operations, and the same proportions.
func (s *scene) shows(g path) bool {
	return slices.ContainsFunc(s.items, func(it item) bool {
		if len(it.path) != len(g) || it.img != nil || len(g) < 3 {
			return false
		}
		scale := (it.path[1].p[0].x - it.path[0].p[0].x) / (g[1].p[0].x - g[0].p[0].x)
		if g[1].p[0].x == g[0].p[0].x {
			scale = (it.path[1].p[0].y - it.path[0].p[0].y) / (g[1].p[0].y - g[0].p[0].y)
		}
		for i, o := range it.path {
			dx, dy := o.p[0].x-it.path[0].p[0].x-scale*(g[i].p[0].x-g[0].p[0].x), o.p[0].y-it.path[0].p[0].y-scale*(g[i].p[0].y-g[0].p[0].y)
			if o.kind != g[i].kind || o.kind != 'Z' && dx*dx+dy*dy > 1e-9 {
				return false
			}
		}
		return true
	})
}

func TestRare(t *testing.T) {
	f := fonts(t)
	for text, want := range map[string]string{"王小明": "", "𠮷䶮": "", "𫖶𫖶𰀀": "𫖶𰀀", "\uE123": "\uE123"} {
		if got := string(f.Rare(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// The same scene through the PDF and an independent renderer gives the same picture.
func TestPDFLooksLikePNG(t *testing.T) {
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		t.Skip("pdftoppm is not installed: Debian package poppler-utils")
	}
	f := fonts(t)
	h := holder(t)
	h.Name = "阿卜杜热依木·𠮷䶮㛃𫖶"
	front, err := Front(f, design, h)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Back(f, design, h)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var b bytes.Buffer
	if err := WritePDF(&b, front, back); err != nil {
		t.Fatal(err)
	}
	os.WriteFile(filepath.Join(dir, "card.pdf"), b.Bytes(), 0o600)
	cmd := exec.Command("pdftoppm", "-r", "300", "-png", "card.pdf", "page")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatal(string(out), err)
	}
	for i, side := range []*Side{front, back} {
		raw, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("page-%d.png", i+1)))
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		ours := side.Image()
		var diff, n float64
		for y := 40; y < 600; y += 3 {
			for x := 40; x < 970; x += 3 {
				ar, ag, ab, _ := ours.At(x, y).RGBA()
				br, bg, bb, _ := theirs.At(x, y).RGBA()
				d := (float64(ar) - float64(br) + float64(ag) - float64(bg) + float64(ab) - float64(bb)) / 3 / 65535
				diff, n = diff+d*d, n+1
			}
		}
		if mse := diff / n; mse > 0.004 {
			t.Errorf("page %d differs from the picture: %.4f", i+1, mse)
		}
	}
}

func BenchmarkFront(b *testing.B) {
	f, h := fonts(b), holder(b)
	for b.Loop() {
		s, err := Front(f, design, h)
		if err != nil {
			b.Fatal(err)
		}
		if err := WritePNG(&bytes.Buffer{}, s); err != nil {
			b.Fatal(err)
		}
	}
}
