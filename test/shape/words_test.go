package shape

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// calls objects to uses of a name of an imported package outside the folders where it belongs.
func calls(tree []*file, pkg string, names []string, home ...string) (out []string) {
	for _, f := range tree {
		_, others := f.imports()
		if f.test || !slices.Contains(others, pkg) || slices.ContainsFunc(home, func(h string) bool { return under(f.dir, h) }) {
			continue
		}
		short := pkg[strings.LastIndex(pkg, "/")+1:]
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == short && slices.Contains(names, s.Sel.Name) {
					out = append(out, f.at(s.Pos())+": "+short+"."+s.Sel.Name)
				}
			}
			return true
		})
	}
	return out
}

// The machine's time is read in one place, so that a demonstration can move through a month.
func TestClock(t *testing.T) {
	names := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer"}
	example := calls(bad(t, map[string]string{
		"domain/card/a.go":      "package card\nimport \"time\"\nvar a = time.Now()\nvar b = time.Second",
		"domain/card/a_test.go": "package card\nimport \"time\"\nvar c = time.Now()",
		"kit/clock/c.go":        "package clock\nimport \"time\"\nvar a = time.Now()",
		"flow/x/x.go":           "package x\nimport \"time\"\nfunc f() { time.Sleep(1) }",
	}), "time", names, "kit/clock")
	holds(t, example, calls(house(t), "time", names, "kit/clock"), "domain/card/a.go:3: time.Now", "flow/x/x.go:3: time.Sleep")
}

// imported objects to imports of a module outside one folder.
func imported(tree []*file, path, home string) (out []string) {
	for _, f := range tree {
		_, others := f.imports()
		for _, p := range others {
			if under(p, path) && !under(f.dir, home) {
				out = append(out, f.path+" imports "+p)
			}
		}
	}
	return out
}

// One package knows the library of the national algorithms.
func TestNationalAlgorithms(t *testing.T) {
	const lib = "github.com/emmansun/gmsm"
	example := imported(bad(t, map[string]string{
		"kit/sm/a.go":     `package sm; import _ "github.com/emmansun/gmsm/sm2"`,
		"kit/pki/a.go":    `package pki; import _ "github.com/emmansun/gmsm/smx509"`,
		"chip/a_test.go":  `package chip; import _ "github.com/emmansun/gmsm/sm4"`,
		"chip/other/a.go": `package other; import _ "github.com/emmansun/gmsmart"`,
	}), lib, "kit/sm")
	holds(t, example, imported(house(t), lib, "kit/sm"), "chip/a_test.go", "kit/pki/a.go")
}

// writers may open write transactions; app/house.go once, to declare the life cycles before the desk opens.
var writers = []string{"flow/desk", "kit/job", "kit/db", "migration", "app/house.go"}

// checkWrites objects to write transactions opened elsewhere: a function of a *db.Tx given to a
// method Write, or the raw pool.
func checkWrites(tree []*file) (out []string) {
	for _, f := range tree {
		if f.test || slices.ContainsFunc(writers, func(w string) bool { return under(f.dir, w) || f.path == w }) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			s, ok := c.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			switch {
			case s.Sel.Name == "Write" && len(c.Args) == 3: // an io.Writer's takes one
				out = append(out, f.at(c.Pos())+": opens a write transaction")
			case s.Sel.Name == "SQL" && len(c.Args) == 0:
				out = append(out, f.at(c.Pos())+": takes the raw pool")
			}
			return true
		})
	}
	return out
}

func TestOneGateForChange(t *testing.T) {
	example := checkWrites(bad(t, map[string]string{
		"flow/desk/d.go": "package desk\nfunc f() { d.DB.Write(ctx, now, fn) }",
		"flow/x/x.go":    "package x\nfunc f() { d.DB.Write(ctx, now, fn); w.Write(b) }",
		"app/a.go":       "package app\nfunc f() { d.SQL().Exec(q) }",
	}))
	holds(t, example, checkWrites(house(t)), "app/a.go:2: takes the raw pool", "flow/x/x.go:2: opens a write")
}

// cities are what no code, page or wording may name: a city is data.
var cities = regexp.MustCompile(`(?i)beijing|shanghai|chengdu|urumqi|北京|上海|成都|乌鲁木齐`)

// free are the places that may: the cities, the national notices (which compare them), tests, the
// command line's default and the demonstration.
var free = []string{"city", "policy/notice", "test", "cmd", "app/demo", "docs"}

func checkCities(tree []*file, texts map[string]string) (out []string) {
	inHome := func(p string) bool { return slices.ContainsFunc(free, func(h string) bool { return under(p, h) }) }
	for _, f := range tree {
		if f.test || inHome(f.path) {
			continue
		}
		f.strings(func(pos token.Pos, s string) {
			if m := cities.FindString(s); m != "" {
				out = append(out, f.at(pos)+" names "+m)
			}
		})
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if i, ok := n.(*ast.Ident); ok && cities.MatchString(i.Name) {
				out = append(out, f.at(i.Pos())+" names "+i.Name)
			}
			return true
		})
	}
	for p, text := range texts {
		if m := cities.FindString(text); m != "" && !inHome(p) {
			out = append(out, p+" names "+m)
		}
	}
	slices.Sort(out)
	return out
}

func TestNoCityInTheProgram(t *testing.T) {
	example := checkCities(bad(t, map[string]string{
		"flow/x/x.go":      "package x\n// Beijing in a comment explains\nfunc f(c string) bool { return c == \"beijing\" }\nvar inShanghai = 1",
		"app/demo/d.go":    "package demo\nvar c = \"beijing\"",
		"flow/x/x_test.go": "package x\nvar c = \"beijing\"",
	}), map[string]string{"kit/wording/zh-CN/a.json": `{"a.b":"北京市"}`, "city/beijing/x.json": "北京"})
	holds(t, example, checkCities(house(t), read(t, ".html", ".json", ".sql", ".yaml")), "flow/x/x.go:3", "flow/x/x.go:4", "kit/wording/zh-CN/a.json names 北京")
}
