package policy_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"kawu/city"
	"kawu/policy"
	"kawu/policy/notice"
)

const (
	sheet    = "sample/2025-exchange.yaml"
	cityFile = "sample/city.yaml"
	factFile = "sample/rules.yaml"
)

// sample is the sample city's folder with one text in one file replaced.
func sample(t testing.TB, file, from, to string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for _, f := range []string{sheet, cityFile, factFile} {
		data, err := fs.ReadFile(city.Files, f)
		if err != nil {
			t.Fatal(err)
		}
		s := string(data)
		if f == file {
			if !strings.Contains(s, from) {
				t.Fatalf("%s has no %q", file, from)
			}
			s = strings.Replace(s, from, to, 1)
		}
		out[f] = &fstest.MapFile{Data: []byte(s)}
	}
	return out
}

// lineOf is the line of the first occurrence of a text.
func lineOf(files fstest.MapFS, file, text string) int {
	before, _, ok := strings.Cut(string(files[file].Data), text)
	if !ok {
		return -1
	}
	return 1 + strings.Count(before, "\n")
}

func TestSampleIsRight(t *testing.T) {
	if found := policy.Check(sample(t, "", "", "")); len(found) != 0 {
		t.Error(found)
	}
}

// TestFindings breaks the sample city in one place and expects one kind of finding, with its file,
// line and clause.
func TestFindings(t *testing.T) {
	for _, c := range []struct {
		code, file, from, to string
		at                   string // text on the line of the finding, after the change
		clause               string
	}{
		{"unknown_key", sheet, "fee_bearer: recipient", "fee_bearers: recipient", "fee_bearers", ""},
		{"missing_key", sheet, "    fee_bearer: recipient\n", "", "id: mail", ""},
		{"repeated_key", sheet, "    days: 20\n", "    days: 20\n    days: 21\n", "days: 21", ""},
		{"wrong_kind", sheet, "days: 20", "days: twenty", "days: twenty", ""},
		{"wrong_value", sheet, "channels: [employer_online]", "channels: [employer_office]", "employer_office", ""},
		{"wrong_value", sheet, "from: 2025-03-01", "from: 2025-02-30", "2025-02-30", ""},
		{"wrong_value", sheet, "until: activation", "until: forever", "forever", ""},
		{"alias", sheet, "banks: [icbc, ccb, psbc]", "banks: &b [icbc, ccb, psbc]", "banks: &b", ""},
		{"syntax", sheet, "households: [local]", "households: [local", "households: [local", ""},
		{"missing_key", sheet, "  phrase: 其他事项请咨询12333。\n", "", "  id: otherwise", ""},
		{"wrong_folder", cityFile, "id: sample ", "id: simple ", "id: simple", ""},
		{"wrong_file", sheet, "id: 2025-exchange ", "id: 2025-change ", "id: 2025-change", ""},
		{"rule_missing", cityFile, "rules: 20", "rules: 21", "rules: 21", ""},
		{"foreign_rule", sheet, "rules: [SP-04]", "rules: [SP-04, BJ-01]", "[SP-04, BJ-01]", "employed"},
		{"foreign_rule", sheet, "rules: [SP-04]", "rules: [SP-04, SP-21]", "[SP-04, SP-21]", "employed"},
		{"foreign_rule", sheet, "rules: [SP-04]", "rules: [SP-04, SP-4]", "[SP-04, SP-4]", "employed"},
		{"no_rule", sheet, "  - id: free\n    rules: [SP-17]\n", "  - id: free\n", "  - id: free", "free"},
		{"no_notice", sheet, "notice: practice ", "notice: habit ", "notice: habit", "id_card"},
		{"no_notice", factFile, "notice: notice", "notice: other", "notice: other", "sp-19"},
		{"twice", cityFile, "code: ccb", "code: icbc", "{code: icbc, name: {zh: 建设银行", ""},
		{"twice", cityFile, `"139902"`, `"139901"`, `{code: "139901", name: {zh: 西河区`, ""},
		{"twice", cityFile, "also: [邮政储蓄银行]", "also: [工商银行]", "also: [工商银行]", ""},
		{"twice", sheet, "banks: [icbc, ccb, psbc]", "banks: [icbc, ccb, icbc]", "banks: [icbc, ccb, icbc]", "employer"},
		{"twice", sheet, "  - id: free\n", "  - id: ten-yuan\n", "  - id: ten-yuan\n    rules: [SP-09]", "ten-yuan"},
		{"twice", sheet, "normal: [online,", "normal: [online, online,", "normal: [online, online", "advice"},
		{"district_outside", cityFile, `"139902"`, `"110101"`, `"110101"`, ""},
		{"unknown_name", sheet, "who: employed", "who: employers", "who: employers", "batch"},
		{"unknown_name", sheet, "promise: twenty", "promise: thirty", "promise: thirty", "batch"},
		{"unknown_name", sheet, "window: campaign\n    reasons", "window: spring\n    reasons", "window: spring", "batch"},
		{"unknown_name", sheet, "needs: [renewal]", "needs: [patience]", "needs: [patience]", "renew"},
		{"unknown_name", sheet, "fallback: outlet", "fallback: locker", "fallback: locker", "mail"},
		{"unknown_name", sheet, "eligible: eligible", "eligible: everybody", "eligible: everybody", ""},
		{"unknown_name", sheet, "either: [registered, insured]", "either: [registered, guests]", "either: [registered, guests]", "eligible"},
		{"unused", sheet, "fee: ten-yuan", "fee: free", "  - id: ten-yuan", "ten-yuan"},
		{"own_fallback", sheet, "fallback: outlet", "fallback: mail", "fallback: mail", "mail"},
		{"circle", sheet, "households: [local]", "either: [eligible]", "id: eligible\n    rules: [SP-03]", "eligible"},
		{"unknown_bank", sheet, "banks: [icbc, ccb, psbc]", "banks: [icbc, ccb, cmb]", "[icbc, ccb, cmb]", "employer"},
		{"unknown_district", sheet, "groups: [employed]\n  - id: others", "districts: [\"139903\"]\n  - id: others", "139903", "employed"},
		{"empty_list", sheet, "reasons: [renew]", "reasons: []", "reasons: []", "renew"},
		{"too_long", sheet, "photos: [id_card]", "photos: [id_card, id_card, id_card, id_card, id_card, id_card, id_card, id_card, id_card]", "photos: [id_card, id_card", "batch"},
		{"one_need", sheet, "before_expiry: 30", "before_expiry: 30\n    school_notice: true", "id: renewal\n    rules: [SP-07]\n    phrase", "renewal"},
		{"one_need", sheet, "before_expiry: 30", "card_states: []", "id: renewal\n    rules: [SP-07]\n    phrase", "renewal"},
		{"disagree", sheet, "before_expiry: 30", "before_expiry: 29", "before_expiry: 29", "renewal"},
		{"out_of_range", sheet, "days: 20", "days: -1", "days: -1", "twenty"},
		{"out_of_range", sheet, "fee_bearer: recipient", "fee_bearer: neighbour", "neighbour", "mail"},
		{"out_of_range", sheet, "fen: 1000", "fen: -1000", "fen: -1000", "ten-yuan"},
		{"never_opens", sheet, "to: 2025-12-31", "to: 2025-02-28", "id: campaign", "campaign"},
		{"never_opens", sheet, "  from: 2025-03-01\n", "  from: 2025-03-01\n  to: 2024-03-01\n", "  id: edition", "edition"},
		{"not_in_force", sheet, "    from: 2025-03-01\n    to: 2025-12-31", "    from: 2024-03-01\n    to: 2024-12-31", "id: campaign", "campaign"},
		{"gap", sheet, "groups: [employed, retired, resident]", "groups: [employed, retired, resident, pupil]", "", ""},
		{"gap", sheet, "except: [employed]", "groups: [retired]", "campaign: {", "campaign"},
		{"overlap", sheet, "  - id: renew\n    rules: [SP-07]\n    phrase: 有效期届满前30日内可换卡。\n    say: {zh: \"到期的到", "  - id: renew\n    before: [batch]\n    rules: [SP-07]\n    phrase: 有效期届满前30日内可换卡。\n    say: {zh: \"到期的到", "", ""},
		{"overlap", sheet, "reasons: [renew]", "reasons: [renew, lost]", "  - id: renew\n", "renew"},
		{"advice_lacks", sheet, "urgent: [instant_outlet, bank_outlet, online, employer_online]", "urgent: [instant_outlet, bank_outlet, online]", "urgent: [instant", "advice"},
	} {
		t.Run(c.code+"/"+c.to, func(t *testing.T) {
			files := sample(t, c.file, c.from, c.to)
			found := policy.Check(files)
			if c.at == "" { // this change is right: it must not be found
				if len(found) > 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			want := lineOf(files, c.file, c.at)
			for _, f := range found {
				if f.Code == "policy."+c.code && f.File == c.file && f.Line == want && f.Clause == c.clause {
					checkWords(t, f)
					return
				}
			}
			t.Errorf("want %s at %s:%d [%s], found:\n%v", c.code, c.file, want, c.clause, found)
		})
	}
}

// checkWords: both languages, every place filled.
func checkWords(t *testing.T, f notice.Finding) {
	if f.Message.ZH == "" || f.Message.EN == "" || strings.ContainsAny(f.Message.ZH+f.Message.EN, "{}") {
		t.Errorf("message %q / %q", f.Message.ZH, f.Message.EN)
	}
	if f.City == "" && f.Code != "policy.wrong_folder" {
		t.Errorf("no city: %+v", f)
	}
	if g := f.Fault(); g.Code != f.Code || !strings.HasPrefix(g.Field, f.File) {
		t.Errorf("fault %v", g)
	}
}

// TestMissingFiles: a folder without its rules, and one without editions.
func TestMissingFiles(t *testing.T) {
	files := sample(t, "", "", "")
	delete(files, factFile)
	if found := policy.Check(files); len(found) != 1 || found[0].Code != "policy.no_file" {
		t.Error(found)
	}
	files = sample(t, "", "", "")
	delete(files, sheet)
	if found := policy.Check(files); !strings.Contains(found.Error(), "no edition") {
		t.Error(found)
	}
	if _, err := policy.Open(files, nil); err == nil {
		t.Error("a book was opened with a city that has no edition")
	}
}

// TestEditionsInOrder: two editions on one day, and one that runs into the next.
func TestEditionsInOrder(t *testing.T) {
	for code, change := range map[string][2]string{
		"policy.edition_order":   {"id: 2025-exchange ", "id: 2026-exchange "},
		"policy.edition_overlap": {"  from: 2025-03-01\n", "  from: 2025-02-01\n  to: 2025-03-01\n"},
	} {
		files := sample(t, "", "", "")
		again := strings.Replace(string(files[sheet].Data), change[0], change[1], 1)
		again = strings.Replace(again, "id: 2025-exchange ", "id: 2026-exchange ", 1)
		files["sample/2026-exchange.yaml"] = &fstest.MapFile{Data: []byte(again)}
		if found := policy.Check(files); len(found) != 1 || found[0].Code != code {
			t.Errorf("%s: %v", code, found)
		}
	}
}
