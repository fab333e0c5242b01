package sheet

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// flat writes tags and text of a document in a form in which two readers can be compared.
func flat(doc string) (string, error) {
	m := newMarkup(strings.NewReader(doc))
	var out strings.Builder
	for {
		switch err := m.next(); {
		case err == io.EOF:
			return out.String(), nil
		case err != nil:
			return "", err
		}
		if m.open {
			out.WriteString("<" + m.name + " " + m.attr("r") + ">")
		}
		if m.close {
			out.WriteString("</" + m.name + ">")
		}
		out.Write(m.text)
	}
}

func flatByLibrary(doc string) (string, error) {
	d := xml.NewDecoder(strings.NewReader(doc))
	var out strings.Builder
	for {
		t, err := d.Token()
		if err == io.EOF {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			r := ""
			for _, a := range t.Attr {
				if a.Name.Local == "r" && r == "" {
					r = a.Value
				}
			}
			out.WriteString("<" + t.Name.Local + " " + r + ">")
		case xml.EndElement:
			out.WriteString("</" + t.Name.Local + ">")
		case xml.CharData:
			out.Write(t)
		}
	}
}

var documents = []string{
	`<?xml version="1.0" encoding="UTF-8"?><a><b r="A1">张三&amp;&#x9FB4;&#40868;&lt;</b><c/></a>`,
	`<x:row xmlns:x="y" r="5" ><x:c r = "A&gt;5" t='s'><x:v>1</x:v></x:c></x:row>`,
	`<a><!-- <b> --><![CDATA[<x>&amp;]]> tail</a>`,
	`<a r="1>2">t</a>`,
	"<a\n r='1'\t>  </a>\n",
}

func TestMarkupAgainstLibrary(t *testing.T) {
	for _, doc := range documents {
		got, err := flat(doc)
		want, err2 := flatByLibrary(doc)
		if err != nil || err2 != nil || got != want {
			t.Errorf("%s:\n got %q %v\nwant %q %v", doc, got, err, want, err2)
		}
	}
}

func TestMarkupRefuses(t *testing.T) {
	for _, doc := range []string{
		`<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`, `<a`, `<`, `<>`, `<!-- open`, `<![CDATA[ open`, `<? open`,
		"<a>" + strings.Repeat("x", maxToken+1<<17), `<a b="` + strings.Repeat("x", maxToken+1<<17),
	} {
		if out, err := flat(doc); err == nil {
			t.Errorf("%.20q was read as %.20q", doc, out)
		}
	}
}

// On whatever the library accepts, both read the same (leaving out what workbooks never hold:
// carriage returns, which XML turns into line feeds, and attributes in single quotes with a > inside).
func FuzzMarkup(f *testing.F) {
	for _, d := range documents {
		f.Add(d)
	}
	f.Fuzz(func(t *testing.T, doc string) {
		got, err := flat(doc)
		want, err2 := flatByLibrary(doc)
		if err2 != nil || err != nil || strings.ContainsAny(doc, "\r'") {
			return
		}
		if got != want {
			t.Fatalf("%q:\n got %q\nwant %q", doc, got, want)
		}
	})
}
