package shape

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// known are methods of well-known interfaces: their name says all there is to say.
var known = []string{"String", "GoString", "Error", "Unwrap", "Is", "LogValue", "MarshalText", "UnmarshalText", "MarshalJSON",
	"UnmarshalJSON", "MarshalYAML", "UnmarshalYAML", "ServeHTTP", "Read", "Write", "Close", "Len", "Less", "Swap"}

// checkComments objects to packages and exported names without a comment.
func checkComments(tree []*file) (out []string) {
	documented, packages := map[string]bool{}, map[string]string{}
	for _, f := range tree {
		if f.test {
			continue
		}
		packages[f.dir] = f.path
		if f.ast.Doc != nil {
			documented[f.dir] = true
		}
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Doc == nil && d.Name.IsExported() && exportedReceiver(d) && !slices.Contains(known, d.Name.Name) {
					out = append(out, f.at(d.Pos())+": "+d.Name.Name+" has no comment")
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					for _, name := range silent(d, s) {
						out = append(out, f.at(s.Pos())+": "+name+" has no comment")
					}
				}
			}
		}
	}
	for dir, path := range packages {
		if !documented[dir] {
			out = append(out, path+": package "+dir+" has no comment")
		}
	}
	slices.Sort(out)
	return out
}

func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	t := d.Recv.List[0].Type
	if s, ok := t.(*ast.StarExpr); ok {
		t = s.X
	}
	if i, ok := t.(*ast.IndexExpr); ok {
		t = i.X
	}
	i, ok := t.(*ast.Ident)
	return ok && i.IsExported()
}

// silent are the exported names of a declaration that neither it nor its group explains.
func silent(d *ast.GenDecl, s ast.Spec) (out []string) {
	switch s := s.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
			out = append(out, s.Name.Name)
		}
	case *ast.ValueSpec:
		for _, n := range s.Names {
			if n.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
				out = append(out, n.Name)
			}
		}
	}
	return out
}

func TestComments(t *testing.T) {
	example := checkComments(bad(t, map[string]string{
		"kit/a/a.go":   "package a\n\nfunc Open() {}\n\ntype T struct{}\n\n// Said says.\nfunc Said() {}\nfunc (T) String() string { return \"\" }\nfunc (T) Do() {}\nfunc (t *hidden) Do() {}\n",
		"kit/b/b.go":   "// Package b is.\npackage b\n\nvar X, y = 1, 2\n\n// The group.\nconst (\n\tA = 1\n)\n\nconst B = 2 // told here\n",
		"kit/b/doc.go": "package b\n",
	}))
	holds(t, example, checkComments(house(t)), "kit/a/a.go: package kit/a", "kit/a/a.go:10: Do", "kit/a/a.go:3: Open", "kit/a/a.go:5: T", "kit/b/b.go:4: X")
}

var (
	word      = regexp.MustCompile(`^[a-z][a-z0-9]*$`)
	forbidden = []string{"util", "utils", "common", "base", "manager", "helper", "helpers", "impl", "model", "models", "misc", "shared", "lib", "core", "types", "tools"}
)

// checkNames objects to packages whose name is not one word of the trade, or not their folder's.
func checkNames(tree []*file) (out []string) {
	for _, f := range tree {
		name := f.ast.Name.Name
		folder := f.dir[strings.LastIndex(f.dir, "/")+1:]
		plain := strings.TrimSuffix(name, "_test")
		if !word.MatchString(plain) || slices.Contains(forbidden, plain) || plain != folder && name != "main" {
			out = append(out, fmt.Sprintf("%s: package %s in folder %s", f.path, name, folder))
		}
	}
	return out
}

func TestPackageNames(t *testing.T) {
	example := checkNames(bad(t, map[string]string{"kit/util/a.go": "package util", "kit/a_b/a.go": "package a_b", "kit/x/a.go": "package y",
		"kit/z/a_test.go": "package z_test", "cmd/kawu/main.go": "package main", "kit/goodName/a.go": "package goodName"}))
	holds(t, example, checkNames(house(t)), "kit/a_b", "kit/goodName", "kit/util", "kit/x/a.go: package y")
}

// unfinished is what a finished program does not hold.
var unfinished = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK)\b|panic\("(?:todo|unimplemented|not implemented)`)

func TestNothingIsLeftOpen(t *testing.T) {
	check := func(texts map[string]string) (out []string) {
		for p, s := range texts {
			if m := unfinished.FindString(s); m != "" && !strings.HasPrefix(p, "test/shape/") {
				out = append(out, p+": "+m)
			}
		}
		slices.Sort(out)
		return out
	}
	example := check(map[string]string{"a.go": "// TO" + "DO: later", "b.go": `pan` + `ic("not implemented")`, "c.go": "mastodon"})
	holds(t, example, check(read(t, ".go", ".sql", ".html", ".md", ".sh", "Makefile")), "a.go: TODO", "b.go")
}
