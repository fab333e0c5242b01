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

// told asks the program itself what it tells people about a city.
func told(t *testing.T) func(city string) ([]fact, error) {
	kawu := filepath.Join(t.TempDir(), "kawu")
	if out, err := exec.Command("go", "build", "-o", kawu, "../../cmd/kawu").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	known := map[string][]fact{}
	return func(city string) ([]fact, error) {
		if all := known[city]; all != nil {
			return all, nil
		}
		out, err := exec.Command(kawu, "policy", "show", city, "--json").Output()
		if err != nil {
			return nil, err
		}
		var show struct{ Facts []fact }
		err = json.Unmarshal(out, &show)
		known[city] = show.Facts
		return show.Facts, err
	}
}

// shows wants each line's rules told in these words, in English too, with notice and phrase.
func (q *questions) shows(t *godog.Table) error {
	facts, err := q.told(q.city.ID)
	if err != nil {
		return err
	}
	says := map[string]fact{}
	for _, f := range facts {
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

// of reads the facts of a city without asking the program.
func of(c *policy.City) (out []fact) {
	for _, f := range c.Facts {
		out = append(out, fact{f.Rules, fmt.Sprint(f.Kind), f.Topic, f.Value, f.Unit, f.Say, f.Phrase, f.Grounds()[0].Source})
	}
	return out
}

// lists compares the city's notices, districts and banks with a table, all of it.
func (q *questions) lists(t *godog.Table) error {
	var is, should []string
	c := q.city
	is = append(is, strings.Join([]string{"城市", c.ID + " " + string(c.Division), c.Name.ZH + " " + c.Name.EN, c.Prefix + " " + fmt.Sprint(c.Rules)}, "|"))
	for _, n := range c.Notices {
		is = append(is, strings.Join([]string{"通知", n.Publisher, n.Title, n.Date.String()}, "|"))
	}
	for _, d := range c.Districts {
		is = append(is, strings.Join([]string{"地区", string(d.Code), d.Name.ZH, d.Name.EN}, "|"))
	}
	for _, b := range c.Banks {
		is = append(is, strings.Join([]string{"银行", string(b.Code) + " " + b.Hotline, b.Name.ZH + " " + b.Name.EN, strings.Join(b.Also, "、")}, "|"))
	}
	for _, r := range t.Rows[1:] {
		var cells []string
		for _, x := range r.Cells {
			cells = append(cells, strings.TrimSpace(x.Value))
		}
		should = append(should, strings.Join(cells, "|"))
	}
	for i := range is {
		is[i] = strings.ReplaceAll(is[i], " |", "|")
	}
	if a, b := strings.Join(is, "\n"), strings.Join(should, "\n"); a != b {
		return fmt.Errorf("the city says\n%s", a)
	}
	return nil
}
