package city_test

import (
	"flag"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"gopkg.in/yaml.v3"

	"kawu/city"
	"kawu/policy"
)

var mutate = flag.Bool("mutate", false, "change every value of every edition and see that some proof fails")

// TestMutation changes one value at a time (a date by a day, a number by one, a list by one item, a
// bool, a word) and wants the check or a row to notice. Survivors are listed.
// Run: go test ./city -run Mutation -mutate
func TestMutation(t *testing.T) {
	if !*mutate {
		t.Skip("slow; run with -mutate")
	}
	proofs := map[string][]row{"beijing": beijing, "shanghai": shanghai, "chengdu": chengdu, "urumqi": urumqi}
	for _, c := range open(t).Cities() {
		name := c.ID
		more, shown := answers(t, name)
		rows := append(proofs[name], more...)
		total, alive := 0, 0
		for _, file := range editions(t, name) {
			for _, m := range mutants(t, file) {
				total++
				if !killed(name, file, m.text, rows, shown) {
					alive++
					t.Errorf("%s:%d %s survives", file, m.line, m.what)
				}
			}
		}
		t.Logf("%s: %d of %d mutants survive", name, alive, total)
	}
}

func editions(t *testing.T, name string) (out []string) {
	files, err := fs.Glob(city.Files, name+"/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if b := path.Base(f); b != "city.yaml" && b != "rules.yaml" && b != "faq.yaml" {
			out = append(out, f)
		}
	}
	return out
}

// killed says whether something notices the change.
func killed(name, file, text string, rows []row, shown []string) bool {
	files := fstest.MapFS{}
	all, _ := fs.Glob(city.Files, name+"/*.yaml")
	for _, f := range all {
		data, _ := fs.ReadFile(city.Files, f)
		files[f] = &fstest.MapFile{Data: data}
	}
	files[file] = &fstest.MapFile{Data: []byte(text)}
	b, err := policy.Open(files, workdays{})
	if err != nil {
		return true
	}
	for _, r := range rows {
		if len(r.wrong(b, name)) > 0 {
			return true
		}
	}
	c, err := b.City(name)
	return err != nil || !slices.Equal(unseen(c), shown)
}

type mutant struct {
	line int
	what string
	text string
}

// said are keys whose values are words to read, names, or sources; they are proven by reading.
var said = []string{"id", "name", "notice", "rules", "phrase", "say", "reading"}

func mutants(t *testing.T, file string) (out []mutant) {
	data, err := fs.ReadFile(city.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	others := map[string][]string{}
	walk(doc.Content[0], "", func(key string, n *yaml.Node) {
		if n.Kind == yaml.ScalarNode && !slices.Contains(others[key], n.Value) {
			others[key] = append(others[key], n.Value)
		}
	})
	add := func(key string, n *yaml.Node, what string) {
		text, err := yaml.Marshal(&doc)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, mutant{n.Line, key + ": " + what, string(text)})
	}
	walk(doc.Content[0], "", func(key string, n *yaml.Node) {
		if n.Kind == yaml.SequenceNode && len(n.Content) > 0 && n.Content[0].Kind == yaml.ScalarNode {
			whole := n.Content
			for i := range whole {
				n.Content = append(slices.Clone(whole[:i]), whole[i+1:]...)
				add(key, n, "without "+whole[i].Value)
			}
			n.Content = whole
			return
		}
		if n.Kind == yaml.ScalarNode {
			was := n.Value
			for _, v := range instead(was, n.Tag, others[key]) {
				n.Value = v
				add(key, n, was+" → "+v)
			}
			n.Value = was
		}
	})
	return out
}

// walk visits values with their key, past those that are only said and the items of plain lists.
func walk(n *yaml.Node, key string, visit func(string, *yaml.Node)) {
	if key != "" {
		visit(key, n)
	}
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			if k := n.Content[i].Value; !slices.Contains(said, k) {
				walk(n.Content[i+1], k, visit)
			}
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			if c.Kind == yaml.MappingNode {
				walk(c, "", visit)
			}
		}
	}
}

// instead gives other values: a day or a number more and less, the other bool, another word that
// stands somewhere under the same key.
func instead(v, tag string, others []string) []string {
	if d, err := time.Parse("2006-01-02", v); err == nil {
		return []string{d.AddDate(0, 0, -1).Format("2006-01-02"), d.AddDate(0, 0, 1).Format("2006-01-02")}
	}
	if n, err := strconv.Atoi(v); err == nil && tag == "!!int" {
		return []string{strconv.Itoa(n - 1), strconv.Itoa(n + 1)}
	}
	switch v {
	case "true":
		return []string{"false"}
	case "false":
		return []string{"true"}
	}
	for i, o := range others {
		if o == v && len(others) > 1 {
			return []string{others[(i+1)%len(others)]}
		}
	}
	return nil
}
