package notice

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"kawu/policy/strict"
	"kawu/policy/term"
)

var update = flag.Bool("update", false, "write policy/schema.json")

const schemaFile = "../schema.json"

// TestSchema keeps the JSON Schema, by which editors complete and check YAML, the same as the
// types. Write it anew with: go test ./policy/notice -run Schema -update
func TestSchema(t *testing.T) {
	g := &schema{defs: map[string]any{}, words: comments(t)}
	city, edition := g.of(reflect.TypeFor[City]()), g.of(reflect.TypeFor[Edition]())
	facts := g.of(reflect.TypeFor[struct {
		Facts []Fact `yaml:"facts"`
	}]())
	faq := g.of(reflect.TypeFor[struct {
		FAQ []Question `yaml:"faq"`
	}]())
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "kawu: a city's folder: city.yaml, rules.yaml, faq.yaml, one file for each edition",
		"if":      map[string]any{"required": []string{"in_force"}}, "then": edition,
		"else": map[string]any{"if": map[string]any{"required": []string{"facts"}}, "then": facts,
			"else": map[string]any{"if": map[string]any{"required": []string{"faq"}}, "then": faq, "else": city}},
		"$defs": g.defs,
	}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(have, out.Bytes()) {
		t.Error("policy/schema.json is not current; run: go test ./policy/notice -run Schema -update")
	}
}

type schema struct {
	defs  map[string]any
	words map[string]string // "Route.Who": the comment of the field
}

func (g *schema) of(t reflect.Type) map[string]any {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if u, ok := reflect.New(t).Interface().(encoding.TextUnmarshaler); ok {
		return word(t, u)
	}
	switch t.Kind() {
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": g.of(t.Elem())}
	case reflect.Struct:
		return g.object(t)
	}
	return map[string]any{"type": "string", "minLength": 1}
}

// word lists a vocabulary by asking it for a word that it does not have.
func word(t reflect.Type, u encoding.TextUnmarshaler) map[string]any {
	date := map[string]any{"type": "string", "pattern": `^\d{4}-\d{2}-\d{2}$`}
	var unknown *term.Unknown
	switch {
	case errors.As(u.UnmarshalText([]byte("?")), &unknown):
		return map[string]any{"enum": unknown.Allowed}
	case t == reflect.TypeFor[term.Until]():
		return map[string]any{"anyOf": []any{map[string]any{"enum": []string{"activation", "expiry"}}, date}}
	}
	return date
}

func (g *schema) object(t reflect.Type) map[string]any {
	name := t.Name()
	if _, done := g.defs[name]; done && name != "" {
		return map[string]any{"$ref": "#/$defs/" + name}
	}
	if name != "" {
		g.defs[name] = nil // while it is made, for types that hold themselves
	}
	props, required := map[string]any{}, []string{}
	for _, f := range strict.Fields(t) {
		p := g.of(f.Type)
		owner, field := declared(t, f.Index)
		if w := g.words[owner+"."+field]; w != "" {
			p["description"] = w
		}
		props[f.Name] = p
		if !f.Optional {
			required = append(required, f.Name)
		}
	}
	o := map[string]any{"type": "object", "additionalProperties": false, "properties": props, "required": required}
	if w := g.words[name]; w != "" {
		o["description"] = w
	}
	if name == "" {
		return o
	}
	g.defs[name] = o
	return map[string]any{"$ref": "#/$defs/" + name}
}

// declared is the type and the name of the field at the end of an index.
func declared(t reflect.Type, index []int) (owner, field string) {
	for _, i := range index[:len(index)-1] {
		t = t.Field(i).Type
	}
	return t.Name(), t.Field(index[len(index)-1]).Name
}

// comments reads the comments of this package's types and fields, so that they are written once.
func comments(t *testing.T) map[string]string {
	out := map[string]string{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok || gen.Tok != token.TYPE {
				continue
			}
			spec := gen.Specs[0].(*ast.TypeSpec)
			out[spec.Name.Name] = line(gen.Doc)
			if s, ok := spec.Type.(*ast.StructType); ok {
				for _, f := range s.Fields.List {
					for _, n := range f.Names {
						out[spec.Name.Name+"."+n.Name] = line(f.Comment)
					}
				}
			}
		}
	}
	return out
}

func line(c *ast.CommentGroup) string { return strings.Join(strings.Fields(c.Text()), " ") }

// TestWords: every word of every vocabulary has a Chinese and an English name.
func TestWords(t *testing.T) {
	for kind, u := range map[string]encoding.TextUnmarshaler{"group": new(term.Group), "reason": new(term.Reason), "channel": new(term.Channel),
		"chooser": new(term.Chooser), "topic": new(term.Topic), "mode": new(term.Mode), "place": new(term.Place)} {
		var unknown *term.Unknown
		if !errors.As(u.UnmarshalText([]byte("?")), &unknown) {
			t.Fatal(kind)
		}
		for _, w := range unknown.Allowed {
			if l := Label(kind, w); l.ZH == "" || l.EN == "" {
				t.Errorf("%s.%s has no name", kind, w)
			}
		}
	}
}

// TestNational: the national defaults fill every part of the profile but the one that only differs from
// another, and say where they come from.
func TestNational(t *testing.T) {
	var p Profile
	p.complete()
	v := reflect.ValueOf(p)
	for i := range v.NumField() {
		if v.Field(i).IsNil() != (v.Type().Field(i).Name == "EarlierLoss") {
			t.Errorf("no national default for %s", v.Type().Field(i).Name)
		}
	}
	for _, s := range spots(nation) {
		if len(s.clause.grounds) != 1 || s.clause.grounds[0].Source == "" || strings.ContainsAny(s.clause.Say.ZH+s.clause.Say.EN, "{}") {
			t.Errorf("%s: %+v", s.path, s.clause)
		}
	}
	bad := func(path, id, key string, value any) { t.Errorf("%s.%s is %v", path, key, value) }
	p.check(bad)
}
