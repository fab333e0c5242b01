// Package part takes an edition apart for people: its clauses with their values and sources, and what
// one edition changes against another, clause by clause.
//
// Does not own: what the parts mean together (policy), nor their words (the city's YAML, the pages).
package part

import (
	"reflect"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/strict"
)

// Part is one clause of an edition with its values, for reading.
type Part struct {
	Section string         // "routes", "profile.pin"
	Clause  *notice.Clause // with its sources
	Values  []Value
	Default bool // from practice or a national rule: the city left it open
}

// Value is one key of a part. Words are single values, such as "bank_outlet" or the id of a clause.
type Value struct {
	Key   string
	Words []string
}

// clauseKeys are said by the clause itself.
var clauseKeys = map[string]bool{"id": true, "rules": true, "notice": true, "phrase": true, "say": true, "reading": true}

// Of lists every clause of an edition in the order of its file.
func Of(e *policy.Edition) []Part {
	var out []Part
	root := reflect.ValueOf(e.Edition).Elem()
	for _, f := range strict.Fields(root.Type()) {
		v := root.FieldByIndex(f.Index)
		switch {
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				out = appendPart(out, f.Name, v.Index(i))
			}
		case f.Name == "profile":
			for _, g := range strict.Fields(v.Type()) {
				out = appendPart(out, "profile."+g.Name, v.FieldByIndex(g.Index))
			}
		default:
			out = appendPart(out, f.Name, v)
		}
	}
	return out
}

func appendPart(out []Part, section string, v reflect.Value) []Part {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if !v.IsValid() || v.Kind() != reflect.Struct {
		return out
	}
	c := notice.ClauseOf(v)
	if c == nil {
		return out
	}
	p := Part{Section: section, Clause: c, Default: policy.FromPractice(c)}
	for _, f := range strict.Fields(v.Type()) {
		if words := wordsOf(v.FieldByIndex(f.Index)); !clauseKeys[f.Name] && len(words) > 0 {
			p.Values = append(p.Values, Value{f.Name, words})
		}
	}
	return append(out, p)
}

// wordsOf gives the single values of a value; none for one that is absent.
func wordsOf(v reflect.Value) []string {
	if v.Kind() == reflect.Slice {
		var out []string
		for i := range v.Len() {
			out = append(out, plain(v.Index(i)))
		}
		return out
	}
	if s := plain(v); s != "" {
		return []string{s}
	}
	return nil
}
