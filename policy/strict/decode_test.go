package strict

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

type head struct {
	Name string `yaml:"name"`
	Note string `yaml:"note,omitempty"`
}

type colour struct{ name string }

func (c *colour) UnmarshalText(b []byte) error {
	if string(b) != "red" {
		return errors.New("only red")
	}
	c.name = "red"
	return nil
}

type sheet struct {
	head  `yaml:",inline"`
	Count int      `yaml:"count"`
	On    bool     `yaml:"on,omitempty"`
	Hue   colour   `yaml:"hue,omitempty"`
	Words []string `yaml:"words,omitempty"`
	Parts []head   `yaml:"parts,omitempty"`
	Limit *int     `yaml:"limit,omitempty"`
}

func TestDecode(t *testing.T) {
	var s sheet
	lines, problems := Decode([]byte("name: 007\ncount: 3\non: true\nhue: red\nwords: [2024-01-31, \"no\"]\nparts:\n  - name: a\n  - {name: b, note: c}\nlimit: 9\n"), &s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	nine := 9
	want := sheet{head: head{Name: "007"}, Count: 3, On: true, Hue: colour{"red"}, Words: []string{"2024-01-31", "no"},
		Parts: []head{{Name: "a"}, {"b", "c"}}, Limit: &nine}
	if !reflect.DeepEqual(s, want) {
		t.Errorf("%+v", s)
	}
	for path, line := range map[string]int{"": 1, "count": 2, "parts[1].note": 8, "parts[0].name": 7, "parts[1].other": 8, "nothing": 1} {
		if got := lines.At(path); got != line {
			t.Errorf("line of %s is %d, want %d", path, got, line)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, text string
		line       int
		path, code string
	}{
		{"unknown key", "name: a\ncount: 1\ncuont: 2\n", 3, "cuont", "unknown_key"},
		{"missing key", "name: a\n", 1, "count", "missing_key"},
		{"missing inside a list", "name: a\ncount: 1\nparts:\n  - note: x\n", 4, "parts[0].name", "missing_key"},
		{"repeated key", "name: a\ncount: 1\nname: b\n", 3, "name", "repeated_key"},
		{"text for a number", "name: a\ncount: one\n", 2, "count", "wrong_kind"},
		{"fraction for a number", "name: a\ncount: 1.5\n", 2, "count", "wrong_kind"},
		{"empty text", "name:\ncount: 1\n", 1, "name", "wrong_kind"},
		{"blank text", "name: \"  \"\ncount: 1\n", 1, "name", "wrong_kind"},
		{"bool for text", "name: true\ncount: 1\n", 1, "name", "wrong_kind"},
		{"yes for a bool", "name: a\ncount: 1\non: yes\n", 3, "on", "wrong_kind"},
		{"text for a list", "name: a\ncount: 1\nwords: x\n", 3, "words", "wrong_kind"},
		{"list for a mapping", "- a\n", 1, "", "wrong_kind"},
		{"mapping for text", "name: {a: b}\ncount: 1\n", 1, "name", "wrong_kind"},
		{"wrong word", "name: a\ncount: 1\nhue: blue\n", 3, "hue", "wrong_value"},
		{"anchor", "name: &x a\ncount: 1\n", 1, "", "alias"},
		{"alias", "name: &x a\ncount: 1\nwords: [*x]\n", 1, "", "alias"},
		{"merge", "name: a\ncount: 1\n<<: {note: b}\n", 3, "<<", "unknown_key"},
		{"two documents", "name: a\ncount: 1\n---\nname: b\n", 3, "", "syntax"},
		{"empty", "", 1, "", "syntax"},
		{"broken", "name: [a\n", 2, "", "syntax"},
		{"tab", "name: a\n\tcount: 1\n", 2, "", "syntax"},
		{"unprintable", "name: \x00\n", 1, "", "syntax"},
		{"too deep", strings.Repeat("[", MaxDepth+2) + strings.Repeat("]", MaxDepth+2), 1, "", "too_deep"},
		{"too many", "words: [" + strings.Repeat("a,", MaxNodes) + "a]\n", 1, "", "too_many"},
		{"too big", "# " + strings.Repeat("a", MaxBytes) + "\n", 0, "", "too_big"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s sheet
			_, problems := Decode([]byte(c.text), &s)
			for _, p := range problems {
				if p.Line == c.line && p.Path == c.path && p.Code == c.code {
					return
				}
			}
			t.Errorf("%v, want %s at %d %q", problems, c.code, c.line, c.path)
		})
	}
}

// TestAllAtOnce: one reading lists every problem.
func TestAllAtOnce(t *testing.T) {
	var s sheet
	_, problems := Decode([]byte("count: x\nhue: blue\nwrong: 1\n"), &s)
	var codes []string
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	if got := fmt.Sprint(codes); got != "[wrong_kind wrong_value unknown_key missing_key]" {
		t.Error(got)
	}
}

// TestLaughs: nine levels of nine aliases would be 387 million values; the first anchor ends it.
func TestLaughs(t *testing.T) {
	text := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'i'; c++ {
		text += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	var s sheet
	if _, problems := Decode([]byte(text), &s); len(problems) != 1 || problems[0].Code != "alias" {
		t.Error(problems)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("name: a\ncount: 1\nparts: [{name: b}]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("? [a]\n: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s sheet
		lines, problems := Decode(data, &s)
		if len(problems) == 0 && (s.Name == "" || lines.At("name") < 1) {
			t.Errorf("accepted without a name: %q", data)
		}
	})
}
