package idno

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/fault"
	"kawu/kit/tidy"
	"kawu/kit/wording"

	"pgregory.net/rapid"
)

// 11010519491231002X is the example that GB 11643 itself prints; the others are synthetic.
func TestParseAccepts(t *testing.T) {
	for in, c := range map[string]struct {
		want  Number
		kind  Kind
		sex   Sex
		born  string
		notes []tidy.Note
	}{
		"11010519491231002X": {"11010519491231002X", Resident, Female, "1949-12-31", nil},
		"11010519491231002x": {"11010519491231002X", Resident, Female, "1949-12-31", []tidy.Note{tidy.UpperCase}},
		"１１０１０５１９４９１２３１００２ｘ":     {"11010519491231002X", Resident, Female, "1949-12-31", []tidy.Note{tidy.FullWidth, tidy.UpperCase}},
		" 110105 19491231 002X ": {"11010519491231002X", Resident, Female, "1949-12-31", []tidy.Note{tidy.Spaces}},
		"'65010219610302001X":    {"65010219610302001X", Resident, Male, "1961-03-02", []tidy.Note{tidy.Apostrophe}},
		"510100201911010012":     {"510100201911010012", Resident, Male, "2019-11-01", nil},
		"310101200002290015":     {"310101200002290015", Resident, Male, "2000-02-29", nil},
		"810000199001010019":     {"810000199001010019", HongKong, Male, "1990-01-01", nil},
		"820000198506150022":     {"820000198506150022", Macao, Female, "1985-06-15", nil},
		"830000197711110035":     {"830000197711110035", Taiwan, Male, "1977-11-11", nil},
		"911000198501010015":     {"911000198501010015", Foreigner, Male, "1985-01-01", nil},
		"usa110085010112":        {"USA110085010112", ForeignerOld, SexUnknown, "", []tidy.Note{tidy.UpperCase}},
	} {
		n, notes, err := Parse(in)
		if err != nil || n != c.want || !slices.Equal(notes, c.notes) {
			t.Errorf("Parse(%q) = %s %v %v", in, n.Reveal(), notes, err)
			continue
		}
		born := ""
		if b, ok := n.Birth(); ok {
			born = b.Format(time.DateOnly)
		}
		if n.Kind() != c.kind || n.Sex() != c.sex || born != c.born {
			t.Errorf("%q: %s %d %s", in, n.Kind(), n.Sex(), born)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"":                        "idno.empty",
		" \u3000":                 "idno.empty",
		"1101051949123100":        "idno.length 16",
		"11010519491231002XX":     "idno.length 19",
		"110105194912310021234":   "idno.length 21",
		"110105491231002":         "idno.old_15",
		"USA11008501011":          "idno.length 14",
		"USA1100850101123":        "idno.length 16",
		"USAX10085010112":         "idno.characters 4",
		"11010519491231O02X":      "idno.characters 15",
		"X1010519491231002X":      "idno.characters 1",
		"一二三":                     "idno.characters 1",
		"110105194912310021":      "idno.check_digit",
		"310101200513010011":      "idno.date", // its check digit is right, month 13 is not
		"310101200102290018":      "idno.date",
		"310101100001010010":      "idno.date",
		"1.10105E+17":             "idno.excel_rounded",
		"1.10105194912310e17":     "idno.excel_rounded",
		"1.1010519491231E+017":    "idno.excel_rounded", // as LibreOffice writes it
		"1E+17":                   "idno.excel_rounded",
		"110105194912310000":      "idno.excel_rounded",
		"110105194913310000":      "idno.excel_rounded",
		"000000199001010012":      "idno.unknown_kind",
		"810101199001010017":      "idno.unknown_kind",
		"\ufffd1010519491231002X": "idno.characters 1",
	} {
		_, _, err := Parse(in)
		f := fault.Of(err)
		if f == nil {
			t.Errorf("Parse(%q) = %v", in, err)
			continue
		}
		got := f.Code
		for _, v := range f.Args {
			got += fmt.Sprint(" ", v)
		}
		if got != want {
			t.Errorf("Parse(%q): %s, want %s", in, got, want)
		}
		if !worded(f) {
			t.Errorf("%s has no wording, or one with other arguments", f.Code)
		}
	}
}

// A number of one check digit in eleven ends in 000 by itself; it is no rounding.
func TestRealNumberEndingInZeros(t *testing.T) {
	for seq := 0; seq < 10; seq++ {
		for day := 1; day <= 28; day++ {
			body := fmt.Sprintf("110105199005%02d%d00", day, seq)
			if Check(body) != '0' {
				continue
			}
			if _, _, err := Parse(body + "0"); err != nil {
				t.Fatalf("%s0: %v", body, err)
			}
			return
		}
	}
	t.Fatal("found no such number")
}

func drawNumber(t *rapid.T) string {
	place := rapid.SampledFrom([]string{"110105", "510107", "650102", "810000", "830000", "911000"}).Draw(t, "place")
	day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 45000).Draw(t, "day"))
	body := place + day.Format("20060102") + fmt.Sprintf("%03d", rapid.IntRange(0, 999).Draw(t, "seq"))
	return body + string(Check(body))
}

// ISO 7064 MOD 11-2 finds every single wrong digit and every exchange of two neighbours.
func TestOneMistakeIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawNumber(t)
		if _, _, err := Parse(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
		i := rapid.IntRange(0, 16).Draw(t, "at")
		b := []byte(s)
		if rapid.Bool().Draw(t, "exchange") && i < 16 {
			b[i], b[i+1] = b[i+1], b[i]
		} else {
			b[i] = '0' + (b[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		}
		if string(b) == s {
			return
		}
		if _, _, err := Parse(string(b)); err == nil {
			t.Fatalf("%s passed for %s", b, s)
		}
	})
}

func TestAgeOn(t *testing.T) {
	day := func(s string) time.Time { d, _ := time.ParseInLocation(time.DateOnly, s, clock.Zone); return d }
	for _, c := range []struct {
		n    Number
		on   string
		want int
	}{
		{"11010519491231002X", "2024-02-15", 74}, {"11010519491231002X", "2024-12-30", 74},
		{"11010519491231002X", "2024-12-31", 75}, {"310101200002290015", "2018-02-28", 17},
		{"310101200002290015", "2018-03-01", 18}, {"310101200002290015", "2020-02-29", 20},
		{"510100201911010012", "2019-10-31", -1}, {"USA110085010112", "2024-01-01", 0},
	} {
		if got := c.n.AgeOn(day(c.on)); got != c.want {
			t.Errorf("%s on %s: %d, want %d", c.n, c.on, got, c.want)
		}
	}
	if Number("510100201911010012").BornBy(day("2019-10-31")) || !Number("510100201911010012").BornBy(day("2019-11-01")) {
		t.Error("BornBy is wrong")
	}
}

// However a number is printed, nobody can read it.
func TestPrintsMasked(t *testing.T) {
	n := Number("310101200002290015")
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "n", n, "in", struct{ N Number }{n})
	j, err := json.Marshal(map[string]any{"n": n, "list": []Number{n}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fmt.Sprint(n), fmt.Sprintf("%v %+v %#v %q %s", n, n, n, n, struct{ N Number }{n}), log.String(), string(j)} {
		if strings.Contains(s, "20000229") || !strings.Contains(s, "310***********0015") {
			t.Errorf("%s", s)
		}
	}
	var back Number
	if json.Unmarshal([]byte(`"310***********0015"`), &back) == nil {
		t.Error("a masked number was read as a number")
	}
	if err := json.Unmarshal([]byte(`"310101200002290015"`), &back); err != nil || back != n || back.Reveal() != string(n) {
		t.Errorf("%v %v", back, err)
	}
	if Number("123").Masked() != "***" || Number("123").Kind() != "" {
		t.Error("a short text is not masked")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"11010519491231002X", "１１０１０５", "1.1E+17", "USA110085010112", "\xff\xfe", "='"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, _, err := Parse(s)
		if err != nil {
			if n != "" || fault.Of(err) == nil {
				t.Fatalf("%q: %q %v", s, n.Reveal(), err)
			}
			return
		}
		if again, notes, err := Parse(n.Reveal()); again != n || notes != nil || err != nil {
			t.Fatalf("%q is not in its normal form", n.Reveal())
		}
	})
}

// worded says whether a fault has its wording in both halves, with all places filled.
func worded(f *fault.Fault) bool {
	both := wording.Of(wording.ZH, f) + wording.Of(wording.EN, f)
	return wording.Has(f.Code) && !strings.Contains(both, "{")
}
