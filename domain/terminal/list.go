package terminal

import (
	"context"
	"database/sql"
	"time"

	"kawu/kit/db"
)

// Edition is one number of the list of invalid cards. Numbers have no gap and begin with 1; what a
// number says never changes, so a terminal that was off for a month catches up by increments.
type Edition struct {
	Number  int64
	DrawnAt time.Time
	Upto    time.Time // how far the history of cards was looked at; zero: not at all
	N       int64     // its lines
}

// Line is one card that came onto the list, or left it.
type Line struct {
	Chip   string // card identification code, 32 hexadecimal digits
	Card   string // id
	Reason string // a code; empty when it left
	Gone   bool
}

// LatestEdition is the newest number; 0 before the first.
func LatestEdition(ctx context.Context, q db.Q) (Edition, error) {
	e, _, err := db.One(ctx, q, func(r *sql.Rows) (e Edition, err error) {
		var drawn, upto int64
		err = r.Scan(&e.Number, &drawn, &upto, &e.N)
		e.DrawnAt, e.Upto = db.Time(drawn), db.Time(upto)
		return e, err
	}, "select number, drawn_at, upto, n from invalid_list order by number desc limit 1")
	return e, err
}

// Draw adds the number after last; the history was looked at as far as upto. Somebody else who drew
// the same number at the same time makes it db.Taken.
func Draw(ctx context.Context, tx *db.Tx, last int64, lines []Line, upto time.Time) error {
	_, err := tx.Exec(ctx, "insert into invalid_list (number, drawn_at, upto, n) values ($1, $2, $3, $4)", last+1, tx.Micro(), micro(upto), len(lines))
	if err != nil {
		return err
	}
	_, err = tx.ExecEach(ctx, `insert into invalid_line (number, chip, card, reason, gone)
		select cast($2 as bigint), e.value ->> 0, e.value ->> 1, e.value ->> 2, cast(e.value ->> 3 as bigint) from each($1) e`,
		db.Rows(lines, func(l Line) db.Row {
			gone := 0
			if l.Gone {
				gone = 1
			}
			return db.Row{l.Chip, l.Card, l.Reason, gone}
		}), last+1)
	return err
}

// Looked notes that the history was looked at as far as upto and nothing has changed since a number.
func Looked(ctx context.Context, tx *db.Tx, number int64, upto time.Time) error {
	_, err := tx.Exec(ctx, "update invalid_list set upto = $1 where number = $2", micro(upto), number)
	return err
}

func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func scanLine(r *sql.Rows) (l Line, err error) {
	var gone int64
	err = r.Scan(&l.Chip, &l.Card, &l.Reason, &gone)
	l.Gone = gone != 0
	return l, err
}

// Listed tells how a set of cards, by identification code, stand on the newest list; those that are
// not on it are left out.
func Listed(ctx context.Context, q db.Q, chips []string) (map[string]Line, error) {
	out := map[string]Line{}
	err := db.QueryEach(ctx, q, `select l.chip, l.card, l.reason, l.gone from invalid_line l join each($1) e on l.chip = e.value ->> 0
		where l.gone = 0 and l.number = (select max(m.number) from invalid_line m where m.chip = l.chip)`, db.IDs(chips), func(r *sql.Rows) error {
		l, err := scanLine(r)
		out[l.Chip] = l
		return err
	})
	return out, err
}

// EachListed gives the whole list as it stood at a number, by identification code.
func EachListed(ctx context.Context, q db.Q, number int64, fn func(Line) error) error {
	return each(ctx, q, fn, `select l.chip, l.card, l.reason, l.gone from invalid_line l where l.gone = 0 and l.number <= $1
		and not exists (select 1 from invalid_line m where m.chip = l.chip and m.number > l.number and m.number <= $1) order by l.chip`, number)
}

// EachLine gives one number's increment, by identification code.
func EachLine(ctx context.Context, q db.Q, number int64, fn func(Line) error) error {
	return each(ctx, q, fn, "select chip, card, reason, gone from invalid_line where number = $1 order by chip", number)
}

func each(ctx context.Context, q db.Q, fn func(Line) error, query string, args ...any) error {
	return db.Scan(ctx, q, func(r *sql.Rows) error {
		l, err := scanLine(r)
		if err != nil {
			return err
		}
		return fn(l)
	}, query, args...)
}
