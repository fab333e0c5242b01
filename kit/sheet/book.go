package sheet

import (
	"archive/zip"
	"io"
	"path"
	"strings"
)

// How much a part of a workbook may unpack to. 100,000 rows of 10 columns are 60 MB; the declared
// sizes are not believed, reading itself stops there.
const (
	maxSheet   = 512 << 20
	maxStrings = 256 << 20
	maxPart    = 16 << 20
)

// book is an .xlsx: a zip of XML parts.
type book struct {
	parts   map[string]*zip.File // by lower-case name without a leading slash
	spec    Spec
	sheet   tab
	strings *table
	areas   []area
}

// tab is one visible sheet.
type tab struct{ name, part string }

func openBook(r io.ReaderAt, size int64, spec Spec) (source, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, Broken.Because(err)
	}
	b := &book{parts: map[string]*zip.File{}, spec: spec}
	for _, f := range z.File {
		b.parts[partName(f.Name)] = f
	}
	if err := b.fit(); err != nil {
		return nil, err
	}
	root, err := b.relations("_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	main := root.byType("/officeDocument")
	tabs, err := b.tabs(main)
	if err != nil {
		return nil, err
	}
	rels, err := b.relations(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels"), path.Dir(main))
	if err != nil {
		return nil, err
	}
	if b.strings, err = b.readStrings(rels.byType("/sharedStrings")); err != nil {
		return nil, err
	}
	return b, b.choose(tabs, rels)
}

// fit refuses other zips and workbooks that carry programs.
func (b *book) fit() error {
	for name := range b.parts {
		if strings.HasSuffix(name, "vbaproject.bin") || strings.Contains(name, "macrosheets/") {
			return Macro
		}
	}
	for _, k := range []struct{ part, kind string }{
		{"word/document.xml", ".docx"}, {"ppt/presentation.xml", ".pptx"}, {"xl/workbook.bin", ".xlsb"},
		{"content.xml", ".ods"}, {"ofd.xml", ".ofd"},
	} {
		if b.parts[k.part] != nil {
			return with(WrongType, "type", k.kind)
		}
	}
	if b.parts["_rels/.rels"] == nil {
		return with(WrongType, "type", ".zip")
	}
	return nil
}

// tabs are the visible sheets, part holding the relation's id for now. Hidden sheets hold lists for
// drop-downs, not people.
func (b *book) tabs(main string) ([]tab, error) {
	var out []tab
	err := b.walk(main, maxPart, func(m *markup) error {
		if m.open && m.name == "sheet" && (m.attr("state") == "" || m.attr("state") == "visible") {
			out = append(out, tab{m.attr("name"), m.attr("id")})
		}
		return nil
	})
	return out, err
}

// choose takes the one sheet that holds data; people left behind on a second sheet would never get
// their cards, so two are refused and named.
func (b *book) choose(tabs []tab, rels relations) error {
	var full []tab
	for _, t := range tabs {
		t.part = rels.byID(t.part)
		some, err := b.holdsData(t)
		if err != nil {
			return err
		}
		if some {
			full = append(full, t)
		}
	}
	switch len(full) {
	case 0:
		return EmptyFile
	case 1:
		b.sheet = full[0]
		return nil
	}
	names := make([]string, len(full))
	for i, t := range full {
		names[i] = t.name
	}
	return with(TwoSheets, "sheets", shown(names), "n", len(names))
}

func (b *book) holdsData(t tab) (bool, error) {
	b.sheet = t
	some := false
	err := b.each(func(int, []Cell) error { some = true; return enough })
	if err == enough {
		err = nil
	}
	return some, err
}

func (b *book) merged() []area { return b.areas }

func (b *book) info() Info { return Info{Format: "xlsx", Sheet: b.sheet.name} }
