package name

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"kawu/kit/fault"
	"kawu/kit/gb"
	"kawu/kit/tidy"
	"kawu/kit/wording"
)

func TestParseAccepts(t *testing.T) {
	for in, c := range map[string]struct {
		want  Person
		notes []tidy.Note
	}{
		"张三":                     {"张三", nil},
		" 张三\u3000":              {"张三", []tidy.Note{tidy.Spaces}},
		"张　三":                    {"张三", []tidy.Note{tidy.Spaces}},
		"㛃小禾":                    {"㛃小禾", nil},
		"司马䶮𠅤":                   {"司马䶮𠅤", nil},
		"𬱖一":                     {"𬱖一", nil},
		"龴龵龶龷龸龹龺龻":               {"龴龵龶龷龸龹龺龻", nil},
		"〇二":                     {"〇二", nil},
		"阿卜杜热合曼·买买提":             {"阿卜杜热合曼·买买提", nil},
		"阿卜杜热合曼•买买提":             {"阿卜杜热合曼·买买提", []tidy.Note{tidy.MiddleDot}},
		"阿卜杜热合曼‧买买提":             {"阿卜杜热合曼·买买提", []tidy.Note{tidy.MiddleDot}},
		"阿卜杜热合曼・买买提":             {"阿卜杜热合曼·买买提", []tidy.Note{tidy.MiddleDot}},
		"阿卜杜热合曼．买买提":             {"阿卜杜热合曼·买买提", []tidy.Note{tidy.MiddleDot}},
		"阿卜杜热合曼 · 买买提":           {"阿卜杜热合曼·买买提", []tidy.Note{tidy.Spaces}},
		"O'Neil,  Anne-Marie J.": {"O'Neil, Anne-Marie J.", []tidy.Note{tidy.Spaces}},
		"José":                   {"José", nil},
		strings.Repeat("买", 25):  {Person(strings.Repeat("买", 25)), nil},
		strings.Repeat("𠮷", 12):  {Person(strings.Repeat("𠮷", 12)), nil},
	} {
		got, notes, err := Parse(in)
		if got != c.want || !slices.Equal(notes, c.notes) || err != nil {
			t.Errorf("Parse(%q) = %q %v %v", in, got.Reveal(), notes, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":                      "name.empty",
		" \u200b":               "name.empty",
		"张\ufffd":               "name.lost_character at 2",
		"张\xff":                 "name.lost_character at 2",
		"张?":                    "name.lost_character at 2",
		"张□三":                   "name.lost_character at 2",
		"张*三":                   "name.masked at 2",
		"张\ue81e":               "name.private_use at 2",
		"张\U000F0001":           "name.private_use at 2",
		"张😀":                    "name.emoji at 2",
		"张❤":                    "name.emoji at 2",
		"张3":                    "name.digit at 2",
		"张③":                    "name.digit at 2",
		"张\x07三":                "name.control at 2",
		"张（三）":                  "name.characters at 2",
		"张⺁":                    "name.characters at 2", // a radical, not a character
		"佐々木":                   "name.characters at 2",
		"张Ａ":                    "name.characters at 2",
		"𬱖\ufffd":               "name.lost_character at 2",
		"·买买提":                  "name.dot",
		"阿··买":                  "name.dot",
		"阿•":                    "name.dot",
		strings.Repeat("买", 26): "name.too_long bytes 52",
		strings.Repeat("𠮷", 13): "name.too_long bytes 52",
	} {
		p, _, err := Parse(in)
		f := fault.Of(err)
		if f == nil || p != "" {
			t.Errorf("Parse(%q) = %v", in, err)
			continue
		}
		got := f.Code
		for _, arg := range []string{"at", "bytes"} {
			if v, ok := f.Args[arg]; ok {
				got += fmt.Sprint(" ", arg, " ", v)
			}
		}
		if got != want || !worded(f) {
			t.Errorf("Parse(%q): %s, want %s", in, got, want)
		}
	}
}

// The card holds what the name says, even when a character is cut between its two fields.
func TestCard(t *testing.T) {
	for _, p := range []Person{"张三", "阿卜杜热合曼·买买提", Person(strings.Repeat("买", 25)), Person(strings.Repeat("𠮷", 12)), "一𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷"} {
		first, second, err := p.Card()
		if err != nil || len(first) > CardFirst || len(second) > CardSecond || len(first)+len(second) != gb.Len(string(p)) {
			t.Errorf("%d and %d bytes, %v", len(first), len(second), err)
		}
		pad := func(b []byte, n int) []byte { return append(slices.Clone(b), make([]byte, n-len(b))...) }
		if back, losses := FromCard(pad(first, CardFirst), pad(second, CardSecond)); back != string(p) || losses != nil {
			t.Errorf("the card says %s, %v", back, losses)
		}
	}
	for _, p := range []Person{"张\ufffd", Person(strings.Repeat("买", 26))} {
		if _, _, err := p.Card(); fault.Of(err) == nil {
			t.Errorf("%v was split", err)
		}
	}
}

func TestPrintsMasked(t *testing.T) {
	for p, want := range map[Person]string{
		"": "", "张": "*", "张三": "*三", "张小三": "张*三", "司马䶮𠅤": "司*𠅤", "𬱖一": "*一", "阿卜杜热合曼·买买提": "阿*提",
	} {
		if p.Masked() != want || fmt.Sprintf("%v", p) != want || p.Reveal() != string(p) {
			t.Errorf("%s, want %s", p.Masked(), want)
		}
	}
	p := Person("张小三")
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "p", p)
	j, _ := json.Marshal(p)
	for _, s := range []string{fmt.Sprintf("%#v %+v", p, p), log.String(), string(j)} {
		if strings.Contains(s, "小") {
			t.Error(s)
		}
	}
	if json.Unmarshal(j, &p) == nil {
		t.Error("a masked name was read as a name")
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		a, b Person
		want Likeness
	}{
		{"司马䶮", "司马䶮", Same},
		{"司马䶮", "司马\ue863", Substitute},
		{"司马䶮", "司马龑", Substitute},
		{"司马䶮", "司马YAN", Substitute},
		{"司马䶮", "司马yan", Substitute},
		{"龴小", "\ue81e小", Substitute},
		{"𠂉一", "\ue817一", Substitute},
		{"郎一", "\uf92c一", Substitute}, // U+F92C is a compatibility form of 郎
		{"阿卜杜·买买提", "阿卜杜买买提", Substitute},
		{"阿卜杜·买买提", "阿卜杜•买买提", Substitute},
		{"张三", "张四", Different},
		{"张三", "张三丰", Different},
		{"张三", "", Different},
		{"司马䶮", "司马\ue864", Different},
	} {
		if got := Compare(c.a, c.b); got != c.want {
			t.Errorf("%+q and %+q: %s, want %s", string(c.a), string(c.b), got, c.want)
		}
		if got := Compare(c.b, c.a); got != c.want {
			t.Errorf("%+q and %+q the other way: %s", string(c.a), string(c.b), got)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"张三", "阿•买", "\xff", "张 三", "O'Neil A", "·", " "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, _, err := Parse(s)
		if err != nil {
			return
		}
		if again, notes, err := Parse(p.Reveal()); again != p || notes != nil || err != nil {
			t.Fatalf("%q is not in its normal form: %q %v %v", p.Reveal(), again.Reveal(), notes, err)
		}
		if _, _, err := p.Card(); err != nil || !utf8.ValidString(p.Reveal()) {
			t.Fatalf("%q does not fit the card: %v", p.Reveal(), err)
		}
	})
}

// worded says whether a fault has its wording in both halves, with all places filled.
func worded(f *fault.Fault) bool {
	both := wording.Of(wording.ZH, f) + wording.Of(wording.EN, f)
	return wording.Has(f.Code) && !strings.Contains(both, "{")
}
