package notice

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"kawu/policy/strict"
	"kawu/policy/term"
)

// Question is a question that people ask, with the city's answer in Say. An answer may name values
// of the edition in force, {promises.batch.days}: it then never disagrees with it, and an edition
// that has no such value does not answer the question.
type Question struct {
	Clause   `yaml:",inline"`
	Topic    term.Topic `yaml:"topic"`
	Ask      Text       `yaml:"ask"`
	Editions []string   `yaml:"editions,omitempty"` // that answer it; every edition when absent
}

// place of a value in an answer, such as {profile.renewal.days} or {windows.campaign.to}.
var valueName = regexp.MustCompile(`\{([a-z_]+\.[a-z0-9_-]+\.[a-z_]+)\}`)

// readFAQ reads faq.yaml, which a city may be without.
func (c *City) readFAQ(fsys fs.FS, dir string) Findings {
	name := dir + "/faq.yaml"
	if _, err := fs.Stat(fsys, name); errors.Is(err, fs.ErrNotExist) {
		c.faqFile = sheet{name: name, lines: strict.Lines{}}
		return nil
	}
	var faq struct {
		FAQ []Question `yaml:"faq"`
	}
	found := c.readFile(fsys, name, &faq, &c.faqFile)
	c.FAQ = faq.FAQ
	return found
}

// checkFAQ: sources, names, editions, and that each answer is given by some edition.
func (c *City) checkFAQ() (out Findings) {
	p, seen := c.at(c.faqFile), map[string]bool{}
	values := make(map[*Edition]map[string]string, len(c.Editions)) // read once: every start of the program comes by here
	for _, e := range c.Editions {
		values[e] = e.values()
	}
	for i := range c.FAQ {
		q := &c.FAQ[i]
		path := fmt.Sprintf("faq[%d]", i)
		if seen[q.ID] {
			out = append(out, p.find(path, q.ID, "twice", "name", q.ID))
		}
		seen[q.ID] = true
		out = append(out, c.checkClause(p, spot{path: path, clause: &q.Clause}, nil, map[Rule]bool{})...)
		for j, id := range q.Editions {
			if !slices.ContainsFunc(c.Editions, func(e *Edition) bool { return e.ID == id }) {
				out = append(out, p.find(fmt.Sprintf("%s.editions[%d]", path, j), q.ID, "unknown_name", "section", "editions", "name", id))
			}
		}
		if !slices.ContainsFunc(c.Editions, func(e *Edition) bool { return e.answers(q, values[e]) }) {
			out = append(out, p.find(path+".say", q.ID, "unanswered", "values", strings.Join(q.values(), ", ")))
		}
	}
	return out
}

// values are the names of values in the answer, in either language, each once.
func (q *Question) values() (out []string) {
	for _, m := range valueName.FindAllStringSubmatch(q.Say.ZH+q.Say.EN, -1) {
		if !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// values are all single values of the edition and of the city's facts by name: section, id, key; of
// the profile "profile", part, key.
func (e *Edition) values() map[string]string {
	out := map[string]string{}
	add := func(section string, s spot) {
		pairs := values(s.owner)
		for i := 0; i < len(pairs); i += 2 {
			out[section+"."+pairs[i]] = pairs[i+1]
		}
	}
	for _, s := range spots(e) {
		section, _, list := strings.Cut(s.path, "[")
		if list {
			section += "." + s.clause.ID
		}
		add(section, s)
	}
	for _, s := range spots(&struct {
		Facts []Fact `yaml:"facts"`
	}{e.city.Facts}) {
		add("facts."+s.clause.ID, s)
	}
	return out
}

// answers says whether the edition is one of those meant and has every value that is named.
func (e *Edition) answers(q *Question, values map[string]string) bool {
	if len(q.Editions) > 0 && !slices.Contains(q.Editions, e.ID) {
		return false
	}
	return !slices.ContainsFunc(q.values(), func(name string) bool { return values[name] == "" })
}

// Questions are the questions that the edition answers, with its values in the answers, in the order
// of their topics.
func (e *Edition) Questions() (out []Question) {
	values := e.values()
	var fill []string
	for name, v := range values {
		fill = append(fill, name, v)
	}
	for _, q := range e.city.FAQ {
		if !e.answers(&q, values) {
			continue
		}
		n, _ := e.city.Notice(q.Notice)
		q.seal(n.Title, filler(slices.Clone(fill)...))
		out = append(out, q)
	}
	slices.SortStableFunc(out, func(a, b Question) int { return int(a.Topic) - int(b.Topic) })
	return out
}
