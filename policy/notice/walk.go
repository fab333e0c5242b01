package notice

import (
	"fmt"
	"reflect"
	"strings"

	"kawu/policy/strict"
)

// sheet is where something was read from.
type sheet struct {
	name  string
	lines strict.Lines
}

// spot is one clause and where it stands.
type spot struct {
	path   string        // "routes[2]"
	owner  reflect.Value // the struct that carries the clause
	clause *Clause
}

var clauseType = reflect.TypeFor[Clause]()

// spots lists every clause below v, which is a pointer to a struct, in the order of the file.
func spots(v any) []spot {
	var out []spot
	var down func(path string, v reflect.Value)
	down = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				down(path, v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				down(fmt.Sprintf("%s[%d]", path, i), v.Index(i))
			}
		case reflect.Struct:
			if c := ClauseOf(v); c != nil {
				out = append(out, spot{path, v, c})
			}
			for _, f := range strict.Fields(v.Type()) {
				down(strings.TrimPrefix(path+"."+f.Name, "."), v.FieldByIndex(f.Index))
			}
		}
	}
	down("", reflect.ValueOf(v))
	return out
}

// ClauseOf is the clause that a struct carries; nil when it carries none. v must be addressable.
func ClauseOf(v reflect.Value) *Clause {
	if v.Type() == clauseType {
		return v.Addr().Interface().(*Clause)
	}
	if f, ok := v.Type().FieldByName("Clause"); ok && f.Anonymous && f.Type == clauseType {
		return v.FieldByIndex(f.Index).Addr().Interface().(*Clause)
	}
	return nil
}

// values are the single values beside a clause, by key, to fill its wording.
func values(owner reflect.Value) []string {
	var out []string
	for _, f := range strict.Fields(owner.Type()) {
		v := owner.FieldByIndex(f.Index)
		if v.Kind() == reflect.Pointer && !v.IsNil() {
			v = v.Elem()
		}
		switch v.Kind() {
		case reflect.Int, reflect.Int32, reflect.Uint8, reflect.String, reflect.Bool:
			out = append(out, f.Name, fmt.Sprint(v.Interface()))
		case reflect.Struct:
			if s, ok := v.Interface().(fmt.Stringer); ok {
				out = append(out, f.Name, s.String())
			}
		}
	}
	return out
}

// seal completes the profiles, gives every clause its grounds and fills its wording.
func (c *City) seal() {
	for i := range c.Facts {
		f := &c.Facts[i]
		f.sealFrom(c, nil, reflect.ValueOf(f).Elem())
	}
	for _, e := range c.Editions {
		e.Profile.complete()
		for _, s := range spots(e) {
			s.clause.sealFrom(c, e, s.owner)
		}
	}
}

func (c *Clause) sealFrom(city *City, e *Edition, owner reflect.Value) {
	if c.grounds != nil {
		return // already: a national default, or an edition that was there before
	}
	n, _, _ := city.cited(e, c.source(e))
	c.seal(n.Title, filler(values(owner)...))
}

// source is the id of the notice that the clause cites: its own, or else its edition's.
func (c *Clause) source(e *Edition) string {
	if c.Notice == "" && e != nil {
		return e.Notice
	}
	return c.Notice
}
