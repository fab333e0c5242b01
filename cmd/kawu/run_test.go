package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
)

// TestWrongUse: every way of calling a command wrongly ends with 2, one document and a code, in
// words that are ours.
func TestWrongUse(t *testing.T) {
	ask := "policy decide beijing --on 2024-02-15 --reason campaign --channel online "
	for line, codes := range map[string]string{
		"polcy":                 "usage.no_command",
		"policy decid":          "usage.no_command",
		"policy decide beijing": "usage.needs_flag",
		"policy decide":         "usage.no_argument",
		"policy decide atlantis --reason first --channel online": "policy.no_city",
		"policy show atlantis":                "policy.no_city",
		"policy diff beijing 2024-pilot 2099": "policy.no_edition",
		ask + "--colour red":                  "usage.no_flag",
		ask + "-x":                            "usage.no_flag",
		ask + "--group":                       "usage.needs_value",
		ask + "--urgent=maybe":                "usage.not_yes_no",
		ask + "--group worker --age old --district 上海":                     "policy.unknown_word policy.not_a_number policy.unknown_word",
		"policy decide beijing --on soon --reason x --channel fax":         "usage.not_a_date policy.unknown_word policy.unknown_word",
		"policy decide beijing --reason first --channel online --now noon": "usage.not_a_time",
		"roster check x.csv --rows many":                                   "usage.not_a_number",
		"calendar add 2024-02-08 --kind lunar":                             "usage.not_one_of",
		"calendar is-workday 8.2.2024":                                     "usage.not_a_date",
		"check name 王":                                                     "usage.not_one_of",
		"bench card --cards 0 --rounds 0":                                  "bench.too_few bench.too_few",
	} {
		var out, errs bytes.Buffer
		if got := run(context.Background(), append([]string{"--json"}, strings.Fields(line)...), &out, &errs); got != wrong {
			t.Errorf("%s ends with %d", line, got)
		}
		var doc struct {
			Error  struct{ Code string }
			Errors []struct {
				Code    string
				Message map[string]string
			}
		}
		if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
			t.Errorf("%s prints no document: %v %q", line, err, out.String())
			continue
		}
		var got []string
		for _, e := range doc.Errors {
			got = append(got, e.Code)
			if e.Message["zh-CN"] == "" || e.Message["en"] == "" || strings.Contains(e.Message["zh-CN"]+e.Message["en"], "{") {
				t.Errorf("%s: no words: %v", line, e)
			}
		}
		if strings.Join(got, " ") != codes || doc.Error.Code != got[0] {
			t.Errorf("%s: %v, want %s", line, got, codes)
		}
		if all := out.String() + errs.String(); strings.Contains(all, "strconv") || strings.Contains(all, "parsing") {
			t.Errorf("%s lets the library speak: %s", line, all)
		}
	}
}

// TestAnswers: 0 for yes, 1 for no, and nothing but the decision on stdout.
func TestAnswers(t *testing.T) {
	for line, want := range map[string]int{
		"policy decide beijing --on 2024-02-15 --reason campaign --channel employer_online --group employed --district 110102": done,
		"policy decide beijing --on 2024-02-15 --reason campaign --channel online --group employed --district 110102":          failed,
		"check id 11010519491231002X":      done,
		"check id 110105194912310021":      failed,
		"calendar is-workday 2024-02-10":   failed,
		"roster check no-such-roster.xlsx": failed,
	} {
		var out, errs bytes.Buffer
		if got := run(context.Background(), append([]string{"--json"}, strings.Fields(line)...), &out, &errs); got != want {
			t.Errorf("%s ends with %d: %s", line, got, errs.String())
		}
		var doc map[string]any
		if err := json.Unmarshal(out.Bytes(), &doc); err != nil {
			t.Errorf("%s: %v %q", line, err, out.String())
		}
	}
}
