package phone

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"kawu/kit/fault"
	"kawu/kit/tidy"
	"kawu/kit/wording"
)

func TestParseAccepts(t *testing.T) {
	for in, notes := range map[string][]tidy.Note{
		"13800002209":       nil,
		" 138 0000 2209 ":   {tidy.Spaces},
		"138-0000-2209":     {tidy.Dashes},
		"+86 138-0000-2209": {tidy.Spaces, tidy.Dashes, tidy.CountryCode},
		"8613800002209":     {tidy.CountryCode},
		"008613800002209":   {tidy.CountryCode},
		"（+86）13800002209":  {tidy.FullWidth, tidy.CountryCode},
		"１３８００００２２０９":       {tidy.FullWidth},
		"'13800002209":      {tidy.Apostrophe},
	} {
		n, got, err := Parse(in)
		if err != nil || n.Reveal() != "13800002209" || !slices.Equal(got, notes) {
			t.Errorf("%q: %s %v %v", in, n.Reveal(), got, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "phone.empty",
		"1380000220":              "phone.length 10",
		"138000022091":            "phone.length 12",
		"86138":                   "phone.length 5",
		"+86":                     "phone.prefix",
		"12800002209":             "phone.prefix",
		"23800002209":             "phone.prefix",
		"01012345678":             "phone.prefix",
		"010-12345678":            "phone.prefix",
		"138o0002209":             "phone.characters 4",
		"一三八":                     "phone.characters 1",
		"13800002209/13900002209": "phone.two",
		"13800002209、01012345678": "phone.two",
		"1.38E+10":                "phone.excel_rounded",
	} {
		n, _, err := Parse(in)
		f := fault.Of(err)
		if f == nil || n != "" {
			t.Errorf("Parse(%q) = %v", in, err)
			continue
		}
		got := f.Code
		for _, v := range f.Args {
			got += fmt.Sprint(" ", v)
		}
		if got != want || !worded(f) {
			t.Errorf("Parse(%q): %s, want %s", in, got, want)
		}
	}
}

func TestPrintsMasked(t *testing.T) {
	n := Number("13800002209")
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "n", n)
	j, _ := json.Marshal(n)
	for _, s := range []string{fmt.Sprintf("%v %#v", n, n), log.String(), string(j)} {
		if strings.Contains(s, "00002209") || !strings.Contains(s, "138****2209") {
			t.Error(s)
		}
	}
	var back Number
	if json.Unmarshal(j, &back) == nil {
		t.Error("a masked number was read as a number")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"13800002209", "+86138", "（+86）", "\xff", "1-1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, _, err := Parse(s)
		if err != nil {
			return
		}
		if again, notes, err := Parse(n.Reveal()); again != n || notes != nil || err != nil || len(n) != 11 {
			t.Fatalf("%q", n.Reveal())
		}
	})
}

// worded says whether a fault has its wording in both halves, with all places filled.
func worded(f *fault.Fault) bool {
	both := wording.Of(wording.ZH, f) + wording.Of(wording.EN, f)
	return wording.Has(f.Code) && !strings.Contains(both, "{")
}
