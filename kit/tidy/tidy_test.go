package tidy

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestCompact(t *testing.T) {
	for in, c := range map[string]struct {
		want  string
		notes []Note
	}{
		"11010519491231002X":      {"11010519491231002X", nil},
		"１１０１０５ 1949":             {"1101051949", []Note{FullWidth, Spaces}},
		"\u202a110\u202c":         {"110", []Note{Invisible}},
		"\ufeff110\u3000":         {"110", []Note{Invisible, Spaces}},
		"'110":                    {"110", []Note{Apostrophe}},
		`="110"`:                  {"110", []Note{Apostrophe}},
		"\t110\u00a0":             {"110", []Note{Spaces}},
		"＋８６１３８":                  {"+86138", []Note{FullWidth}},
		"":                        {"", nil},
		"  ":                      {"", []Note{Spaces}},
		`="110`:                   {`="110`, nil},
		"1\u200b2\u200d3 ４\u2060": {"1234", []Note{FullWidth, Invisible, Spaces}},
	} {
		got, notes := Compact(in)
		if got != c.want || !slices.Equal(notes, c.notes) {
			t.Errorf("Compact(%q) = %q %v, want %q %v", in, got, notes, c.want, c.notes)
		}
	}
}

func TestTrimKeepsTheInside(t *testing.T) {
	got, notes := Trim("\u3000阿卜杜 热合曼Ａ\u200b ")
	if got != "阿卜杜 热合曼Ａ" || !slices.Equal(notes, []Note{Invisible, Spaces}) {
		t.Errorf("got %q %v", got, notes)
	}
}

func TestUpper(t *testing.T) {
	if s, n := Upper("12x", nil); s != "12X" || !slices.Equal(n, []Note{UpperCase}) {
		t.Errorf("got %q %v", s, n)
	}
	if s, n := Upper("12X", nil); s != "12X" || n != nil {
		t.Errorf("got %q %v", s, n)
	}
}

// Cleaning twice is cleaning once, and a value that is clean is not spoken of.
func TestCompactIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringOf(rapid.RuneFrom([]rune("0129Xx ０９Ｘ\u200b\u3000\t'=\"-"))).Draw(t, "in")
		once, notes := Compact(in)
		if once != in && notes == nil {
			t.Fatalf("changed %q to %q in silence", in, once)
		}
		if once == in && notes != nil {
			t.Fatalf("said %v of %q and changed nothing", notes, in)
		}
	})
}
