package rules

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/cucumber/godog"

	"kawu/city"
	"kawu/domain/application"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/shelf"
	"kawu/policy/term"
)

const pilotFile = "2024-pilot.yaml"

// pilot is the text of Beijing's pilot.
func pilot() (string, error) {
	b, err := fs.ReadFile(city.Files, "beijing/"+pilotFile)
	return string(b), err
}

// press is where this scenario publishes.
type press struct{ sheets []shelf.Sheet }

func (p *press) Last(context.Context) (int64, error) { return int64(len(p.sheets)), nil }

func (p *press) After(_ context.Context, no int64) ([]shelf.Sheet, error) { return p.sheets[no:], nil }

// editions opens an application under the pilot, publishes a newer edition with another time limit and
// one bank fewer from that day on, and asks what holds for the old application and for a new one.
func (w *whole) editions() error {
	text, err := pilot()
	if err != nil {
		return err
	}
	apply, paper := w.House.Flows.Apply, &press{}
	was := apply.Policy
	defer func() { apply.Policy = was }()
	if apply.Policy, err = shelf.Open(w.ctx, city.Files, w.House.Shelf.Calendar(), "beijing", paper); err != nil {
		return err
	}
	of := w.World.Employers[1].ID
	id, err := apply.Open(w.ctx, agent(w.house, of), of, "rules: older")
	if err != nil {
		return err
	}
	today := w.Clock.Now().Format(time.DateOnly)
	newer := strings.NewReplacer("id: 2024-pilot", "id: 2024-newer", "from: 2024-01-31", "from: "+today, "days: 30", "days: 20", "cmb, spdb, psbc", "cmb, psbc").Replace(text)
	paper.sheets = append(paper.sheets, shelf.Sheet{No: 1, File: "beijing/2024-newer.yaml", Text: newer})
	col, err := application.GetCollective(w.ctx, w.House.Store, id)
	if err != nil {
		return err
	}
	before, err := apply.Rule(w.ctx, of, col.Edition)
	if err != nil {
		return err
	}
	after, err := apply.Rule(w.ctx, of, "")
	return errors.Join(err, want(fmt.Sprintf("the old one is decided by %s, %d days, %d banks", before.Edition, before.Promise.Days, len(before.Banks)),
		before.Edition == "2024-pilot" && before.Promise.Days == 30 && len(before.Banks) == 14,
		fmt.Sprintf("a new one by %s, %d days, %d banks", after.Edition, after.Promise.Days, len(after.Banks)),
		after.Edition == "2024-newer" && after.Promise.Days == 20 && len(after.Banks) == 13))
}

// harm is what somebody may do to an edition's text.
var harm = map[string]func(string) string{
	"写了不认识的键":     func(s string) string { return strings.Replace(s, "in_force:\n", "in_force:\n  fare: 1\n", 1) },
	"起止日期颠倒":      func(s string) string { return strings.Replace(s, "  from: 2024-01-31", "  from: 2024-06-30", 1) },
	"同一家银行写了两次":   func(s string) string { return strings.Replace(s, "[icbc, abc", "[icbc, icbc, abc", 1) },
	"写了城市名单以外的银行": func(s string) string { return strings.Replace(s, "[icbc, abc", "[icbc, moon, abc", 1) },
	"条款没有出处": func(s string) string {
		return strings.Replace(s, "  phrase: 自2024年1月31日起,至2024年5月底。\n", "", 1)
	},
	"用别名把内容成倍放大":  func(s string) string { return s + "laughs: &a [ha, ha]\nmore: [*a, *a, *a]\n" },
	"一层套一层没有尽头":   func(s string) string { return s + "deep: " + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "\n" },
	"文件大得没有道理":    func(s string) string { return s + strings.Repeat("# 换发\n", 100_000) },
	"天数写成文字":      func(s string) string { return strings.Replace(s, "days: 30", "days: 三十", 1) },
	"指向不存在的领卡方式":  func(s string) string { return strings.Replace(s, "deliveries: [outlet", "deliveries: [nowhere", 1) },
	"新版本与旧版本同一天起": func(s string) string { return strings.Replace(s, "id: 2024-pilot", "id: 2024-newer", 1) },
}

func (q *questions) harmSteps(s *godog.ScenarioContext) {
	s.Step(`^下列改动都被退回,说明在哪个文件、哪一行、哪个键$`, q.returned)
	s.Step(`^原来的版本照旧有效$`, q.unharmed)
}

// returned puts each harmed text into the book; the finding must say where it is.
func (q *questions) returned(t *godog.Table) error {
	text, err := pilot()
	if err != nil {
		return err
	}
	var all []error
	for i := range t.Rows[1:] {
		r := row(t, i+1)
		all = append(all, q.finds(text, r["改动"], r["原因"], r["键"]))
	}
	return errors.Join(all...)
}

func (q *questions) finds(text, what, code, key string) error {
	do, file := harm[what], pilotFile
	if do == nil || do(text) == text {
		return fmt.Errorf("%s changes nothing", what)
	}
	if strings.Contains(do(text), "id: 2024-newer") {
		file = "2024-newer.yaml"
	}
	b, err := q.book.With(q.city.ID, file, []byte(do(text)))
	var found notice.Findings
	if b != nil || !errors.As(err, &found) {
		return fmt.Errorf("%s was taken: %v", what, err)
	}
	for _, f := range found {
		if f.Code == code && strings.Contains(f.Key, key) && strings.HasSuffix(f.File, file) && (f.Line > 0 || code == "policy.too_big") && f.Message.ZH != "" {
			return nil
		}
	}
	return fmt.Errorf("%s is found as %v", what, found)
}

// unharmed: the book still answers by the edition that was in force.
func (q *questions) unharmed() error {
	p := policy.Person{Group: term.Employed, District: "110102", Age: -1}
	d, err := q.book.Decide(q.city.ID, &p, term.CampaignReason, term.EmployerOnline, time.Date(2024, 2, 15, 9, 0, 0, 0, time.UTC))
	return errors.Join(err, want("the pilot decides as before", d.Allowed && d.Edition == "2024-pilot" && len(d.Banks) == 14 && d.Promise.Days == 30,
		"there are as many editions as before", len(q.city.Editions()) == 2))
}
