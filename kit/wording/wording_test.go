package wording

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"kawu/kit/clock"
	"kawu/kit/fault"
)

var places = regexp.MustCompile(`\{[a-z0-9_]+\}`)

func placesOf(s string) []string {
	p := places.FindAllString(s, -1)
	slices.Sort(p)
	return slices.Compact(p)
}

// Both catalogues say the same: the same keys (only English has plurals), the same places, no
// Chinese in English.
func TestLanguagesKeepInStep(t *testing.T) {
	zh, en := catalogues[ZH], catalogues[EN]
	for key, text := range zh {
		if strings.HasSuffix(key, ".one") {
			t.Errorf("zh-CN: %s: Chinese has no plural", key)
		}
		if text == "" {
			t.Errorf("zh-CN: %s is empty", key)
		}
		if _, ok := en[key]; !ok {
			t.Errorf("en: %s is missing", key)
		}
	}
	for key, text := range en {
		base, one := strings.CutSuffix(key, ".one")
		want, ok := zh[base]
		if !ok {
			t.Errorf("zh-CN: %s is missing", base)
			continue
		}
		for _, r := range text {
			if unicode.Is(unicode.Han, r) {
				t.Errorf("en: %s holds Chinese: %q", key, text)
				break
			}
		}
		got, wanted := placesOf(text), placesOf(want)
		if one { // "1 row" need not name n again
			got, wanted = without(got, "{n}"), without(wanted, "{n}")
		}
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: places differ: zh-CN %v, en %v", key, wanted, got)
		}
	}
}

func without(s []string, x string) []string {
	return slices.DeleteFunc(s, func(e string) bool { return e == x })
}

func TestKeysAreDottedLowerCase(t *testing.T) {
	form := regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$`)
	for key := range catalogues[EN] {
		if !form.MatchString(key) {
			t.Errorf("%q is not a dotted lower-case key", key)
		}
	}
}

func TestLoadRefusesBrokenCatalogues(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"twice in one file":  {map[string]string{"en/a.json": `{"a.b":"1","a.b":"2"}`}, "another wording"},
		"twice in two files": {map[string]string{"en/a.json": `{"a.b":"1"}`, "en/b.json": `{"a.b":"2"}`}, "another wording"},
		"not text":           {map[string]string{"en/a.json": `{"a.b":1}`}, "a.b"},
		"nested":             {map[string]string{"en/a.json": `{"a":{"b":"1"}}`}, "a"},
		"list":               {map[string]string{"en/a.json": `[]`}, "JSON object"},
		"cut":                {map[string]string{"en/a.json": `{"a.b":"1"`}, "EOF"},
	} {
		from := fstest.MapFS{}
		for n, s := range c.files {
			from[n] = &fstest.MapFile{Data: []byte(s)}
		}
		if _, err := load(from, EN); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	defer func(old map[Lang]map[string]string) { catalogues = old }(catalogues)
	catalogues = map[Lang]map[string]string{
		ZH: {"x.rows": "{n} 行", "x.by": "最晚 {day}", "x.wrong": "错了。", "x.wrong.do": "请改第 {n} 行。"},
		EN: {"x.rows": "{n} rows", "x.rows.one": "one row", "x.by": "by {day}", "x.wrong": "Wrong.", "x.wrong.do": "Correct row {n}."},
	}
	day := time.Date(2024, 2, 14, 20, 0, 0, 0, time.UTC)
	for _, c := range []struct{ got, want string }{
		{T(ZH, "x.rows", "n", 1), "1 行"},
		{T(EN, "x.rows", "n", 1), "one row"},
		{T(EN, "x.rows", "n", 2), "2 rows"},
		{EN.T("x.by", "day", day), "by 15 Feb 2024"},
		{T("fr", "x.rows", "n", 3), "3 行"},
		{T(ZH, "x.none"), "⟦x.none⟧"},
		{Of(EN, fault.New(fault.Invalid, "x.rows", "many", "n", 1)), "one row"},
		{Of(ZH, fault.New(fault.Invalid, "x.unknown", "stays until {day}", "day", day)), "stays until 2024年2月15日"},
		{OfBoth(fault.New(fault.Invalid, "x.by", "", "day", day))[ZH], "最晚 2024年2月15日"},
		{Of(ZH, fault.New(fault.Invalid, "x.wrong", "", "n", 7)), "错了。请改第 7 行。"},
		{Of(EN, fault.New(fault.Invalid, "x.wrong", "", "n", 7)), "Wrong. Correct row 7."},
		{WhatBoth(fault.New(fault.Invalid, "x.wrong", ""))[EN], "Wrong."},
		{DoBoth(fault.New(fault.Invalid, "x.wrong", "", "n", 1))[EN], "Correct row 1."},
		{TBoth("x.rows", "n", 2)[EN], "2 rows"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
	if !Has("x.by") || Has("x.none") || len(Keys()) != 4 || DoBoth(fault.New(fault.Invalid, "x.by", "")) != nil {
		t.Error("Has or Keys is wrong")
	}
}

// A fault is shared between requests in two languages: filling its wording must not change it.
func TestFaultIsNotChanged(t *testing.T) {
	day := time.Date(2024, 2, 15, 0, 0, 0, 0, clock.Zone)
	f := fault.New(fault.Invalid, "x.y", "{day}", "day", day)
	_ = Of(EN, f)
	if f.Args["day"] != day {
		t.Errorf("argument became %v", f.Args["day"])
	}
}

func TestDatesAreInChinaTime(t *testing.T) {
	at := time.Date(2024, 12, 31, 16, 5, 0, 0, time.UTC) // 00:05 on New Year's Day in China
	for _, c := range []struct{ got, want string }{
		{ZH.Date(at), "2025年1月1日"}, {EN.Date(at), "1 Jan 2025"},
		{ZH.Day(at), "1月1日"}, {EN.Day(at), "1 January"},
		{ZH.DateTime(at), "1月1日 00:05"}, {EN.DateTime(at), "1 Jan, 00:05"},
		{ZH.Long(at), "2025年1月1日 00:05"}, {EN.Long(at), "1 January 2025, 00:05"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestPrefer(t *testing.T) {
	for accept, want := range map[string]Lang{
		"": ZH, "en": EN, "zh-TW,en;q=0.8": ZH, "fr-FR, en-GB;q=0.9": EN, "de": ZH, "EN-us": EN, "english": ZH,
	} {
		if got := Prefer(accept); got != want {
			t.Errorf("Prefer(%q) = %s, want %s", accept, got, want)
		}
	}
}
