package shape

import (
	"flag"
	"fmt"
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kawu/app"
	"kawu/kit/state"
)

var update = flag.Bool("update", false, "write the drawings of docs/states anew")

// draw is the page of one life cycle.
func draw(c *state.Cycle) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Life cycle: %s\n\nGenerated from the table in the program by `make drawings`. State of `%s`, column `%s.state`.\n\n", c.Name, c.Table, c.Table)
	fmt.Fprintf(&b, "```mermaid\n%s```\n\n| from | event | to | why |\n|---|---|---|---|\n", c.Mermaid())
	for _, m := range c.Moves {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", m.From, m.Event, m.To, m.Why)
	}
	return b.String()
}

func TestDrawings(t *testing.T) {
	dir := filepath.Join(root, "docs", "states")
	var want []string
	for _, c := range app.Cycles {
		name := c.Name + ".md"
		want = append(want, name)
		path := filepath.Join(dir, name)
		if *update {
			if err := os.WriteFile(path, []byte(draw(c)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != draw(c) {
			t.Errorf("the drawing of %s is not current (make drawings): %v", c.Name, err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(want, e.Name()) {
			t.Errorf("docs/states/%s draws nothing that exists", e.Name())
		}
	}
}

// cycles finds the life cycles that are written down anywhere, by their names.
func cycles(tree []*file) (out []string) {
	for _, f := range tree {
		if f.test || under(f.dir, "test") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			c, ok := n.(*ast.CompositeLit)
			if x, is := selected(c0(c, ok)); !is || x != "state" {
				return true
			}
			for _, e := range c.Elts {
				if kv, ok := e.(*ast.KeyValueExpr); ok && fmt.Sprint(kv.Key) == "Name" {
					if name, ok := kv.Value.(*ast.BasicLit); ok {
						s, _ := strconv.Unquote(name.Value) // the parser has seen it is a string
						out = append(out, s)
					}
				}
			}
			return true
		})
	}
	slices.Sort(out)
	return out
}

func c0(c *ast.CompositeLit, ok bool) ast.Expr {
	if !ok {
		return nil
	}
	return c.Type
}

// A cycle that is not in app's list is not declared, and the database refuses all its moves.
func TestEveryCycleIsDeclared(t *testing.T) {
	found := cycles(bad(t, map[string]string{"domain/a/a.go": `package a; var C = &state.Cycle{Name: "a.b", Table: "a"}; var D = other.Cycle{Name: "no"}`}))
	if !slices.Equal(found, []string{"a.b"}) {
		t.Errorf("found %v", found)
	}
	var declared []string
	for _, c := range app.Cycles {
		declared = append(declared, c.Name)
	}
	slices.Sort(declared)
	if real := cycles(house(t)); !slices.Equal(real, declared) {
		t.Errorf("in the rooms %v\nin app %v", real, declared)
	}
}

// A cycle must make sense as a drawing: every state can be reached, and no two moves contradict.
func TestCyclesAreSound(t *testing.T) {
	for _, c := range app.Cycles {
		reached, moves := map[state.State]bool{c.Start: true}, map[string]bool{}
		for range c.Moves {
			for _, m := range c.Moves {
				if reached[m.From] {
					reached[m.To] = true
				}
			}
		}
		for _, m := range c.Moves {
			key := string(m.From) + " " + string(m.Event)
			if !reached[m.From] || moves[key] || m.Why == "" {
				t.Errorf("%s: %s: reached %v, told twice %v, why %q", c.Name, key, reached[m.From], moves[key], m.Why)
			}
			moves[key] = true
		}
	}
}
