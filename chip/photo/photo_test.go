package photo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"kawu/kit/fault"
)

var paper = color.RGBA{250, 250, 250, 255}

func TestGood(t *testing.T) {
	for _, size := range []image.Point{{1200, 1600}, {358, 441}, {3000, 4000}, {900, 900}} {
		p, err := Prepare(Sketch(1, size.X, size.Y, paper), Default)
		if err != nil {
			t.Errorf("%v: %v", size, err)
			continue
		}
		img, err := jpeg.Decode(bytes.NewReader(p.JPEG))
		if err != nil || img.Bounds().Size() != image.Pt(Width, Height) || len(p.JPEG) > MaxBytes {
			t.Errorf("%v: %v, %v, %d bytes", size, err, img.Bounds(), len(p.JPEG))
		}
		if p.White < 0.99 || p.Quality < 60 || string(p.JPEG[6:10]) != "JFIF" || binary.BigEndian.Uint16(p.JPEG[14:]) != 350 {
			t.Errorf("%v: white %.2f, quality %d, % X", size, p.White, p.Quality, p.JPEG[:20])
		}
	}
}

func TestRefusedWithReasons(t *testing.T) {
	var b bytes.Buffer
	png.Encode(&b, image.NewGray(image.Rect(0, 0, 400, 500)))
	flat := bytes.Clone(b.Bytes())
	bomb := bytes.Clone(flat)
	binary.BigEndian.PutUint32(bomb[16:], 60000) // the header promises what the data do not have
	binary.BigEndian.PutUint32(bomb[20:], 60000)
	binary.BigEndian.PutUint32(bomb[29:], pngCRC(bomb[12:29]))
	dark := image.NewRGBA(image.Rect(0, 0, 400, 500))
	for i := range dark.Pix {
		dark.Pix[i] = byte(i % 40)
		if i%4 == 3 {
			dark.Pix[i] = 255
		}
	}
	b.Reset()
	png.Encode(&b, dark)
	for name, x := range map[string]struct {
		raw  []byte
		want *fault.Fault
	}{
		"empty": {nil, NotAPhoto}, "text": {[]byte("hello"), NotAPhoto}, "cut": {Sketch(1, 400, 500, paper)[:3000], NotAPhoto},
		"bomb": {bomb, Bomb}, "blank": {flat, Blank}, "small": {Sketch(1, 300, 400, paper), TooSmall},
		"big": {make([]byte, maxBytes+1), TooBig}, "blue": {Sketch(1, 800, 1000, color.RGBA{60, 120, 200, 255}), Background},
		"grey": {Sketch(1, 800, 1000, color.RGBA{215, 215, 215, 255}), Background}, "wide": {Sketch(1, 2000, 800, paper), Shape}, "dark": {b.Bytes(), Dark},
	} {
		_, err := Prepare(x.raw, Default)
		found := errors.Is(err, x.want)
		var l fault.List
		if errors.As(err, &l) {
			for _, f := range l {
				found = found || f.Code == x.want.Code
			}
		}
		if !found {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func pngCRC(b []byte) uint32 {
	c := ^uint32(0)
	for _, x := range b {
		c ^= uint32(x)
		for range 8 {
			c = c>>1 ^ 0xEDB88320&-(c&1)
		}
	}
	return ^c
}

func TestClerkOverrules(t *testing.T) {
	blue := Sketch(1, 800, 1000, color.RGBA{60, 120, 200, 255})
	p, err := Prepare(blue, Default, Background.Code)
	if err != nil || len(p.Overruled) != 1 || p.Overruled[0] != Background.Code {
		t.Fatal(err)
	}
	if _, err := Prepare(Sketch(1, 300, 400, paper), Default, TooSmall.Code); !errors.Is(err, TooSmall) {
		t.Error("a clerk added pixels:", err)
	}
}

// Every orientation comes back as the same picture.
func TestOrientation(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 40, 60))
	for y := range 60 {
		for x := range 40 {
			src.SetRGBA(x, y, color.RGBA{uint8(6 * x), uint8(4 * y), 0, 255})
		}
	}
	inverse := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
	for o, back := range inverse {
		stored := turn(src, back)
		var b bytes.Buffer
		jpeg.Encode(&b, stored, &jpeg.Options{Quality: 100})
		tiff := []byte{'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, byte(o), 0, 0, 0, 0, 0, 0}
		app1 := append([]byte{0xFF, 0xE1, 0, byte(8 + len(tiff)), 'E', 'x', 'i', 'f', 0, 0}, tiff...)
		raw := append(append(bytes.Clone(b.Bytes()[:2]), app1...), b.Bytes()[2:]...)
		got, err := read(raw)
		if err != nil {
			t.Fatal(o, err)
		}
		if got.Bounds() != src.Bounds() || luma(got, 35, 5) < luma(got, 5, 5) || luma(got, 5, 55) < luma(got, 5, 5) {
			t.Errorf("orientation %d: %v", o, got.Bounds())
		}
	}
}

// A picture that is fit as it came is not compressed again, and loses everything that is not picture.
func TestFitPictureIsKept(t *testing.T) {
	first, err := Prepare(Sketch(3, 900, 1100, paper), Default)
	if err != nil {
		t.Fatal(err)
	}
	comment := append([]byte{0xFF, 0xFE, 0, 8}, "secret"...)
	raw := append(append(bytes.Clone(first.JPEG[:2]), comment...), first.JPEG[2:]...)
	p, err := Prepare(raw, Default)
	if err != nil || p.Quality != 0 || !bytes.Equal(p.JPEG, first.JPEG) {
		t.Fatalf("%v, quality %d, %d bytes of %d", err, p.Quality, len(p.JPEG), len(first.JPEG))
	}
	for name, bad := range map[string][]byte{
		"behind its end": append(bytes.Clone(raw), "<script>"...),
		"a second end":   append(bytes.Clone(raw), "PK\xFF\xD9"...),
		"other colours":  append(append(bytes.Clone(first.JPEG[:2]), append([]byte{0xFF, 0xEE, 0, 14}, "Adobe\x00\x64\x00\x00\x00\x00\x01"...)...), first.JPEG[2:]...),
	} {
		p, err := Prepare(bad, Default)
		if err != nil || p.Quality == 0 || bytes.Contains(p.JPEG, []byte("script")) || bytes.Contains(p.JPEG, []byte("Adobe")) {
			t.Errorf("%s: kept: %v", name, err)
		}
	}
}

// A clerk sees the picture as it would be printed, with all that is wrong with it; what is hard has
// no picture.
func TestLook(t *testing.T) {
	p, soft, err := Look(Sketch(1, 2000, 800, color.RGBA{60, 120, 200, 255}), Default)
	if err != nil || len(soft) != 2 || soft[0].Code != Shape.Code || soft[1].Code != Background.Code || len(p.JPEG) == 0 {
		t.Errorf("%v %v", soft, err)
	}
	if p, soft, err := Look([]byte("x"), Default); p != nil || soft != nil || !errors.Is(err, NotAPhoto) {
		t.Error(p, soft, err)
	}
}

func BenchmarkKeep(b *testing.B) {
	p, err := Prepare(Sketch(1, 1200, 1600, paper), Default)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Prepare(p.JPEG, Default); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzPrepare(f *testing.F) {
	f.Add(Sketch(1, 60, 80, paper))
	f.Add([]byte{0xFF, 0xD8, 0xFF, 0xE1, 0, 2})
	f.Fuzz(func(t *testing.T, b []byte) { Prepare(b, Default) })
}

func BenchmarkPrepare(b *testing.B) {
	raw := Sketch(1, 1200, 1600, paper)
	for b.Loop() {
		if _, err := Prepare(raw, Default); err != nil {
			b.Fatal(err)
		}
	}
}
