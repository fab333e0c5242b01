package rules

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/ask"
)

// questions is where a scenario asks a city's policy.
type questions struct {
	book *policy.Book
	city *policy.City
	told func(city string) (sheet, error)
}

func (q *questions) steps(s *godog.ScenarioContext) {
	s.Step(`^按照(\S+)的通知$`, q.in)
	s.Step(`^答复如下$`, q.ask)
	s.Step(`^版本(\S+)的条款(\S+)写明$`, q.states)
	s.Step(`^城市资料写明$`, q.shows)
	s.Step(`^用卡受理如下$`, q.accepts)
	s.Step(`^城市名录如下$`, q.lists)
}

func (q *questions) in(name string) (err error) {
	q.city, err = q.book.City(name)
	return err
}

// ask asks one question for each line of a table, and compares every answer the line names.
func (q *questions) ask(t *godog.Table) error {
	var all []error
	for i := range t.Rows[1:] {
		for _, wrong := range q.line(row(t, i+1)) {
			all = append(all, fmt.Errorf("line %d: %s", i+1, wrong))
		}
	}
	return errors.Join(all...)
}

// row is a line of a table by its headings; empty cells are left out.
func row(t *godog.Table, i int) map[string]string {
	out := map[string]string{}
	for j, c := range t.Rows[i].Cells {
		if c.Value != "" {
			out[t.Rows[0].Cells[j].Value] = c.Value
		}
	}
	return out
}

func (q *questions) line(cells map[string]string) (wrong []string) {
	asked := map[string]string{}
	for heading, key := range words.Questions {
		if cell := cells[heading]; cell != "" {
			asked[key] = plain(cell)
		}
		delete(cells, heading)
	}
	x, err := q.explain(asked)
	if err != nil {
		return []string{err.Error()}
	}
	if want := cells["答复"]; want != map[bool]string{true: "受理", false: "不受理"}[x.Allowed] {
		wrong = append(wrong, fmt.Sprintf("the answer is allowed=%v, because %v", x.Allowed, x.Because))
	}
	wrong = append(wrong, x.cites(cells["依据"], cells["所用条款"])...)
	for _, heading := range []string{"答复", "依据", "所用条款"} {
		delete(cells, heading)
	}
	for heading, cell := range cells {
		path, ok := words.Answers[heading]
		if !ok {
			wrong = append(wrong, "there is no heading "+heading)
		} else if got, want := at(x.all, path), plain(cell); got != want {
			wrong = append(wrong, fmt.Sprintf("%s is %q, not %q", heading, got, want))
		}
	}
	return wrong
}

// answer is an explanation and its JSON, which is what people get.
type answer struct {
	policy.Explanation
	all map[string]any
}

func (q *questions) explain(asked map[string]string) (a answer, err error) {
	on, err := time.ParseInLocation(time.DateOnly, asked["on"], clock.Zone)
	if err != nil {
		return a, err
	}
	reason, err := policy.ParseReason(asked["reason"])
	if err != nil {
		return a, err
	}
	channel, err := policy.ParseChannel(asked["channel"])
	if err != nil {
		return a, err
	}
	for _, done := range []string{"on", "reason", "channel"} {
		delete(asked, done)
	}
	p, err := ask.Person(q.city, asked)
	if err != nil {
		return a, err
	}
	if a.Explanation, err = q.book.Explain(q.city.ID, &p, reason, channel, on); err != nil {
		return a, err
	}
	text, err := json.Marshal(a.Explanation)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(text, &a.all)
}

// cites looks for rules among the reasons, and among all clauses that had a part.
func (a answer) cites(because, clauses string) (wrong []string) {
	reasons, parts := at(a.all, "because.rule")+",", at(a.all, "clauses.rule")+","
	for _, r := range strings.Fields(because) {
		if !strings.Contains(reasons, r+",") {
			wrong = append(wrong, fmt.Sprintf("%s is not among the reasons %s", r, reasons))
		}
	}
	for _, r := range strings.Fields(clauses) {
		if !strings.Contains(parts, r+",") {
			wrong = append(wrong, fmt.Sprintf("%s is not among the clauses %s", r, parts))
		}
	}
	return wrong
}
