package strict

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

func (r *reader) value(n *yaml.Node, path string, v reflect.Value) {
	r.lines[path] = n.Line
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if t, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		r.text(n, path, t)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		r.mapping(n, path, v)
	case reflect.Slice:
		r.list(n, path, v)
	case reflect.String:
		if s, ok := r.scalar(n, path, "text"); ok {
			v.SetString(s)
		}
	case reflect.Bool:
		if n.Tag != "!!bool" {
			r.add(n.Line, path, "wrong_kind", "want", "true or false")
			return
		}
		v.SetBool(n.Value == "true")
	case reflect.Int:
		i, err := strconv.Atoi(n.Value)
		if n.Tag != "!!int" || err != nil {
			r.add(n.Line, path, "wrong_kind", "want", "a whole number")
			return
		}
		v.SetInt(int64(i))
	default:
		panic(fmt.Sprintf("strict: %s cannot be read from YAML", v.Type()))
	}
}

func (r *reader) text(n *yaml.Node, path string, t encoding.TextUnmarshaler) {
	s, ok := r.scalar(n, path, "a word")
	if !ok {
		return
	}
	if err := t.UnmarshalText([]byte(s)); err != nil {
		r.add(n.Line, path, "wrong_value", "value", s, "detail", err.Error())
	}
}

// scalar takes numbers and dates as the text that was written: 010 and 2024-01-31 stay what they
// are. Empty and boolean values are refused, because a person rarely means them as text.
func (r *reader) scalar(n *yaml.Node, path, want string) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" || n.Tag == "!!bool" || strings.TrimSpace(n.Value) == "" {
		r.add(n.Line, path, "wrong_kind", "want", want)
		return "", false
	}
	return n.Value, true
}

func (r *reader) list(n *yaml.Node, path string, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		r.add(n.Line, path, "wrong_kind", "want", "a list")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, c := range n.Content {
		r.value(c, path+"["+strconv.Itoa(i)+"]", v.Index(i))
	}
}

func (r *reader) mapping(n *yaml.Node, path string, v reflect.Value) {
	if n.Kind != yaml.MappingNode {
		r.add(n.Line, path, "wrong_kind", "want", "keys and values")
		return
	}
	fields := Fields(v.Type())
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, val := n.Content[i], n.Content[i+1]
		at := strings.TrimPrefix(path+"."+key.Value, ".")
		f, known := find(fields, key.Value)
		switch {
		case !known:
			r.add(key.Line, at, "unknown_key", "key", key.Value, "allowed", names(fields))
		case seen[key.Value]:
			r.add(key.Line, at, "repeated_key", "key", key.Value)
		default:
			seen[key.Value] = true
			r.value(val, at, v.FieldByIndex(f.Index))
		}
	}
	for _, f := range fields {
		if !f.Optional && !seen[f.Name] {
			r.add(n.Line, strings.TrimPrefix(path+"."+f.Name, "."), "missing_key", "key", f.Name)
		}
	}
}

// Field is one key that a struct takes.
type Field struct {
	Name     string
	Optional bool
	Index    []int // for reflect's FieldByIndex
	Type     reflect.Type
}

// Fields lists the keys of a struct in order, those of inline structs in their place.
func Fields(t reflect.Type) []Field {
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("yaml")
		if !ok || tag == "-" {
			continue
		}
		name, opts, _ := strings.Cut(tag, ",")
		if opts == "inline" {
			for _, g := range Fields(f.Type) {
				g.Index = append([]int{i}, g.Index...)
				out = append(out, g)
			}
			continue
		}
		out = append(out, Field{Name: name, Optional: opts == "omitempty", Index: []int{i}, Type: f.Type})
	}
	return out
}

func find(fields []Field, name string) (Field, bool) {
	for _, f := range fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

func names(fields []Field) string {
	s := make([]string, len(fields))
	for i, f := range fields {
		s[i] = f.Name
	}
	return strings.Join(s, ", ")
}
