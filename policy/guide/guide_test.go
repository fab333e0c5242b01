package guide_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/city"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/guide"
	"kawu/policy/term"
)

type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}

func open(t testing.TB) *policy.Book {
	t.Helper()
	b, err := city.Open(workdays{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func at(t testing.TB, b *policy.Book, name, day string) *guide.Guide {
	t.Helper()
	c, err := b.City(name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := time.ParseInLocation(time.DateOnly, day, clock.Zone)
	if err != nil {
		t.Fatal(err)
	}
	return guide.New(c, d.Add(10*time.Hour), workdays{})
}

func answers(s string) map[guide.Question]string {
	m := map[guide.Question]string{}
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, "=")
		m[guide.Question(k)] = v
	}
	return m
}

// line is an answer on one line: the ways with their first day of promise, then what opens later,
// what to ask for instead, and whom to hurry to.
func line(a guide.Answer) string {
	var out []string
	for _, w := range a.Ways {
		out = append(out, fmt.Sprintf("%v due %s", w.Channels, w.Promise.Due))
	}
	for _, s := range a.Shut {
		if s.Opens != 0 {
			out = append(out, fmt.Sprintf("%v opens %s", s.Channels, s.Opens))
		}
	}
	if a.Instead != 0 {
		out = append(out, "instead "+a.Instead.String())
	}
	if a.Urgent != 0 {
		out = append(out, "urgent "+a.Urgent.String())
	}
	return strings.Join(out, "; ")
}

// TestCities: what people of the five cities are asked, in order, and what they are told.
func TestCities(t *testing.T) {
	b := open(t)
	for _, x := range []struct{ city, day, told, asked, want string }{
		// Shanghai: a retired person goes to a bank in the first half of 2019, later to the community.
		{"shanghai", "2019-05-06", "reason=campaign group=retired insured=yes holds=gen2", "reason group insured holds",
			"[bank_outlet] due 2019-06-05; [community_outlet] due 2019-06-05; [home_visit] due 2019-06-05"},
		{"shanghai", "2019-06-30", "reason=campaign group=retired insured=yes holds=gen2", "reason group insured holds",
			"[bank_outlet] due 2019-07-30; [community_outlet] due 2019-07-30; [home_visit] due 2019-07-30"},
		{"shanghai", "2019-07-01", "reason=campaign group=retired insured=yes holds=gen2", "reason group insured holds",
			"[community_outlet] due 2019-07-31; [home_visit] due 2019-07-31"},
		{"shanghai", "2019-05-06", "reason=campaign group=retired insured=no household=other", "reason group insured household", ""},
		{"shanghai", "2019-05-06", "reason=campaign group=employed insured=yes holds=gen2", "reason group insured holds",
			"[community_outlet] due 2019-06-05; [home_visit] due 2019-06-05; [employer_bank] opens 2019-07-01"},
		// A pupil before the school's notice, and after it.
		{"shanghai", "2019-05-06", "reason=campaign group=pupil insured=yes school-notified=no age=15 holds=gen2", "reason group insured holds school-notified age",
			"[community_outlet] due 2019-06-05; [home_visit] due 2019-06-05"},
		{"shanghai", "2019-03-31", "reason=campaign group=pupil insured=yes school-notified=yes age=15 holds=gen2", "reason group insured holds school-notified age",
			"[community_outlet] due 2019-04-30; [home_visit] due 2019-04-30; [online school_online] opens 2019-04-01"},
		// Before the campaign there are only the pilot's districts.
		{"shanghai", "2018-06-30", "reason=first insured=yes", "reason insured", "[community_outlet home_visit] opens 2019-01-01"},
		// Beijing: an employed person must go by the employer, others are told that they are not asked yet.
		{"beijing", "2024-03-05", "reason=campaign group=employed insured=yes district=110102 holds=gen2", "reason group insured district holds", "[employer_online employer_bank] due 2024-04-04"},
		{"beijing", "2024-01-30", "reason=campaign group=employed insured=yes district=110102 holds=gen2", "reason group insured district holds", "[employer_online employer_bank] opens 2024-01-31"},
		{"beijing", "2024-03-05", "reason=campaign group=employed insured=yes district=110105 holds=gen2", "reason group insured district holds", "instead renew"},
		{"beijing", "2024-03-05", "reason=campaign group=retired holds=gen2", "reason group holds", "instead renew"},
		{"beijing", "2024-03-05", "reason=campaign group=retired holds=gen3", "reason group holds", ""},
		{"beijing", "2024-07-01", "reason=campaign holds=gen2", "reason holds", "instead renew"},
		{"beijing", "2024-07-01", "reason=campaign holds=gen3", "reason holds", ""},
		// Urumqi: 61 days before the card expires, and 60.
		{"urumqi", "2023-05-01", "reason=renew insured=yes lives=local expires=2023-07-01 age=40", "reason insured lives expires",
			"[bank_outlet kiosk instant_outlet home_visit] opens 2023-05-02"},
		{"urumqi", "2023-05-02", "reason=renew insured=yes lives=local expires=2023-07-01 age=40", "reason insured lives expires age",
			"[bank_outlet kiosk instant_outlet] due 2023-05-02; [home_visit] due 2023-05-02"},
		{"urumqi", "2023-05-02", "reason=renew insured=yes lives=local expires=unknown", "reason insured lives expires", ""},
		{"urumqi", "2023-05-02", "reason=campaign insured=yes", "reason insured", "instead renew"},
		{"urumqi", "2023-05-02", "reason=change_bank insured=yes lives=elsewhere card-state=formal_loss age=40", "reason insured lives card-state age",
			"[bank_outlet kiosk instant_outlet] due 2023-05-02; [online] due 2023-06-13"},
		// Chengdu: a card from another city of the province is transferred, or activated and transferred.
		{"chengdu", "2019-11-20", "reason=transfer insured=yes card-state=normal age=30", "reason insured card-state age", "[online] due 2019-11-20; [bank_outlet community_outlet instant_outlet] due 2019-11-20"},
		{"chengdu", "2019-11-20", "reason=transfer insured=yes card-state=sealed age=30", "reason insured card-state age", "[bank_outlet community_outlet instant_outlet] due 2019-11-20"},
		{"chengdu", "2019-11-20", "reason=transfer insured=yes card-state=not_collected", "reason insured card-state", ""},
		{"chengdu", "2019-11-20", "reason=first group=resident insured=yes holds=gen2 card-state=normal", "reason group insured holds card-state", "instead transfer"},
		{"chengdu", "2019-11-20", "reason=first group=resident insured=yes holds=none age=30", "reason group insured holds age",
			"[online] due 2020-01-02; [bank_outlet community_outlet] due 2020-01-02; [instant_outlet] due 2019-11-20; urgent instant_outlet"},
		{"chengdu", "2020-01-01", "reason=lost insured=yes holds=magnetic", "reason insured holds", "instead campaign"},
		{"sample", "2025-05-01", "reason=campaign group=retired insured=yes age=70", "reason group insured age", "[online bank_outlet] due 2025-06-03"},
		{"sample", "2026-01-01", "reason=campaign group=retired insured=yes", "reason group insured", ""},
	} {
		s := at(t, b, x.city, x.day).Walk(answers(x.told))
		var asked []string
		for _, q := range s.Told {
			asked = append(asked, string(q.Question))
		}
		if s.Ask != nil {
			t.Errorf("%s %s %s: asks for %s too", x.city, x.day, x.told, s.Ask.Question)
			continue
		}
		if got := strings.Join(asked, " "); got != x.asked {
			t.Errorf("%s %s %s: asked %s", x.city, x.day, x.told, got)
		}
		if got := line(at(t, b, x.city, x.day).Answer(s)); got != x.want {
			t.Errorf("%s %s %s: %s", x.city, x.day, x.told, got)
		}
	}
}

// days on which each city's editions are looked at: within, at the edges, before and after.
var days = map[string][]string{
	"beijing":  {"2024-01-30", "2024-03-05", "2024-07-01"},
	"shanghai": {"2018-10-01", "2019-05-06", "2019-08-01", "2021-01-01"},
	"chengdu":  {"2019-11-20", "2020-01-01"},
	"urumqi":   {"2023-05-02"},
	"sample":   {"2025-05-01", "2026-01-01"},
}

// TestEveryQuestionMatters: of every question, on every path, at least two answers lead somebody to
// answers that differ in what is open, from when, with which papers, or why not.
func TestEveryQuestionMatters(t *testing.T) {
	b, questions := open(t), map[guide.Question]bool{}
	for _, c := range b.Cities() {
		ds := days[c.ID]
		if ds == nil { // a city that was added
			ds = []string{c.Editions()[0].InForce.From.String()}
		}
		for _, day := range ds {
			g := at(t, b, c.ID, day)
			leaves(t, g, c.ID+" "+day, map[guide.Question]string{}, questions)
		}
	}
	for _, q := range []guide.Question{guide.AskGroup, guide.AskInsured, guide.AskHousehold, guide.AskDistrict, guide.AskLives, guide.AskHolds, guide.AskState, guide.AskExpires, guide.AskSchool, guide.AskAge} {
		if !questions[q] {
			t.Errorf("no city asks %s", q)
		}
	}
}

// leaves are the answers to which a place leads, each as text.
func leaves(t *testing.T, g *guide.Guide, path string, told map[guide.Question]string, questions map[guide.Question]bool) []string {
	t.Helper()
	s := g.Walk(told)
	if s.Ask == nil {
		return []string{whole(g.Answer(s))}
	}
	questions[s.Ask.Question] = true
	choices := s.Ask.Choices
	if s.Ask.Question == guide.AskExpires {
		choices = []guide.Choice{{Words: []string{g.Day().String()}}, {Words: []string{(g.Day() + 1000).String()}}}
	}
	var below [][]string
	var all []string
	for _, c := range choices {
		next := maps.Clone(told)
		next[s.Ask.Question] = c.Word()
		found := leaves(t, g, path+" "+string(s.Ask.Question)+"="+c.Word(), next, questions)
		below, all = append(below, found), append(all, found...)
	}
	for i := range below {
		for j := range i {
			if slices.Equal(below[i], below[j]) && s.Ask.Question != guide.AskReason {
				t.Errorf("%s: %s makes no difference between %v and %v", path, s.Ask.Question, choices[i].Words, choices[j].Words)
			}
		}
	}
	return all
}

func whole(a guide.Answer) string {
	s := line(a)
	for _, w := range a.Ways {
		s += fmt.Sprint(w.Route().ID, w.Documents, w.PhotoSources)
	}
	if len(a.Ways) == 0 {
		for _, x := range a.Shut {
			for _, l := range x.Because {
				s += l.Phrase
			}
		}
	}
	return s
}

// TestAnyAddress: words that are no answers, answers to other questions and answers of a class's
// other members all lead somewhere.
func TestAnyAddress(t *testing.T) {
	b := open(t)
	g := at(t, b, "beijing", "2024-03-05")
	if s := g.Walk(answers("reason=fax")); s.Ask == nil || s.Ask.Question != guide.AskReason {
		t.Errorf("%+v", s)
	}
	if s := g.Walk(answers("reason=campaign group=employed district=990000 lives=mars insured=yes")); s.Ask == nil || s.Ask.Question != guide.AskDistrict {
		t.Errorf("%+v", s)
	}
	s := g.Walk(answers("reason=campaign group=unemployed holds=gen2"))
	if s.Ask != nil || s.Person.Group != term.Unemployed || len(s.Told) != 3 || !s.Told[1].Choice.Rest {
		t.Errorf("%+v", s)
	}
	if s := at(t, b, "urumqi", "2023-05-02").Walk(answers("reason=renew insured=yes lives=local expires=2023-13-01")); s.Ask == nil || s.Ask.Question != guide.AskExpires {
		t.Errorf("%+v", s)
	}
}

// BenchmarkWalk is the dearest page: Chengdu's second question.
func BenchmarkWalk(b *testing.B) {
	g := at(b, open(b), "chengdu", "2019-11-20")
	for b.Loop() {
		g.Walk(answers("reason=first"))
	}
}
