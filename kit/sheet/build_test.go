package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// workbook makes an .xlsx by hand, as programs other than the library write them.
type workbook struct {
	tabs    []string // XML of each sheet's worksheet element, without the element
	states  []string // hidden …; shorter than tabs is fine
	strings string   // XML of the shared strings' si elements
	extra   map[string]string
}

const (
	nsMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	nsRels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsPack = "http://schemas.openxmlformats.org/package/2006/relationships"
)

func (w workbook) bytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, text string) {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var tabs, rels strings.Builder
	for i, x := range w.tabs {
		state := ""
		if i < len(w.states) && w.states[i] != "" {
			state = ` state="` + w.states[i] + `"`
		}
		fmt.Fprintf(&tabs, `<sheet name="表%d" sheetId="%d"%s r:id="rId%d"/>`, i+1, i+1, state, i+1)
		fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, nsRels, i+1)
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet xmlns="`+nsMain+`">`+x+`</worksheet>`)
	}
	if w.strings != "" {
		fmt.Fprintf(&rels, `<Relationship Id="rIdS" Type="%s/sharedStrings" Target="/xl/sharedStrings.xml"/>`, nsRels)
		put("xl/sharedStrings.xml", `<sst xmlns="`+nsMain+`">`+w.strings+`</sst>`)
	}
	put("_rels/.rels", `<Relationships xmlns="`+nsPack+`"><Relationship Id="rId1" Type="`+nsRels+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships xmlns="`+nsPack+`">`+rels.String()+`</Relationships>`)
	put("xl/workbook.xml", `<workbook xmlns="`+nsMain+`" xmlns:r="`+nsRels+`"><sheets>`+tabs.String()+`</sheets></workbook>`)
	for name, text := range w.extra {
		put(name, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// inline is sheet data of text cells; a cell that begins with < is taken as it is.
func inline(lines ...[]string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for i, cells := range lines {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for j, c := range cells {
			switch {
			case c == "":
			case c[0] == '<':
				b.WriteString(c)
			default:
				fmt.Fprintf(&b, `<c r="%s%d" t="inlineStr"><is><t>%s</t></is></c>`, letter(j), i+1, c)
			}
		}
		b.WriteString("</row>")
	}
	b.WriteString("</sheetData>")
	return b.String()
}
