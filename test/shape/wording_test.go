package shape

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"kawu/kit/wording"
)

// checkWording objects to faults that a person may see without words for them. Internal ones show a
// number to quote instead. That both languages have the same keys is tested in kit/wording.
func checkWording(tree []*file, has func(string) bool, silent list) (out []string) {
	used := map[string]bool{}
	for _, f := range tree {
		if f.test || under(f.dir, "test") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok || len(c.Args) < 3 {
				return true
			}
			s, ok := c.Fun.(*ast.SelectorExpr)
			if x, is := selected(c.Fun); !ok || s.Sel.Name != "New" || !is || x != "fault" {
				return true
			}
			kind, _ := c.Args[0].(*ast.SelectorExpr)
			text, isText := c.Args[1].(*ast.BasicLit)
			if !isText || text.Kind != token.STRING || kind != nil && kind.Sel.Name == "Internal" {
				return true
			}
			code, _ := strconv.Unquote(text.Value) // the parser has seen it is a string
			if used[code] = true; !has(code) && silent[code] == "" {
				out = append(out, f.at(c.Pos())+": no wording for "+code)
			}
			return true
		})
	}
	slices.Sort(out)
	return append(out, silent.unused(used)...)
}

func selected(e ast.Expr) (string, bool) {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	x, ok := s.X.(*ast.Ident)
	if !ok {
		return "", false
	}
	return x.Name, true
}

func TestFaultsHaveWords(t *testing.T) {
	example := checkWording(bad(t, map[string]string{"kit/a/a.go": `package a
var (
	A = fault.New(fault.Invalid, "a.known", "known")
	B = fault.New(fault.Refused, "a.unknown", "unknown")
	C = fault.New(fault.Internal, "a.internal", "internal")
	D = fault.New(B.Kind, B.Code, B.Message)
	E = fault.New(fault.Outside, "a.listed", "listed")
)`}), func(code string) bool { return code == "a.known" }, list{"a.listed": "reason", "a.gone": "reason"})
	holds(t, example, checkWording(house(t), wording.Has, readList(t, "silent.txt")), "kit/a/a.go:4: no wording for a.unknown", "a.gone")
}
