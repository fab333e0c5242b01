package city_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/ask"
)

// workdays is the real calendar.
type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}
func (workdays) IsWorkday(d time.Time) (bool, error) { return cal.IsWorkday(d) }

func open(t testing.TB) *policy.Book {
	t.Helper()
	b, err := city.Open(workdays{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// row is one question to a city and what its notice says.
type row struct {
	rule string // that this proves
	on   string
	ask  string // "campaign by bank_outlet"
	who  string // flags: "group=employed district=西城"
	want string // "yes" or "no RULE RULE": the rules among the reasons
	see  string // what else: "promise.due=2024-03-16; channels=employer_online,employer_bank"
}

func prove(t *testing.T, name string, rows []row) {
	b := open(t)
	for _, r := range rows {
		t.Run(fmt.Sprintf("%s/%s/%s/%s", r.rule, r.on, r.ask, r.who), func(t *testing.T) {
			for _, wrong := range r.wrong(b, name) {
				t.Error(wrong)
			}
		})
	}
}

// wrong lists what a city's answer lacks.
func (r row) wrong(b *policy.Book, name string) (out []string) {
	d, err := r.answer(b, name)
	if err != nil {
		return []string{err.Error()}
	}
	want := strings.Fields(r.want)
	if d["allowed"] != (want[0] == "yes") {
		out = append(out, fmt.Sprintf("allowed is %v; because %v", d["allowed"], because(d)))
	}
	for _, rule := range want[1:] {
		if !strings.Contains(because(d), rule) {
			out = append(out, fmt.Sprintf("because %s, without %s", because(d), rule))
		}
	}
	for _, s := range strings.Split(r.see, ";") {
		path, value, _ := strings.Cut(strings.TrimSpace(s), "=")
		if got := at(d, path); path != "" && got != value {
			out = append(out, fmt.Sprintf("%s is %q, want %q", path, got, value))
		}
	}
	return out
}

// answer is the decision as its JSON has it.
func (r row) answer(b *policy.Book, name string) (map[string]any, error) {
	c, err := b.City(name)
	if err != nil {
		return nil, err
	}
	flags := map[string]string{}
	for _, f := range strings.Fields(r.who) {
		k, v, _ := strings.Cut(f, "=")
		flags[k] = v
	}
	p, err := ask.Person(c, flags)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(r.ask)
	reason, err := policy.ParseReason(words[0])
	if err != nil {
		return nil, err
	}
	channel, err := policy.ParseChannel(words[2])
	if err != nil {
		return nil, err
	}
	on, err := time.ParseInLocation("2006-01-02", r.on, clock.Zone)
	if err != nil {
		return nil, err
	}
	d, err := b.Decide(name, &p, reason, channel, on)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	var m map[string]any
	err = json.Unmarshal(text, &m)
	return m, err
}

func because(d map[string]any) string { return at(d, "because.rule") }

// at walks a path; through a list it gathers, and # counts.
func at(v any, path string) string {
	if list, ok := v.([]any); ok {
		if path == "#" {
			return fmt.Sprint(len(list))
		}
		var out []string
		for _, x := range list {
			out = append(out, at(x, path))
		}
		return strings.Join(out, ",")
	}
	if path == "" {
		return fmt.Sprint(v)
	}
	key, rest, _ := strings.Cut(path, ".")
	m, ok := v.(map[string]any)
	if !ok {
		return fmt.Sprintf("no %s in %v", key, v)
	}
	return at(m[key], rest)
}
