package db

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"kawu/kit/clock"
)

// Chunk is how many members of a set go into one statement: large enough that statements are a
// handful, small enough that one parameter stays a few megabytes.
const Chunk = 10_000

// dialect translates the portable spellings. The text is short and fixed, so this costs
// nanoseconds against a statement.
func (d *DB) dialect(q string) string {
	if d.Engine == SQLite {
		q = strings.ReplaceAll(q, " for update skip locked", "")
		q = strings.ReplaceAll(q, " for update", "")
		return strings.ReplaceAll(q, "each($1)", "(select value from json_each($1))")
	}
	return strings.ReplaceAll(q, "each($1)",
		"(select value from json_array_elements(cast($1 as json)) as j(value))")
}

// Row is one member of a set: its fields in the order of the statement's value ->> 0, 1, 2 ….
// Fields are strings, integers or nil.
type Row []any

// IDs makes rows of one field from a list of ids.
func IDs[T ~string](ids []T) []Row {
	rows := make([]Row, len(ids))
	for i, v := range ids {
		rows[i] = Row{string(v)}
	}
	return rows
}

// Rows makes rows from any list.
func Rows[T any](list []T, f func(T) Row) []Row {
	rows := make([]Row, len(list))
	for i, v := range list {
		rows[i] = f(v)
	}
	return rows
}

func set(rows []Row) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(rows)
	return b.String(), err
}

// ExecEach runs one statement per chunk of the set. The statement reads the set from each($1);
// args follow as $2, $3 …. It returns the rows changed in all.
func (t *Tx) ExecEach(ctx context.Context, query string, rows []Row, args ...any) (int64, error) {
	var n int64
	err := chunks(rows, func(s string) error {
		m, err := t.Exec(ctx, query, append([]any{s}, args...)...)
		n += m
		return err
	})
	return n, err
}

// QueryEach reads with one statement per chunk of the set and calls scan for every row found.
func QueryEach(ctx context.Context, q Q, query string, rows []Row, scan func(*sql.Rows) error, args ...any) error {
	return chunks(rows, func(s string) error {
		return Scan(ctx, q, scan, query, append([]any{s}, args...)...)
	})
}

func chunks(rows []Row, f func(string) error) error {
	for len(rows) > 0 {
		n := min(Chunk, len(rows))
		s, err := set(rows[:n])
		if err != nil {
			return err
		}
		if err := f(s); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// Scan runs a query and calls scan for every row.
func Scan(ctx context.Context, q Q, scan func(*sql.Rows) error, query string, args ...any) error {
	r, err := q.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := scan(r); err != nil {
			return err
		}
	}
	return r.Err()
}

// List collects the rows of a query.
func List[T any](ctx context.Context, q Q, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	var out []T
	err := Scan(ctx, q, func(r *sql.Rows) error {
		v, err := scan(r)
		out = append(out, v)
		return err
	}, query, args...)
	return out, err
}

// One reads at most one row; found is false when there is none.
func One[T any](ctx context.Context, q Q, scan func(*sql.Rows) (T, error), query string, args ...any) (v T, found bool, err error) {
	all, err := List(ctx, q, scan, query, args...)
	if err != nil || len(all) == 0 {
		return v, false, err
	}
	return all[0], true, nil
}

// Int reads one number; no row counts as 0.
func Int(ctx context.Context, q Q, query string, args ...any) (int64, error) {
	n, _, err := One(ctx, q, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) }, query, args...)
	return n, err
}

// Text reads a column of text.
func Text[T ~string](ctx context.Context, q Q, query string, args ...any) ([]T, error) {
	return List(ctx, q, func(r *sql.Rows) (s T, err error) { return s, r.Scan(&s) }, query, args...)
}

// Time reads a bigint column back; 0 is the zero time, which means "not yet".
func Time(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).In(clock.Zone)
}
