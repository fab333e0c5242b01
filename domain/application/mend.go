package application

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/seal"
)

// entryScanner opens a row's sealed columns.
func entryScanner(box *seal.Box) func(*sql.Rows) (Entry, error) {
	return func(r *sql.Rows) (e Entry, err error) {
		if err = r.Scan(&e.Line, &e.Number, &e.Name, &e.Mobile, &e.Mark, &e.Faults, &e.Notes, &e.Application); err != nil {
			return e, err
		}
		for _, c := range []struct {
			purpose string
			value   *string
		}{{sealEntryNumber, &e.Number}, {sealEntryName, &e.Name}, {sealEntryMobile, &e.Mobile}} {
			if *c.value, err = box.Open(c.purpose, *c.value); err != nil {
				return e, err
			}
		}
		return e, nil
	}
}

const entryColumns = "select line, number_seal, name_seal, mobile_seal, number_mark, faults, notes, application from entry "

// Kin reads rows of a roster by their lines, together with every row that has the same identity
// number as one of them or as one of marks: mending one of them may help or harm the others. By
// line, without rows taken off.
func Kin(ctx context.Context, q db.Q, c ref.Collective, lines []int64, marks []string) ([]Entry, error) {
	found := map[int64]Entry{}
	one := entryScanner(q.Box())
	scan := func(r *sql.Rows) error {
		e, err := one(r)
		found[e.Line] = e
		return err
	}
	err := db.QueryEach(ctx, q, entryColumns+`where collective = $2 and removed = 0
		and line in (select cast(e.value ->> 0 as bigint) from each($1) e)`, db.Rows(lines, func(l int64) db.Row { return db.Row{l} }), scan, string(c))
	if err != nil {
		return nil, err
	}
	for _, e := range found {
		marks = append(marks, e.Mark)
	}
	slices.Sort(marks)
	if err := db.QueryEach(ctx, q, entryColumns+`where collective = $2 and removed = 0
		and number_mark in (select e.value ->> 0 from each($1) e)`, db.IDs(slices.Compact(marks)), scan, string(c)); err != nil {
		return nil, err
	}
	out := make([]Entry, 0, len(found))
	for _, line := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[line])
	}
	return out, nil
}

// Before is the line after which a page of a roster's part begins, when skip rows come before it.
func Before(ctx context.Context, q db.Q, c ref.Collective, p Part, skip int) (int64, error) {
	if skip <= 0 {
		return 0, nil
	}
	return db.Int(ctx, q, "select line from entry where collective = $1 and removed = 0"+parts[p]+" order by line limit 1 offset $2", string(c), skip-1)
}

// LinesOf tells on which line of the roster each application of a set stands.
func LinesOf(ctx context.Context, q db.Q, c ref.Collective, apps []ref.Application) (map[ref.Application]int64, error) {
	out := make(map[ref.Application]int64, len(apps))
	err := db.QueryEach(ctx, q, `select application, line from entry where collective = $2
		and application in (select e.value ->> 0 from each($1) e)`, db.IDs(apps), func(r *sql.Rows) error {
		var a ref.Application
		var line int64
		err := r.Scan(&a, &line)
		out[a] = line
		return err
	}, string(c))
	return out, err
}
