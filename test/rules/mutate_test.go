package rules

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/cucumber/godog"
	"gopkg.in/yaml.v3"

	"kawu/city"
	"kawu/policy"
)

var mutate = flag.Bool("mutate", false, "change every value of every city's city.yaml and rules.yaml and see that some scenario fails")

// TestMutation changes the values that all editions of a city share, one at a time, and wants the
// check or a scenario to notice. The values of the editions are changed by the test of that name
// beside the cities.
func TestMutation(t *testing.T) {
	if !*mutate {
		t.Skip("slow; run with -mutate")
	}
	proofs := lines(t)
	for _, name := range cities(t) {
		total, alive := 0, 0
		whole, err := fs.ReadFile(city.Files, name+"/city.yaml")
		if err != nil || killed(t, name, "city.yaml", string(whole), proofs[name]) {
			t.Fatalf("%s fails unchanged: %v", name, err)
		}
		for _, file := range []string{"city.yaml", "rules.yaml"} {
			for _, m := range mutants(t, name+"/"+file) {
				total++
				if !killed(t, name, file, m.text, proofs[name]) {
					alive++
					t.Errorf("%s/%s:%d %s survives", name, file, m.line, m.what)
				}
			}
		}
		t.Logf("%s: %d of %d mutants survive", name, alive, total)
	}
}

// proof is one step of a scenario that says what a city answers or shows.
type proof struct {
	text  string
	table *godog.Table
}

// lines are the proofs of each city, by the names of the feature files.
func lines(t *testing.T) map[string][]proof {
	features, err := suite(t, "~@later && ~@house", func(*godog.ScenarioContext) {}).RetrieveFeatures()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]proof{}
	for _, f := range features {
		name := strings.TrimSuffix(filepath.Base(f.Uri), ".feature")
		for _, p := range f.Pickles {
			for _, s := range p.Steps {
				if s.Argument != nil {
					out[name] = append(out[name], proof{s.Text, s.Argument.DataTable})
				}
			}
		}
	}
	return out
}

// cities are those that a notice, and so a feature, stands behind.
func cities(t *testing.T) (out []string) {
	for _, c := range book(t).Cities() {
		if _, err := os.Stat(c.ID + ".feature"); err == nil {
			out = append(out, c.ID)
		}
	}
	return out
}

// killed says whether something notices the change.
func killed(t *testing.T, name, file, text string, proofs []proof) bool {
	files := fstest.MapFS{}
	all, _ := fs.Glob(city.Files, name+"/*.yaml")
	for _, f := range all {
		data, _ := fs.ReadFile(city.Files, f)
		files[f] = &fstest.MapFile{Data: data}
	}
	files[name+"/"+file] = &fstest.MapFile{Data: []byte(text)}
	b, err := policy.Open(files, book(t).Calendar())
	if err != nil {
		return true
	}
	c, err := b.City(name)
	if err != nil {
		return true
	}
	q := &questions{book: b, city: c, told: func(string) (sheet, error) { return of(c), nil }}
	for _, p := range proofs {
		do := map[string]func(*godog.Table) error{"答复如下": q.ask, "城市资料写明": q.shows, "用卡受理如下": q.accepts, "城市名录如下": q.lists}[p.text]
		if do != nil && do(p.table) != nil {
			return true
		}
	}
	return false
}

type mutant struct {
	line int
	what string
	text string
}

// said are keys whose values are names inside the files, or words to read.
var said = []string{"id", "notice", "phrase", "say", "reading"}

func mutants(t *testing.T, file string) (out []mutant) {
	data, err := fs.ReadFile(city.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	scalars(doc.Content[0], "", func(key string, n *yaml.Node) {
		was := n.Value
		for _, v := range instead(was) {
			n.Value = v
			text, err := yaml.Marshal(&doc)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, mutant{n.Line, key + ": " + was + " → " + v, string(text)})
		}
		n.Value = was
	})
	return out
}

func scalars(n *yaml.Node, key string, visit func(string, *yaml.Node)) {
	switch n.Kind {
	case yaml.ScalarNode:
		visit(key, n)
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			if k := n.Content[i].Value; !slices.Contains(said, k) {
				scalars(n.Content[i+1], key+"."+k, visit)
			}
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			scalars(c, key, visit)
		}
	}
}

// instead gives a day or a number more and less, and another word.
func instead(v string) []string {
	if d, err := time.Parse(time.DateOnly, v); err == nil {
		return []string{d.AddDate(0, 0, -1).Format(time.DateOnly), d.AddDate(0, 0, 1).Format(time.DateOnly)}
	}
	if n, err := strconv.Atoi(v); err == nil {
		return []string{strconv.Itoa(n - 1), strconv.Itoa(n + 1)}
	}
	kinds := []string{"information", "flow", "history"}
	if i := slices.Index(kinds, v); i >= 0 {
		return []string{kinds[(i+1)%3]}
	}
	return []string{v + "x"}
}
