package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"kawu/app"
	"kawu/chip/face"
	"kawu/cmd/usage"
)

func (t *tool) face() *cobra.Command {
	var out, side string
	c := &cobra.Command{
		Use:   "face CARD",
		Short: "Draw a card as it is printed: PNG at 300 dpi, or PDF of vector paths",
		Long: "Draw a card's front and back with the design of its city and product, by its number or id.\n" +
			"--out FILE.png has both sides one below the other (one side alone is 1011 by 638 points);\n" +
			"--out FILE.pdf has a page for each side.\n" +
			"It also says whether this is what the factory printed, by the digest that it gave; data that\n" +
			"changed since, another photo or other fonts make it another.\n" +
			"Characters that the card's typeface lacks come from another font and are listed: somebody\n" +
			"must look at them before the card is printed; the command ends with 3 then.",
		Example: "  kawu card face BA0000018 --out card.pdf\n  kawu card face BA0000018 --out front.png --side front",
		Args:    cobra.ExactArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return t.drawCard(c.Context(), args[0], out, side) },
	}
	c.Flags().StringVar(&out, "out", "", "file to write: .png or .pdf")
	c.Flags().StringVar(&side, "side", "both", "front, back or both")
	usage.Words(c, "side", "front", "back", "both")
	_ = c.MarkFlagRequired("out")
	return c
}

// drawn is what the command says of a card's face; no name is in it.
type drawn struct {
	Card     string   `json:"card"`
	File     string   `json:"file"`
	Sides    []string `json:"sides"`
	Photo    bool     `json:"photo"`         // false: the place of the photo is empty
	LookAt   bool     `json:"look_at"`       // a person must look at it before it is printed
	Fallback string   `json:"fallback_font"` // characters from another font: "U+20BB7 U+4DAE"
	Digest   string   `json:"digest"`        // of both sides as drawn now
	Printed  string   `json:"printed"`       // what the factory printed: "same", "other", or "" for nothing known
	Fonts    string   `json:"printed_fonts"` // those that stood in for the card's typeface at the factory
}

// printed tells whether what is drawn now is what the factory printed.
func printed(p *app.Printed) string {
	switch p.Print.Digest {
	case "":
		return ""
	case p.Digest:
		return "same"
	}
	return "other"
}

func (t *tool) drawCard(ctx context.Context, which, out, side string) error {
	kind := strings.ToLower(filepath.Ext(out))
	if kind != ".png" && kind != ".pdf" {
		return errUsage{usage.With(usage.NotOneOf, "name", "--out", "value", filepath.Base(out), "allowed", "FILE.png, FILE.pdf")}
	}
	h, err := t.existing(ctx)
	if err != nil {
		return err
	}
	defer h.Close()
	c, err := findCard(ctx, h.Store, which)
	if err != nil {
		return err
	}
	p, err := h.Face(ctx, c)
	if err != nil {
		return err
	}
	x := drawn{Card: c.Number, File: out, Sides: []string{side}, Photo: p.Photo, LookAt: len(p.Fallback) > 0, Fallback: app.Codes(p.Fallback),
		Digest: p.Digest, Printed: printed(p), Fonts: p.Print.Fonts}
	sides := []*face.Side{p.Front, p.Back}
	switch side {
	case "front":
		sides = sides[:1]
	case "back":
		sides = sides[1:]
	default:
		x.Sides = []string{"front", "back"}
	}
	if err := writeFace(out, kind, sides); err != nil {
		return err
	}
	return t.sayFace(x)
}

func writeFace(out, kind string, sides []*face.Side) error {
	write := func(w io.Writer) error { return face.WritePNG(w, sides...) }
	if kind == ".pdf" {
		write = func(w io.Writer) error { return face.WritePDF(w, sides...) }
	}
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	return os.WriteFile(out, b.Bytes(), 0o600)
}

func (t *tool) sayFace(x drawn) error {
	t.tell("line.face."+strings.Join(x.Sides, "_"), "card", x.Card, "file", x.File)
	if !x.Photo {
		t.say("  %s", t.word("line.face.no_photo"))
	}
	switch x.Printed {
	case "same":
		t.say("  %s", t.word("line.face.printed", "digest", x.Digest))
	case "other":
		t.say("  %s", t.word("line.face.other", "digest", x.Digest))
	default:
		t.say("  %s", t.word("line.face.unsaid"))
	}
	if x.LookAt {
		t.say("  %s", t.word("line.face.fallback", "characters", x.Fallback))
	}
	if t.json {
		if err := t.print(x); err != nil {
			return err
		}
	}
	if x.LookAt {
		return errPart
	}
	return nil
}
