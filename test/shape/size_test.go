package shape

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// The limits. Aims are lower (docs/ARCHITECTURE.md); what is larger than a limit stands in large.txt
// with its reason.
const (
	fileLines     = 300
	functionLines = 60
	p90Lines      = 40
	packageLines  = 1500
	packageShare  = 0.08
	methods       = 4
	fanOut        = 14
)

type measure struct{ what, name string }

// checkSizes tells what is too large, each with a name that large.txt may allow.
func checkSizes(tree []*file) (out []measure) {
	total, packages, fan := 0, map[string]int{}, map[string]map[string]bool{}
	var lengths []int
	for _, f := range tree {
		if f.test || under(f.dir, "test") {
			continue
		}
		total += f.lines
		packages[f.dir] += f.lines
		if f.lines > fileLines {
			out = append(out, measure{fmt.Sprintf("%d lines, at most %d", f.lines, fileLines), f.path})
		}
		ours, _ := f.imports()
		for _, p := range ours {
			if !under(p, "kit") {
				if fan[f.dir] == nil {
					fan[f.dir] = map[string]bool{}
				}
				fan[f.dir][p] = true
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				lines := f.fset.Position(n.End()).Line - f.fset.Position(n.Pos()).Line + 1
				lengths = append(lengths, lines)
				if lines > functionLines {
					out = append(out, measure{fmt.Sprintf("%d lines, at most %d", lines, functionLines), f.dir + "." + n.Name.Name})
				}
			case *ast.TypeSpec:
				if i, ok := n.Type.(*ast.InterfaceType); ok && i.Methods.NumFields() > methods {
					out = append(out, measure{fmt.Sprintf("%d methods, at most %d", i.Methods.NumFields(), methods), f.dir + "." + n.Name.Name})
				}
			}
			return true
		})
	}
	for p, n := range packages {
		if n > packageLines {
			out = append(out, measure{fmt.Sprintf("%d lines, at most %d", n, packageLines), p})
		}
		if share := float64(n) / float64(total); share > packageShare && total > 20_000 {
			out = append(out, measure{fmt.Sprintf("%.0f %% of the code, at most %.0f %%", share*100, packageShare*100), p})
		}
		if len(fan[p]) > fanOut {
			out = append(out, measure{fmt.Sprintf("imports %d rooms, flows and adapters, at most %d", len(fan[p]), fanOut), p + "/imports"})
		}
	}
	slices.Sort(lengths)
	if len(lengths) > 0 {
		if p90 := lengths[len(lengths)*9/10]; p90 > p90Lines {
			out = append(out, measure{fmt.Sprintf("a tenth of all functions is longer than %d lines", p90Lines), "."})
		}
	}
	slices.SortFunc(out, func(a, b measure) int { return strings.Compare(a.name+a.what, b.name+b.what) })
	return out
}

func TestSizes(t *testing.T) {
	long := "package a\nfunc F() {\n" + strings.Repeat("\tx()\n", 80) + "}\n"
	var wide strings.Builder
	wide.WriteString("package w\nimport (\n")
	for i := range 15 {
		fmt.Fprintf(&wide, "_ \"kawu/domain/d%d\"\n", i)
	}
	wide.WriteString(")\ntype I interface { A(); B(); C(); D(); E() }\n")
	tree := bad(t, map[string]string{"kit/a/a.go": long, "kit/a/b.go": "package a\n" + strings.Repeat("// line\n", 301), "app/w/w.go": wide.String(), "kit/a/a_test.go": "package a\n" + strings.Repeat("\n", 400)})
	var example, real []string
	for _, m := range checkSizes(tree) {
		example = append(example, m.name+" "+m.what)
	}
	allowed, used := readList(t, "large.txt"), map[string]bool{}
	for _, m := range checkSizes(house(t)) {
		if used[m.name] = true; allowed[m.name] == "" {
			real = append(real, m.name+": "+m.what)
		}
	}
	holds(t, example, append(real, allowed.unused(used)...), ". a tenth", "app/w.I 5 methods", "app/w/imports imports 15", "kit/a.F 82 lines", "kit/a/b.go 302 lines")
}
