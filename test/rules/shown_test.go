package rules

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"kawu/policy"
	"kawu/policy/notice"
)

// fact is what `kawu policy show CITY --json` tells of one rule.
type fact struct {
	Rules          []notice.Rule
	Kind, Topic    string
	Value          int
	Unit           string
	Say            notice.Text
	Phrase, Source string
}

// sheet is what `kawu policy show CITY --json` prints of a city.
type sheet struct {
	City struct {
		ID, Division string
		Name         notice.Text
	}
	Notices   []struct{ Title, Publisher, Date string }
	Districts []struct {
		Code string
		Name notice.Text
	}
	Banks []struct {
		Code, Hotline string
		Name          notice.Text
	}
	Facts []fact
}

// told asks the program itself what it tells people about a city.
func told(t *testing.T) func(city string) (sheet, error) {
	kawu := filepath.Join(t.TempDir(), "kawu")
	if out, err := exec.Command("go", "build", "-o", kawu, "../../cmd/kawu").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	known := map[string]sheet{}
	return func(city string) (show sheet, err error) {
		if show, ok := known[city]; ok {
			return show, nil
		}
		out, err := exec.Command(kawu, "policy", "show", city, "--json").Output()
		if err == nil {
			err = json.Unmarshal(out, &show)
			known[city] = show
		}
		return show, err
	}
}

// shows wants each line's rules told in these words, in English too, with notice and phrase.
func (q *questions) shows(t *godog.Table) error {
	show, err := q.told(q.city.ID)
	if err != nil {
		return err
	}
	says := map[string]fact{}
	for _, f := range show.Facts {
		says[f.words()] = f
	}
	var all []error
	for i := range t.Rows[1:] {
		r := row(t, i+1)
		if f, ok := says[r["规则"]+"|"+plain(r["类型"])+"|"+r["事项"]+"|"+r["数字"]+"|"+r["内容"]]; !ok || f.Say.EN == "" || f.Phrase == "" || f.Source == "" {
			all = append(all, fmt.Errorf("%s is not told as: %s", r["规则"], r["内容"]))
		}
	}
	return errors.Join(all...)
}

// words is a fact as a line of a table has it.
func (f fact) words() string {
	rules, number := make([]string, len(f.Rules)), ""
	for i, r := range f.Rules {
		rules[i] = string(r)
	}
	if f.Value != 0 {
		number = fmt.Sprint(f.Value, " ", f.Unit)
	}
	return strings.Join(rules, "、") + "|" + f.Kind + "|" + f.Topic + "|" + number + "|" + f.Say.ZH
}

// of makes the sheet of a city without asking the program.
func of(c *policy.City) (out sheet) {
	b, err := json.Marshal(map[string]any{"city": map[string]any{"id": c.ID, "division": c.Division, "name": c.Name},
		"notices": c.Notices, "districts": c.Districts, "banks": c.Banks})
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		panic(err)
	}
	for _, f := range c.Facts {
		out.Facts = append(out.Facts, fact{f.Rules, fmt.Sprint(f.Kind), f.Topic, f.Value, f.Unit, f.Say, f.Phrase, f.Grounds()[0].Source})
	}
	return out
}

// lists compares the city's notices, districts and banks, as the program prints them, with a table.
func (q *questions) lists(t *godog.Table) error {
	show, err := q.told(q.city.ID)
	if err != nil {
		return err
	}
	is, c := []string{}, show.City
	line := func(cells ...string) { is = append(is, strings.ReplaceAll(strings.Join(cells, "|"), " |", "|")) }
	line("城市", c.ID+" "+c.Division, c.Name.ZH+" "+c.Name.EN, q.city.Prefix+" "+fmt.Sprint(q.city.Rules))
	for _, n := range show.Notices {
		line("通知", n.Publisher, n.Title, n.Date)
	}
	for _, d := range show.Districts {
		line("地区", d.Code, d.Name.ZH, d.Name.EN)
	}
	for i, b := range show.Banks { // other names are read, not printed
		line("银行", b.Code+" "+b.Hotline, b.Name.ZH+" "+b.Name.EN, strings.Join(q.city.Banks[i].Also, "、"))
	}
	var should []string
	for _, r := range t.Rows[1:] {
		var cells []string
		for _, x := range r.Cells {
			cells = append(cells, strings.TrimSpace(x.Value))
		}
		should = append(should, strings.Join(cells, "|"))
	}
	if a, b := strings.Join(is, "\n"), strings.Join(should, "\n"); a != b {
		return fmt.Errorf("the city says\n%s", a)
	}
	return nil
}
