package design

import (
	"encoding/hex"
	"errors"
	"fmt"
	"image/color"
	"io/fs"
	"strings"

	"kawu/chip/face"
	"kawu/city"
	"kawu/kit/fault"
	"kawu/policy/strict"
)

// errDesign is the refusal to draw a product for which the city has no design.
var errDesign = fault.New(fault.NotFound, "face.no_design", "{city} has no design for the product {product}; add city/{city}/face/{product}.yaml")

// form is a file of city.Faces.
type form struct {
	Title   string   `yaml:"title"`
	Region  string   `yaml:"region"`
	Issuer  string   `yaml:"issuer"`
	Hotline string   `yaml:"hotline"`
	Note    string   `yaml:"note"`
	Version string   `yaml:"version"`
	Ground  colour   `yaml:"ground"`
	Accent  colour   `yaml:"accent"`
	Motifs  []string `yaml:"motifs"`
}

// colour is written as on the web: "#1f4f9a".
type colour struct{ color.NRGBA }

// UnmarshalText takes six hexadecimal digits behind a hash.
func (c *colour) UnmarshalText(b []byte) error {
	v, err := hex.DecodeString(strings.TrimPrefix(string(b), "#"))
	if err != nil || len(v) != 3 || b[0] != '#' {
		return errors.New(`a colour is written "#rrggbb"`)
	}
	c.NRGBA = color.NRGBA{R: v[0], G: v[1], B: v[2], A: 255}
	return nil
}

// Of is how a product looks in a city: its file, checked. Fault: face.no_design.
func Of(cityID, product string) (face.Design, error) {
	file := cityID + "/face/" + product + ".yaml"
	text, err := fs.ReadFile(city.Faces, file)
	if err != nil {
		return face.Design{}, fault.New(errDesign.Kind, errDesign.Code, errDesign.Message, "city", cityID, "product", product)
	}
	return read(file, text)
}

// read says everything that is wrong with a file; the tests keep it from ever reaching a user.
func read(file string, text []byte) (face.Design, error) {
	var d form
	lines, problems := strict.Decode(text, &d)
	var wrong []error
	bad := func(line int, what string) { wrong = append(wrong, fmt.Errorf("%s:%d %s", file, line, what)) }
	for _, p := range problems {
		bad(p.Line, fmt.Sprint(p.Path, " ", p.Code, " ", p.Args))
	}
	out := face.Design{Title: d.Title, Region: d.Region, Issuer: d.Issuer, Hotline: d.Hotline, Note: d.Note, Version: d.Version,
		Ground: d.Ground.NRGBA, Accent: d.Accent.NRGBA}
	for i, m := range d.Motifs {
		if out.Motifs = append(out.Motifs, face.Motif(m)); !face.Motif(m).Known() {
			bad(lines.At(fmt.Sprintf("motifs[%d]", i)), "there is no motif "+m)
		}
	}
	for path, value := range map[string]string{"title": d.Title, "region": d.Region, "issuer": d.Issuer, "hotline": d.Hotline, "version": d.Version} {
		if len(problems) == 0 && strings.TrimSpace(value) == "" {
			bad(lines.At(path), path+" is empty")
		}
	}
	return out, errors.Join(wrong...)
}
