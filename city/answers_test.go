package city_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"kawu/policy"
	"kawu/policy/strict"
)

// answers reads NAME/answers.txt: rows, and lines that begin with "shown". A city may still be
// without it.
func answers(t *testing.T, name string) (rows []row, shown []string) {
	t.Helper()
	data, err := os.ReadFile(name + "/answers.txt")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if s, ok := strings.CutPrefix(line, "shown "); ok {
			shown = append(shown, s)
			continue
		}
		f := strings.Split(line, "|")
		if len(f) != 5 {
			t.Fatalf("%s line %d: %d fields", name, i+1, len(f))
		}
		for j := range f {
			f[j] = strings.TrimSpace(f[j])
		}
		rows = append(rows, row{fmt.Sprint("line ", i+1), f[0], f[1], f[2], f[3], f[4]})
	}
	return rows, shown
}

// TestAnswers: every route and every refusal of every edition answers as written down.
func TestAnswers(t *testing.T) {
	b := open(t)
	for _, c := range b.Cities() {
		rows, want := answers(t, c.ID)
		prove(t, c.ID, rows)
		if got := unseen(c); len(want) > 0 && !slices.Equal(got, want) {
			for _, s := range want {
				if !slices.Contains(got, s) {
					t.Errorf("%s no longer says: %s", c.ID, s)
				}
			}
			t.Errorf("%s says; copy these lines to the end of %s/answers.txt when they are right:\nshown %s", c.ID, c.ID, strings.Join(got, "\nshown "))
		}
	}
}

// unseen writes down what editions say and no decision shows: one line for each part.
func unseen(c *policy.City) (out []string) {
	for _, e := range c.Editions() {
		if e.Campaign != nil {
			out = append(out, fmt.Sprintf("%s campaign %s %v", e.ID, e.Campaign.Window, e.Campaign.Groups))
		}
		for _, part := range []any{e.InForce, e.Windows, e.Audiences, e.Needs, e.Refusals, e.Routes, e.Documents, e.Photos,
			e.Deliveries, e.Activations, e.OldCards, e.Fees, e.Products, e.Acceptance, e.Plan, e.Targets} {
			out = append(out, lines(e.ID, reflect.ValueOf(part))...)
		}
		profile := reflect.ValueOf(e.Profile)
		for i := range profile.NumField() {
			if x := profile.Field(i).Elem(); x.IsValid() {
				out = append(out, lines(e.ID, x)...)
			}
		}
	}
	return out
}

func lines(edition string, v reflect.Value) (out []string) {
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			out = append(out, lines(edition, v.Index(i))...)
		}
		return out
	}
	s := edition + " " + strings.ToLower(v.Type().Name()) + " " + v.FieldByName("ID").String()
	for _, f := range strict.Fields(v.Type()) {
		x := v.FieldByIndex(f.Index)
		if x.Kind() == reflect.Pointer && !x.IsNil() {
			x = x.Elem()
		}
		if len(f.Index) == 1 && !x.IsZero() {
			s += fmt.Sprintf(" %s=%v", f.Name, x.Interface())
		}
	}
	return []string{s}
}
