package face

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"kawu/kit/fault"
)

// FontFile names a font; Name picks one of a collection by a part of its full name.
type FontFile struct{ Path, Name string }

// Debian lists the fonts of the Debian packages fonts-noto-cjk and fonts-babelstone-han in fallback
// order; together they cover Unicode 15.
var Debian = []FontFile{
	{"/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "Sans CJK SC"},
	{"/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf", ""},
}

var (
	// NoFont says that none of the configured fonts can be read.
	NoFont = fault.New(fault.Refused, "face.no_font", "none of the configured fonts can be read; install fonts-noto-cjk and fonts-babelstone-han")
	// NoGlyph says that no font has a character; args: code.
	NoGlyph = fault.New(fault.Refused, "face.no_glyph", "no font has the character {code}; it cannot be printed")
)

// Fonts are opened fonts in fallback order; safe for concurrent use. Outlines are kept, because a
// city's names share a few thousand characters.
type Fonts struct {
	fonts []*sfnt.Font
	names []string // of their files, without folder and ending
	mu    sync.Mutex
	buf   sfnt.Buffer
	seen  map[rune]glyph
}

// glyph is an outline on an em of 1.
type glyph struct {
	path    path
	advance float64
	font    int // place in the fallback order; -1 no font has it
}

// OpenFonts opens what it can of the list: NoFont when that is nothing. Files stay open: outlines are
// read when they are needed.
func OpenFonts(files []FontFile) (*Fonts, error) {
	f := &Fonts{seen: map[rune]glyph{}}
	for _, x := range files {
		file, err := os.Open(x.Path)
		if err != nil {
			continue // the next one may do; what is missing shows as a fallback
		}
		font, err := pickFont(file, x.Name)
		if err != nil {
			file.Close()
			continue
		}
		f.fonts = append(f.fonts, font)
		f.names = append(f.names, strings.TrimSuffix(filepath.Base(x.Path), filepath.Ext(x.Path)))
	}
	if len(f.fonts) == 0 {
		return nil, NoFont
	}
	return f, nil
}

func pickFont(r io.ReaderAt, name string) (*sfnt.Font, error) {
	c, err := sfnt.ParseCollectionReaderAt(r)
	if err != nil {
		return nil, err
	}
	for i := range c.NumFonts() {
		font, err := c.Font(i)
		if err != nil {
			return nil, err
		}
		full, err := font.Name(nil, sfnt.NameIDFull)
		if name == "" || err == nil && strings.Contains(full, name) && !strings.Contains(full, "Mono") {
			return font, nil
		}
	}
	return nil, NoFont
}

func (f *Fonts) glyph(r rune) glyph {
	f.mu.Lock()
	defer f.mu.Unlock()
	if g, ok := f.seen[r]; ok {
		return g
	}
	g := glyph{font: -1}
	for i, font := range f.fonts {
		index, err := font.GlyphIndex(&f.buf, r)
		if err != nil || index == 0 {
			continue
		}
		if p, advance, err := f.outline(font, index); err == nil {
			g = glyph{p, advance, i}
			break
		}
	}
	f.seen[r] = g
	return g
}

// Rare lists the characters of a text, each once, that the first font lacks or no font has: a person
// must look at a card that bears them.
func (f *Fonts) Rare(text string) []rune {
	var out []rune
	for _, r := range text {
		if f.glyph(r).font != 0 && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// Source names the font that a character is printed from, by its file: "BabelStoneHan"; "" when no font
// has it.
func (f *Fonts) Source(r rune) string {
	if at := f.glyph(r).font; at >= 0 {
		return f.names[at]
	}
	return ""
}

func (f *Fonts) outline(font *sfnt.Font, index sfnt.GlyphIndex) (path, float64, error) {
	em := font.UnitsPerEm()
	ppem := fixed.I(int(em))
	segments, err := font.LoadGlyph(&f.buf, index, ppem, nil)
	if err != nil {
		return nil, 0, err
	}
	at := func(p fixed.Point26_6) point {
		return point{float64(p.X) / 64 / float64(em), float64(p.Y) / 64 / float64(em)}
	}
	var out path
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			if out != nil {
				out.close()
			}
			q := at(s.Args[0])
			out.move(q.x, q.y)
		case sfnt.SegmentOpLineTo:
			q := at(s.Args[0])
			out.line(q.x, q.y)
		case sfnt.SegmentOpQuadTo:
			out = append(out, op{'Q', [3]point{at(s.Args[0]), at(s.Args[1])}})
		case sfnt.SegmentOpCubeTo:
			out.cube(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	if out != nil {
		out.close()
	}
	advance, err := font.GlyphAdvance(&f.buf, index, ppem, 0)
	return out, float64(advance) / 64 / float64(em), err
}
