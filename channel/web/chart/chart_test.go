package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// wellFormed reads the drawing as XML and gives all its text.
func wellFormed(t interface{ Fatalf(string, ...any) }, svg template.HTML) string {
	d, text := xml.NewDecoder(strings.NewReader(string(svg))), strings.Builder{}
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatalf("%v in %s", err, svg)
		}
		if s, ok := tok.(xml.CharData); ok {
			text.Write(s)
		}
	}
}

var head = Head{ID: "c", Title: "a title", Text: "a description"}

// Names come from outside: whatever they hold, a drawing stays a drawing and shows them.
func TestDrawingsAreWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[<>&"'a-z㛃𠅤]{1,12}`).Draw(t, "name")
		n := rapid.IntRange(0, 1e7).Draw(t, "n")
		for _, svg := range []template.HTML{
			Funnel(head, []Bar{{Name: name, Label: name, N: n, Href: name}, {Name: name, N: n / 2}}, 88),
			Tiles(head, []Tile{{Name: name, Label: name, Percent: float64(n), Href: name}}),
			Calendar(head, []Day{{Date: name, Label: name, Full: name, Level: n, Today: true}}, [7]string{name}),
			BurnDown(head, []Point{{Label: name, Ideal: float64(n), Actual: 1}, {Label: name, Future: true}}, name),
		} {
			if !strings.Contains(wellFormed(t, svg), name) {
				t.Fatalf("%q is lost in %s", name, svg)
			}
		}
	})
}

func TestEveryDrawingIsNamed(t *testing.T) {
	for _, svg := range []template.HTML{Funnel(head, nil, 88), Tiles(head, nil), Calendar(head, nil, [7]string{}), BurnDown(head, []Point{{}, {}}, "")} {
		for _, want := range []string{`role="img"`, `aria-labelledby="c-t c-d"`, `<title id="c-t">a title</title>`, `<desc id="c-d">a description</desc>`} {
			if !strings.Contains(string(svg), want) {
				t.Errorf("lacks %s: %s", want, svg)
			}
		}
		if strings.Contains(string(svg), "style=") {
			t.Errorf("inline style: %s", svg)
		}
	}
}

var widths = regexp.MustCompile(`<rect class="s\d" x="104" y="[0-9.]+" width="([0-9.]+)"`)

// A bar is as long as its share of the first; one with nobody is still seen; a step that loses too
// many is marked.
func TestFunnel(t *testing.T) {
	svg := string(Funnel(head, []Bar{{N: 1000}, {N: 900}, {N: 450}, {N: 0}}, 88))
	var got []float64
	for _, m := range widths.FindAllStringSubmatch(svg, -1) {
		w, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, w)
	}
	if fmt.Sprint(got) != "[394 354.6 177.3 3]" {
		t.Error(got)
	}
	if !strings.Contains(svg, ">90.0%<") || strings.Count(svg, `class="tbreach"`) != 2 {
		t.Error(svg)
	}
}

func TestScale(t *testing.T) {
	for high, want := range map[float64][2]float64{0: {1, 1}, 3: {3, 1}, 7: {7, 1}, 8: {8, 2}, 12: {12, 2}, 30: {30, 5}, 71: {80, 20}, 6200: {7000, 1000}, 1e6: {1e6, 200000}} {
		if top, step := scale([]Point{{Actual: high}}); top != want[0] || step != want[1] {
			t.Errorf("%g: up to %g by %g", high, top, step)
		}
	}
}

// What has not come yet is not drawn.
func TestBurnDownEndsToday(t *testing.T) {
	svg := string(BurnDown(head, []Point{{Ideal: 10, Actual: 10}, {Ideal: 5, Actual: 9}, {Ideal: 0, Actual: 77, Future: true}}, "4 behind"))
	if !strings.Contains(svg, "4 behind") || strings.Count(between(svg, `class="l1" d="`), "L") != 1 || strings.Contains(svg, ">80<") == false {
		t.Error(svg)
	}
	if BurnDown(head, []Point{{}}, "") != "" || Spark([]float64{1}) != "" {
		t.Error("one day makes no line")
	}
	if got := string(Spark([]float64{4, 4})); !strings.Contains(got, "M2.0 15.0L98.0 15.0") {
		t.Error(got)
	}
}

func between(s, from string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, `"`)
	return s
}

func TestGroup(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := group(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
