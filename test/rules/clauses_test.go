package rules

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/cucumber/godog"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/strict"
)

// clause is one clause of a city with the part of the edition that carries it.
type clause struct {
	*notice.Clause
	edition string // "" for a fact, which is in every edition
	part    reflect.Value
}

// clauses lists all clauses of a city: its facts, then those of each edition in the order of the file.
func clauses(c *policy.City) (out []clause) {
	for i := range c.Facts {
		out = append(out, clause{&c.Facts[i].Clause, "", reflect.ValueOf(&c.Facts[i]).Elem()})
	}
	for _, e := range c.Editions() {
		walk(reflect.ValueOf(e.Edition).Elem(), func(v reflect.Value, of *notice.Clause) {
			out = append(out, clause{of, e.ID, v})
		})
	}
	return out
}

func walk(v reflect.Value, visit func(reflect.Value, *notice.Clause)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			walk(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), visit)
		}
	case reflect.Struct:
		if c := notice.ClauseOf(v); c != nil {
			visit(v, c)
		}
		for _, f := range strict.Fields(v.Type()) {
			if x := v.FieldByIndex(f.Index); x.Kind() == reflect.Pointer || x.Kind() == reflect.Slice || x.Kind() == reflect.Struct {
				walk(x, visit)
			}
		}
	}
}

// states reads values of a clause as they stand in the edition: key and value in each line. Clauses of
// different sections may share an id; the one that has the first key is meant.
func (q *questions) states(edition, id string, t *godog.Table) error {
	for _, c := range clauses(q.city) {
		if _, ok := c.value(t.Rows[0].Cells[0].Value); !ok || c.edition != edition || c.ID != id {
			continue
		}
		var all []error
		for _, r := range t.Rows {
			if got, _ := c.value(r.Cells[0].Value); got != r.Cells[1].Value {
				all = append(all, fmt.Errorf("%s is %s", r.Cells[0].Value, got))
			}
		}
		return errors.Join(all...)
	}
	return fmt.Errorf("%s %s has no clause %s", q.city.ID, edition, id)
}

// value is what stands under a key of the clause.
func (c clause) value(key string) (string, bool) {
	for _, f := range strict.Fields(c.part.Type()) {
		if f.Name != key {
			continue
		}
		x := c.part.FieldByIndex(f.Index)
		for x.Kind() == reflect.Pointer && !x.IsNil() {
			x = x.Elem()
		}
		return strings.Trim(fmt.Sprint(x.Interface()), "[]"), true
	}
	return "", false
}
