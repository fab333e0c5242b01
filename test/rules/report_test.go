package rules

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"kawu/policy"
)

var update = flag.Bool("update", false, "write docs/rules.md anew")

const reportFile = "../../docs/rules.md"

// The states of a rule: the program does it and a scenario proves that; people are told it; or it
// waits for a matter that is not built yet.
const (
	enforced = "enforced"
	shown    = "shown"
	later    = "later"
)

// scenario is one scenario with what its tags say.
type scenario struct {
	name, file, state string
	rules             []string
}

func scenarios(t *testing.T) (out []scenario) {
	t.Helper()
	features, err := suite(t, "", func(*godog.ScenarioContext) {}).RetrieveFeatures()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range features {
		for _, p := range f.Pickles {
			s := scenario{name: p.Name, file: filepath.Base(p.Uri), state: enforced}
			for _, tag := range p.Tags {
				switch name := strings.TrimPrefix(tag.Name, "@"); {
				case name == shown || name == later:
					s.state = name
				case strings.Contains(name, "-"):
					s.rules = append(s.rules, name)
				}
			}
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b scenario) int { return strings.Compare(a.file, b.file) })
	return out
}

// best is the strongest state of a rule's scenarios; "" when it has none.
func best(all []scenario) string {
	for _, want := range []string{enforced, shown, later} {
		if slices.ContainsFunc(all, func(s scenario) bool { return s.state == want }) {
			return want
		}
	}
	return ""
}

// TestReport writes docs/rules.md from the editions and the scenarios, and fails when the file that
// stands there is another, when a rule has no scenario, or a scenario names a rule that is not there.
func TestReport(t *testing.T) {
	b, of := book(t), map[string][]scenario{}
	for _, s := range scenarios(t) {
		for _, r := range s.rules {
			of[r] = append(of[r], s)
		}
	}
	var body, totals bytes.Buffer
	known, sum := map[string]bool{}, map[string]int{}
	for _, c := range b.Cities() {
		if _, err := os.Stat(c.ID + ".feature"); err != nil {
			continue // a model to copy from, which no notice stands behind
		}
		n := section(t, &body, c, of, known)
		fmt.Fprintf(&totals, "| %s | %d | %d | %d | %d |\n", c.Name.ZH, c.Rules, n[enforced], n[shown], n[later])
		for k, v := range n {
			sum[k] += v
		}
		sum["rules"] += c.Rules
	}
	fmt.Fprintf(&totals, "| together | %d | %d | %d | %d |\n", sum["rules"], sum[enforced], sum[shown], sum[later])
	for r := range of {
		if !known[r] {
			t.Errorf("a scenario names %s, and there is no such rule", r)
		}
	}
	compare(t, fmt.Sprintf(heading, totals.String())+body.String())
}

const heading = `# The notices, rule by rule

Generated from the editions and from the scenarios in ` + "`test/rules`" + ` by ` + "`make rules`" + `; a test fails when
this page is not what they make. *Enforced*: the program does it, and a scenario proves that. *Shown*:
people are told it, and a scenario proves that it reaches them. *Later*: the scenario is written and
waits for a matter that is not built yet.

| city | rules | enforced | shown | later |
|---|---|---|---|---|
%s`

// section writes one city's table and counts its states.
func section(t *testing.T, w *bytes.Buffer, c *policy.City, of map[string][]scenario, known map[string]bool) map[string]int {
	n, all := map[string]int{}, clauses(c)
	fmt.Fprintf(w, "\n## %s %s\n\n| rule | clauses | scenarios | state |\n|---|---|---|---|\n", c.Name.ZH, c.Name.EN)
	for i := 1; i <= c.Rules; i++ {
		r := fmt.Sprintf("%s-%02d", c.Prefix, i)
		known[r] = true
		state := best(of[r])
		if state == "" {
			t.Errorf("%s has no scenario", r)
		}
		n[state]++
		var proofs []string
		for _, s := range of[r] {
			if s.state == state {
				proofs = append(proofs, fmt.Sprintf("%s (%s)", cut(s.name), strings.TrimSuffix(s.file, ".feature")))
			}
		}
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", r, strings.Join(stated(all, r), "<br>"), strings.Join(proofs, "<br>"), state)
	}
	return n
}

// stated lists the clauses that state a rule, with the notice's words.
func stated(all []clause, rule string) (out []string) {
	for _, c := range all {
		for _, r := range c.Rules {
			where := c.edition
			if where == "" {
				where = "every edition"
			}
			if line := fmt.Sprintf("%s/%s “%s”", where, c.ID, cut(c.Phrase)); string(r) == rule && !slices.Contains(out, line) {
				out = append(out, line)
			}
		}
	}
	return out
}

// cut keeps a table's cell readable.
func cut(s string) string {
	s = strings.NewReplacer("|", "/", "\n", " ").Replace(s)
	if r := []rune(s); len(r) > 48 {
		return string(r[:47]) + "…"
	}
	return s
}

func compare(t *testing.T, page string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(reportFile, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	is, err := os.ReadFile(reportFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(is) != page {
		t.Error("docs/rules.md is stale: run make rules")
	}
}
