package centre

import (
	"slices"
	"strings"

	"kawu/channel/web"
	"kawu/kit/wording"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/part"
)

// Section is one part of an edition for reading: "windows", "routes" …
type Section struct {
	Key     string // wording key of its name; ID is where links lead
	ID      string
	Clauses []Clause
}

// Clause is one clause in words, with where it comes from.
type Clause struct {
	ID     string // "routes-batch"
	Name   string // the clause's own id
	Say    web.Text
	Values []Value
	Rules  []string
	Source string // title of the notice
	Phrase string // its words
	Open   bool   // the city's notices leave it open: practice or a national rule
}

// Value is one key of a clause.
type Value struct {
	Key   string // wording key
	Words []Word
}

// Word is one value in words; Href leads to the clause it names.
type Word struct {
	web.Text
	Href string
}

// sectionOrder is the order in which people ask: when, who, how, with what, and then.
var sectionOrder = []string{"in_force", "windows", "routes", "refusals", "otherwise", "needs", "audiences", "bank_choices", "documents", "photos",
	"promises", "deliveries", "activations", "old_cards", "fees", "products", "advice", "hotlines", "warning", "acceptance", "plan", "targets"}

// sections puts an edition into words.
func sections(e *policy.Edition) []Section {
	parts := part.Of(e)
	s := newSpeller(e, parts)
	by := map[string][]Clause{}
	for _, p := range parts {
		name, _, _ := strings.Cut(p.Section, ".")
		by[name] = append(by[name], s.clause(p))
	}
	var out []Section
	for _, name := range append(sectionOrder[:len(sectionOrder):len(sectionOrder)], "profile") {
		if len(by[name]) > 0 {
			out = append(out, Section{Key: "edition.section." + name, ID: name, Clauses: by[name]})
		}
	}
	return out
}

// speller words the values of one edition.
type speller struct {
	city *policy.City
	says map[string]web.Text // by "section-id"
}

func newSpeller(e *policy.Edition, parts []part.Part) speller {
	s := speller{e.City(), map[string]web.Text{}}
	for _, p := range parts {
		s.says[p.Section+"-"+p.Clause.ID] = web.Text(p.Clause.Say)
	}
	return s
}

func (s speller) clause(p part.Part) Clause {
	g := p.Clause.Grounds()[0]
	c := Clause{ID: strings.ReplaceAll(p.Section, ".", "-") + "-" + p.Clause.ID, Name: p.Clause.ID, Say: web.Text(p.Clause.Say), Source: g.Source, Phrase: p.Clause.Phrase, Open: p.Default}
	for _, r := range p.Clause.Rules {
		c.Rules = append(c.Rules, string(r))
	}
	for _, v := range p.Values {
		x := Value{Key: keyName(v.Key)}
		for _, w := range v.Words {
			x.Words = append(x.Words, s.word(p.Section, v.Key, w))
		}
		c.Values = append(c.Values, x)
	}
	return c
}

// keyName is the wording key of a key of the file.
func keyName(key string) string { return "edition.key." + key }

// named are the keys whose words are ids of clauses, and the section where those stand.
var named = map[string]string{"who": "audiences", "within": "audiences", "either": "audiences", "except": "audiences", "window": "windows",
	"needs": "needs", "before": "routes", "documents": "documents", "photos": "photos", "promise": "promises", "deliveries": "deliveries",
	"activation": "activations", "old_card": "old_cards", "fee": "fees", "product": "products", "fallback": "deliveries"}

// kinds are the keys whose words are of a vocabulary.
var kinds = map[string]string{"groups": "group", "reasons": "reason", "instead": "reason", "channels": "channel", "normal": "channel", "urgent": "channel",
	"on_request": "channel", "chosen_by": "chooser", "mode": "mode", "social_security": "place", "bank": "place"}

// word puts one value into words; what has none is shown as it is.
func (s speller) word(section, key, w string) Word {
	to := named[key]
	if key == "banks" && section != "bank_choices" {
		to = "bank_choices"
	}
	if say, ok := s.says[to+"-"+w]; ok {
		return Word{web.Text{ZH: strings.TrimSuffix(say.ZH, "。"), EN: strings.TrimSuffix(say.EN, ".")}, "#" + to + "-" + w}
	}
	return Word{Text: s.plain(key, w)}
}

func (s speller) plain(key, w string) web.Text {
	if t := notice.Label(kinds[key], w); t.ZH != "" {
		return web.Text(t)
	}
	if b, ok := s.city.Bank(w); ok && key == "banks" {
		return web.Text(b.Name)
	}
	if d, ok := s.city.District(w); ok && key == "districts" {
		return web.Text(d.Name)
	}
	if k := "edition.word." + w; wording.Has(k) {
		return web.Text{ZH: wording.T(wording.ZH, k), EN: wording.T(wording.EN, k)}
	}
	return web.Text{ZH: w}
}

// rules counts the rules that clauses state.
func rules(all []Section) int {
	seen := map[string]bool{}
	for _, s := range all {
		for _, c := range s.Clauses {
			for _, r := range c.Rules {
				seen[r] = true
			}
		}
	}
	return len(seen)
}

// clauses counts the clauses.
func clauses(all []Section) (n int) {
	for _, s := range all {
		n += len(s.Clauses)
	}
	return n
}

// Is tells whether a section is among those that are shown open.
func (s Section) Is(ids ...string) bool { return slices.Contains(ids, s.ID) }
