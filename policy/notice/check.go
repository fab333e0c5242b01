package notice

import (
	"fmt"
	"kawu/policy/term"
	"strconv"
	"strings"
)

// check looks at what needs no preparation: sources, names, dates, repetitions, coverage.
func (c *City) check() Findings {
	found := c.checkLists()
	used := map[Rule]bool{}
	for _, s := range spots(&struct {
		Facts []Fact `yaml:"facts"`
	}{c.Facts}) {
		found = append(found, c.checkClause(c.at(c.factsFile), s, nil, used)...)
	}
	for i, e := range c.Editions {
		for _, s := range spots(e) {
			found = append(found, c.checkClause(e.at(), s, e, used)...)
		}
		found = append(found, e.checkNotices()...)
		found = append(found, e.checkNames()...)
		found = append(found, e.checkDates()...)
		found = append(found, e.checkValues()...)
		if i > 0 {
			found = append(found, e.checkAfter(c.Editions[i-1])...)
		}
	}
	if len(c.Editions) == 0 {
		found = append(found, c.at(c.file).find("", "", "no_editions"))
	}
	found = append(found, c.checkFAQ()...)
	return append(found, c.checkRules(used)...)
}

// checkRules: every rule of the city's notices has a clause.
func (c *City) checkRules(used map[Rule]bool) (out Findings) {
	for n := 1; n <= c.Rules; n++ {
		if r := c.rule(n); !used[r] {
			out = append(out, c.at(c.file).find("rules", "", "rule_missing", "rule", string(r)))
		}
	}
	return out
}

func (c *City) rule(n int) Rule { return Rule(fmt.Sprintf("%s-%02d", c.Prefix, n)) }

func (c *City) checkLists() (out Findings) {
	p := c.at(c.file)
	seen := map[string]bool{}
	twice := func(list string, i int, keys ...string) {
		for _, k := range keys {
			if seen[list+k] {
				out = append(out, p.find(fmt.Sprintf("%s[%d]", list, i), "", "twice", "name", k))
			}
			seen[list+k] = true
		}
	}
	for i, b := range c.Banks {
		twice("banks", i, append([]string{string(b.Code), b.Name.ZH, b.Name.EN}, b.Also...)...)
	}
	for i, d := range c.Districts {
		twice("districts", i, string(d.Code), d.Name.ZH)
		if !d.Code.In(c.Division) {
			out = append(out, p.find(fmt.Sprintf("districts[%d].code", i), "", "district_outside", "name", d.Code, "division", c.Division))
		}
	}
	for i, n := range c.Notices {
		twice("notices", i, n.ID)
		if _, ok := nation.notice(n.ID); ok {
			out = append(out, p.find(fmt.Sprintf("notices[%d].id", i), "", "twice", "name", n.ID))
		}
	}
	return out
}

// checkNotices: a notice of the edition does not go by the name of another.
func (e *Edition) checkNotices() (out Findings) {
	seen := map[string]bool{}
	for i, n := range e.Notices {
		if _, known := e.city.Notice(n.ID); known || seen[n.ID] {
			out = append(out, e.at().find(fmt.Sprintf("notices[%d].id", i), "", "twice", "name", n.ID))
		}
		seen[n.ID] = true
	}
	return out
}

// checkClause: the clause names a notice that is listed and rules that belong to this city. Only
// what comes from national rules or practice may be without a rule. Rules of a notice that came
// after the city's list are numbered on from its last.
func (c *City) checkClause(p place, s spot, e *Edition, used map[Rule]bool) (out Findings) {
	notice := s.clause.source(e)
	_, national := nation.notice(notice)
	_, own, ok := c.cited(e, notice)
	if !ok {
		out = append(out, p.find(s.path+".notice", s.clause.ID, "no_notice", "name", notice))
	}
	if len(s.clause.Rules) == 0 && !national {
		out = append(out, p.find(s.path+".rules", s.clause.ID, "no_rule"))
	}
	for i, r := range s.clause.Rules {
		used[r] = true
		n, err := strconv.Atoi(strings.TrimPrefix(string(r), c.Prefix+"-"))
		if err != nil || n < 1 || n > c.Rules && !own || c.rule(n) != r {
			out = append(out, p.find(fmt.Sprintf("%s.rules[%d]", s.path, i), s.clause.ID, "foreign_rule", "rule", string(r), "city", c.ID))
		}
	}
	return out
}

// checkAfter: editions follow each other without overlap. One that is edited in at run time takes over
// on its first day, whatever end the earlier one had in mind: that one can no longer be changed.
func (e *Edition) checkAfter(before *Edition) (out Findings) {
	switch {
	case e.InForce.From == before.InForce.From:
		out = append(out, e.at().find("in_force.from", e.InForce.ID, "edition_order", "other", before.ID, "date", e.InForce.From))
	case !e.takesOver && before.InForce.To != 0 && before.InForce.To >= e.InForce.From:
		out = append(out, e.at().find("in_force.from", e.InForce.ID, "edition_overlap", "other", before.ID, "date", before.InForce.To))
	}
	return out
}

// checkDates: every window opens, and while the edition is in force.
func (e *Edition) checkDates() (out Findings) {
	spans := func(path, id string, from, to term.Date) {
		if to != 0 && to < from {
			out = append(out, e.at().find(path, id, "never_opens", "from", from, "to", to))
		}
	}
	spans("in_force", e.InForce.ID, e.InForce.From, e.InForce.To)
	for i, w := range e.Windows {
		path := fmt.Sprintf("windows[%d]", i)
		spans(path, w.ID, w.From, w.To)
		if w.To != 0 && w.To < e.InForce.From || e.InForce.To != 0 && w.From > e.InForce.To {
			out = append(out, e.at().find(path, w.ID, "not_in_force", "from", w.From, "to", w.To))
		}
	}
	for i, a := range e.Acceptance {
		spans(fmt.Sprintf("acceptance[%d]", i), a.ID, a.From, a.To)
	}
	return out
}
