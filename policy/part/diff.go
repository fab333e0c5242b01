package part

import (
	"fmt"
	"reflect"
	"strings"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/strict"
)

// Change is one value that two editions do not share. From or To is empty when one lacks it.
type Change struct {
	Section string `json:"section"` // routes
	Clause  string `json:"clause"`  // id; empty outside clauses
	Key     string `json:"key"`
	From    string `json:"from"`
	To      string `json:"to"`
}

func (c Change) String() string {
	at := c.Section
	for _, s := range []string{c.Clause, c.Key} {
		if s != "" {
			at += "." + s
		}
	}
	return fmt.Sprintf("%s: %q → %q", at, c.From, c.To)
}

type flatKey struct{ section, clause, key string }

// Diff lists what changes from one edition to another, clauses compared by their ids, in the order
// of the older file and then of the newer.
func Diff(from, to *policy.Edition) []Change {
	a, order := flatten(from)
	b, more := flatten(to)
	out := []Change{}
	for _, k := range append(order, more...) {
		if a[k] != b[k] {
			out = append(out, Change{k.section, k.clause, k.key, a[k], b[k]})
			delete(a, k)
			delete(b, k)
		}
	}
	return out
}

func flatten(e *policy.Edition) (map[flatKey]string, []flatKey) {
	m, order := map[flatKey]string{}, []flatKey{}
	put := func(k flatKey, v string) {
		if v != "" {
			m[k], order = v, append(order, k)
		}
	}
	root := reflect.ValueOf(e.Edition).Elem()
	for _, f := range strict.Fields(root.Type()) {
		v := root.FieldByIndex(f.Index)
		switch {
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				flattenPart(f.Name, v.Index(i), put)
			}
		case f.Name == "profile":
			for _, g := range strict.Fields(v.Type()) {
				flattenPart("profile."+g.Name, v.FieldByIndex(g.Index), put)
			}
		default:
			flattenPart(f.Name, v, put)
		}
	}
	return m, order
}

func flattenPart(section string, v reflect.Value, put func(flatKey, string)) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct {
		put(flatKey{section, "", ""}, plain(v))
		return
	}
	id := ""
	if c := notice.ClauseOf(v); c != nil {
		id = c.ID
	} else if n, ok := v.Interface().(notice.Notice); ok {
		id = n.ID
	}
	for _, f := range strict.Fields(v.Type()) {
		put(flatKey{section, id, f.Name}, plain(v.FieldByIndex(f.Index)))
	}
}

// plain writes a value as a person would: lists with commas, absent values as nothing.
func plain(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	if t, ok := v.Interface().(notice.Text); ok {
		return t.ZH + " / " + t.EN
	}
	if v.Kind() == reflect.Slice {
		parts := make([]string, v.Len())
		for i := range parts {
			parts[i] = plain(v.Index(i))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v.Interface())
}
