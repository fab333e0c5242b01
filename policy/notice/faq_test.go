package notice_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"kawu/city"
	"kawu/policy"
	"kawu/policy/notice"
)

// sample is the sample city's folder with one text changed in one file; "" writes none.
func sample(t *testing.T, file, from, to string) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(city.Files, "sample/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	for _, n := range names {
		data, err := fs.ReadFile(city.Files, n)
		if err != nil {
			t.Fatal(err)
		}
		if n == "sample/"+file {
			if !strings.Contains(string(data), from) {
				t.Fatalf("%s does not hold %q", n, from)
			}
			data = []byte(strings.ReplaceAll(string(data), from, to))
		}
		out[n] = &fstest.MapFile{Data: data}
	}
	return out
}

// TestFAQAgrees: an answer says what the edition says, also when the edition says something else;
// one whose value is gone is not given.
func TestFAQAgrees(t *testing.T) {
	for to, want := range map[string]string{"days: 20": "受理后20个工作日", "days: 25": "受理后25个工作日"} {
		cities, found := notice.Load(sample(t, "2025-exchange.yaml", "days: 20", to))
		if len(found) > 0 {
			t.Fatal(found)
		}
		q := cities[0].Editions[0].Questions()
		if len(q) != 1 || !strings.HasPrefix(q[0].Say.ZH, want) || len(q[0].Grounds()) != 1 || q[0].Grounds()[0].Message != q[0].Say {
			t.Errorf("%s: %+v", to, q)
		}
	}
	b, err := policy.Open(sample(t, "faq.yaml", "editions: [2025-exchange]", ""), nil)
	if err != nil {
		t.Fatal(err)
	}
	next := strings.NewReplacer("2025-exchange", "2026-exchange", "twenty", "soon", "from: 2025-03-01", "from: 2026-03-01", "to: 2025-12-31", "to: 2026-12-31").
		Replace(string(sample(t, "2025-exchange.yaml", "", "")["sample/2025-exchange.yaml"].Data))
	if b, err = b.With("sample", "sample/2026-exchange.yaml", []byte(next)); err != nil {
		t.Fatal(err)
	}
	c, err := b.City("sample")
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"2025-exchange": 1, "2026-exchange": 0} {
		e, err := c.Edition(id)
		if err != nil {
			t.Fatal(err)
		}
		if n := len(e.Questions()); n != want {
			t.Errorf("%s answers %d questions", id, n)
		}
	}
}

// TestFAQFindings: what is wrong with a question is found, with file and line.
func TestFAQFindings(t *testing.T) {
	for _, x := range []struct{ from, to, code, key string }{
		{"{promises.twenty.days}", "{promises.thirty.days}", "policy.unanswered", "faq[0].say"},
		{"editions: [2025-exchange]", "editions: [2024-exchange]", "policy.unknown_name", "faq[0].editions[0]"},
		{"topic: slow", "topic: weather", "policy.wrong_value", "faq[0].topic"},
		{"rules: [SP-13]", "rules: [BJ-13]", "policy.foreign_rule", "faq[0].rules[0]"},
		{"notice: notice", "notice: letter", "policy.no_notice", "faq[0].notice"},
		{"phrase: 自", "words: 自", "policy.unknown_key", "faq[0].words"},
		{"ask: {zh", "ask: {cn", "policy.unknown_key", "faq[0].ask.cn"},
	} {
		_, found := notice.Load(sample(t, "faq.yaml", x.from, x.to))
		i := slices.IndexFunc(found, func(f notice.Finding) bool { return f.Code == x.code })
		if i < 0 || found[i].Key != x.key || found[i].File != "sample/faq.yaml" || found[i].Line == 0 || found[i].Message.ZH == "" || strings.Contains(found[i].Message.EN, "{") {
			t.Errorf("%s: %+v", x.to, found)
		}
	}
	if _, found := notice.Load(sample(t, "faq.yaml", "faq:", "questions:")); len(found) == 0 {
		t.Error("a file without its key is taken")
	}
}

// TestFAQOfCities: every city answers, everything is filled, and Chengdu answers its notice's eight
// categories (CD-50).
func TestFAQOfCities(t *testing.T) {
	cities, found := notice.Load(city.Files)
	if len(found) > 0 {
		t.Fatal(found)
	}
	topics := map[string]bool{}
	for _, c := range cities {
		for _, e := range c.Editions {
			for _, q := range e.Questions() {
				if strings.ContainsAny(q.Say.ZH+q.Say.EN+q.Ask.ZH+q.Ask.EN, "{}") || q.Grounds()[0].Source == "" {
					t.Errorf("%s %s %s: %+v", c.ID, e.ID, q.ID, q)
				}
				if c.ID == "chengdu" && slices.Contains(q.Rules, "CD-50") {
					topics[q.Topic.String()] = true
				}
			}
		}
	}
	for _, want := range []string{"not_exchanged", "not_activated", "slow", "old_card_money", "pension", "fast_way", "other_city_card", "progress"} {
		if !topics[want] {
			t.Errorf("chengdu does not answer %s", want)
		}
	}
}
