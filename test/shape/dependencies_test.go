package shape

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dependencies is the most modules that the program may import directly.
const dependencies = 25

var (
	required = regexp.MustCompile(`(?m)^\s*(?:require )?([a-z0-9.-]+\.[a-z]+/\S+) v\S+`)
	inTable  = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| (\\S[^|]*) \\|$")
)

// direct are the modules of go.mod that our own files import, whatever go.mod's "// indirect" says.
func direct(tree []*file, gomod string) (out []string) {
	var modules []string
	for _, m := range required.FindAllStringSubmatch(gomod, -1) {
		modules = append(modules, m[1])
	}
	for _, f := range tree {
		_, others := f.imports()
		for _, p := range others {
			best := ""
			for _, m := range modules {
				if under(p, m) && len(m) > len(best) {
					best = m
				}
			}
			if best != "" {
				out = append(out, best)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// checkDependencies objects to modules without a reason, reasons without a module, and too many.
func checkDependencies(used []string, page string, most int) (out []string) {
	reasons := map[string]bool{}
	for _, m := range inTable.FindAllStringSubmatch(page, -1) {
		if reasons[m[1]] = true; !slices.Contains(used, m[1]) {
			out = append(out, m[1]+" is told of but not used")
		}
	}
	for _, m := range used {
		if !reasons[m] {
			out = append(out, m+" has no reason")
		}
	}
	if len(used) > most {
		out = append(out, fmt.Sprintf("%d direct dependencies, at most %d", len(used), most))
	}
	return out
}

func TestDependencies(t *testing.T) {
	const gomod = "module kawu\nrequire (\n\texample.com/a v1.0.0 // indirect\n\texample.com/a/v2 v2.1.0\n\texample.com/b v0.1.0\n)\n"
	tree := bad(t, map[string]string{"kit/a/a.go": `package a; import (_ "fmt"; _ "example.com/a/v2/x"; _ "example.com/b")`})
	example := checkDependencies(direct(tree, gomod), "| module | for |\n|---|---|\n| `example.com/b` | reason |\n| `example.com/c` | reason |\n", 1)
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "dependencies.md"))
	if err != nil {
		t.Fatal(err)
	}
	used := direct(house(t), string(mod))
	holds(t, example, checkDependencies(used, string(page), dependencies), "example.com/c is told of", "example.com/a/v2 has no reason", "2 direct")
	if len(used) < 5 || strings.Contains(strings.Join(used, " "), "kawu") {
		t.Errorf("found %v", used)
	}
}
