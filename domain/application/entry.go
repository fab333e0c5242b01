package application

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/seal"
)

// Entry is one row of a roster as it was read, right or wrong. Its values are what the employer
// wrote, so they may be no number and no name at all; they are sealed like the real ones.
type Entry struct {
	Line        int64 // row in the file, the header is row 1
	Number      string
	Name        string
	Mobile      string
	Mark        string // digest of the number when it could be read
	Faults      string // JSON list of what is wrong: column, code, arguments; no personal data
	Notes       string // JSON list of what was normalised
	Application ref.Application
	Removed     bool
}

const (
	sealEntryNumber = "entry.number"
	sealEntryName   = "entry.name"
	sealEntryMobile = "entry.mobile"
)

// PutEntries stores rows of a roster; a line that exists is replaced.
func PutEntries(ctx context.Context, tx *db.Tx, c ref.Collective, all []Entry) error {
	cols, err := sealColumns(tx.Box(), len(all), map[string]func(int) string{
		sealEntryNumber: func(i int) string { return all[i].Number },
		sealEntryName:   func(i int) string { return all[i].Name },
		sealEntryMobile: func(i int) string { return all[i].Mobile },
	})
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, e := range all {
		rows[i] = db.Row{e.Line, cols[sealEntryNumber][i], e.Mark, cols[sealEntryName][i], cols[sealEntryMobile][i], e.Faults, e.Notes, e.Application}
	}
	_, err = tx.ExecEach(ctx, `insert into entry (collective, line, number_seal, number_mark, name_seal, mobile_seal, faults, notes, application, removed)
		select $2, cast(e.value ->> 0 as bigint), e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5,
		e.value ->> 6, e.value ->> 7, 0 from each($1) e where true
		on conflict (collective, line) do update set number_seal = excluded.number_seal, number_mark = excluded.number_mark,
		name_seal = excluded.name_seal, mobile_seal = excluded.mobile_seal, faults = excluded.faults, notes = excluded.notes,
		application = excluded.application, removed = 0`, rows, string(c))
	return err
}

// sealColumns seals several columns of a set at once.
func sealColumns(box *seal.Box, n int, columns map[string]func(int) string) (map[string][]string, error) {
	out := make(map[string][]string, len(columns))
	for purpose, f := range columns {
		plain := make([]string, n)
		for i := range plain {
			plain[i] = f(i)
		}
		sealed, err := box.SealAll(purpose, plain)
		if err != nil {
			return nil, err
		}
		out[purpose] = sealed
	}
	return out, nil
}

// ClearEntries forgets a roster that is replaced by another.
func ClearEntries(ctx context.Context, tx *db.Tx, c ref.Collective) error {
	_, err := tx.Exec(ctx, "delete from entry where collective = $1", string(c))
	return err
}

// RemoveEntries takes rows off the roster.
func RemoveEntries(ctx context.Context, tx *db.Tx, c ref.Collective, lines []int64) error {
	_, err := tx.ExecEach(ctx, `update entry set removed = 1, application = '' where collective = $2
		and line in (select cast(e.value ->> 0 as bigint) from each($1) e)`, db.Rows(lines, func(l int64) db.Row { return db.Row{l} }), string(c))
	return err
}

// Part is which rows of a roster to list.
type Part string

// The parts.
const (
	Bad  Part = "bad"  // must be changed
	Good Part = "good" // can be submitted
	Ask  Part = "ask"  // can be submitted as it was normalised; the employer may look at it
	All  Part = "all"
)

var parts = map[Part]string{
	Bad:  " and faults <> '[]'",
	Good: " and faults = '[]'",
	Ask:  " and faults = '[]' and notes <> '[]'",
	All:  "",
}

// Entries lists a page of a roster, by line, without rows taken off.
func Entries(ctx context.Context, q db.Q, c ref.Collective, p Part, after int64, limit int) ([]Entry, error) {
	return db.List(ctx, q, entryScanner(q.Box()), entryColumns+`where collective = $1 and removed = 0 and line > $2`+parts[p]+" order by line limit $3", string(c), after, limit)
}

// Tally counts a roster's rows.
type Tally struct{ Rows, Good, Bad, Noted int64 }

// Count tallies a roster.
func Count(ctx context.Context, q db.Q, c ref.Collective) (Tally, error) {
	t, _, err := db.One(ctx, q, func(r *sql.Rows) (t Tally, err error) { return t, r.Scan(&t.Rows, &t.Good, &t.Noted) },
		`select count(*), coalesce(sum(case when faults = '[]' then 1 else 0 end), 0),
		coalesce(sum(case when faults = '[]' and notes <> '[]' then 1 else 0 end), 0) from entry where collective = $1 and removed = 0`, string(c))
	t.Bad = t.Rows - t.Good
	return t, err
}

// BadFaults reads the faults of every bad row, for grouping by cause.
func BadFaults(ctx context.Context, q db.Q, c ref.Collective) ([]Entry, error) {
	return db.List(ctx, q, func(r *sql.Rows) (e Entry, err error) { return e, r.Scan(&e.Line, &e.Faults) },
		"select line, faults from entry where collective = $1 and removed = 0 and faults <> '[]' order by line", string(c))
}
