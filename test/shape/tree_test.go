package shape

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "kawu/"
)

// file is one parsed Go file. dir is its package's path inside the module.
type file struct {
	path, dir string
	test      bool
	ast       *ast.File
	lines     int
	fset      *token.FileSet
}

// imports lists what a file imports, ours without the module's name.
func (f *file) imports() (ours, others []string) {
	for _, i := range f.ast.Imports {
		p, _ := strconv.Unquote(i.Path.Value) // the parser has seen it is a string
		if rest, ok := strings.CutPrefix(p, module); ok {
			ours = append(ours, rest)
		} else {
			others = append(others, p)
		}
	}
	return ours, others
}

func (f *file) at(p token.Pos) string {
	return fmt.Sprintf("%s:%d", f.path, f.fset.Position(p).Line)
}

// strings calls fn for every string literal of a file, imports left out.
func (f *file) strings(fn func(pos token.Pos, text string)) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				if s, err := strconv.Unquote(n.Value); err == nil {
					fn(n.Pos(), s)
				}
			}
		}
		return true
	})
}

// parse makes a tree of sources; paths are relative to the module.
func parse(sources map[string]string) ([]*file, error) {
	var out []*file
	fset := token.NewFileSet()
	for p, src := range sources {
		a, err := parser.ParseFile(fset, p, src, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		out = append(out, &file{path: p, dir: path.Dir(p), test: strings.HasSuffix(p, "_test.go"), ast: a,
			lines: strings.Count(src, "\n"), fset: fset})
	}
	slices.SortFunc(out, func(a, b *file) int { return strings.Compare(a.path, b.path) })
	return out, nil
}

// bad parses the tiny tree that a rule must object to.
func bad(t *testing.T, sources map[string]string) []*file {
	t.Helper()
	tree, err := parse(sources)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// read gives the text of all files of the module whose name ends so, by path.
func read(t *testing.T, ends ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() {
			if p != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(p, e) }) {
			return nil
		}
		b, err := os.ReadFile(p)
		rel, _ := filepath.Rel(root, p)
		out[filepath.ToSlash(rel)] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// house is the real tree.
func house(t *testing.T) []*file {
	t.Helper()
	tree, err := parse(read(t, ".go"))
	if err != nil {
		t.Fatal(err)
	}
	if len(tree) < 100 {
		t.Fatalf("only %d files were found", len(tree))
	}
	return tree
}

// holds is the shape of every rule's test: it must object to the bad example exactly as told, and to
// nothing in the house.
func holds(t *testing.T, example, real []string, want ...string) {
	t.Helper()
	if len(example) != len(want) {
		t.Errorf("the rule says of its bad example: %q", example)
	}
	for i := range min(len(example), len(want)) {
		if !strings.Contains(example[i], want[i]) {
			t.Errorf("the rule says of its bad example %q, not %q", example[i], want[i])
		}
	}
	for _, r := range real {
		t.Error(r)
	}
}

// list is a text file of lines "name reason"; # begins a comment.
type list map[string]string

func readList(t *testing.T, name string) list {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := list{}
	for s := bufio.NewScanner(f); s.Scan(); {
		line, _, _ := strings.Cut(s.Text(), "#")
		name, reason, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch _, twice := out[name]; {
		case name == "":
		case twice:
			t.Errorf("%s stands twice", name)
		case strings.TrimSpace(reason) == "":
			t.Errorf("%s has no reason", name)
		default:
			out[name] = strings.TrimSpace(reason)
		}
	}
	return out
}

// unused names the lines of a list that allowed nothing.
func (l list) unused(used map[string]bool) (out []string) {
	for name := range l {
		if !used[name] {
			out = append(out, "no longer needed: "+name)
		}
	}
	slices.Sort(out)
	return out
}

type literal struct {
	pos  token.Pos
	text string
}

// literals are the string literals of a file that look like SQL or a piece of it.
func (f *file) literals() (out []literal) {
	f.strings(func(pos token.Pos, s string) {
		if isSQL.MatchString(s) {
			out = append(out, literal{pos, s})
		}
	})
	return out
}
