package report

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Promised is one promised day: how many cases were promised for it and how many are not made yet.
type Promised struct {
	Day       string // YYYY-MM-DD
	Due, Open int64
}

// Promises lists a city's promised days from one day on, in order.
func Promises(ctx context.Context, q db.Q, city ref.City, from string) ([]Promised, error) {
	return db.List(ctx, q, func(r *sql.Rows) (p Promised, err error) { return p, r.Scan(&p.Day, &p.Due, &p.Open) },
		`select due_day, count(*), coalesce(sum(case when made_at = 0 and closed_at = 0 then 1 else 0 end), 0)
		from application where city = $1 and submitted_at > 0 and due_day >= $2 group by due_day order by due_day`, string(city), from)
}

// The moments of an application that are counted by day.
const (
	Submitted = "submitted_at"
	Finished  = "made_at"
)

// Daily counts a city's applications by the China day of one of their moments, in order. What is not
// Submitted counts as Finished.
func Daily(ctx context.Context, q db.Q, city ref.City, moment string) ([]Day, error) {
	column := Finished
	if moment == Submitted {
		column = Submitted
	}
	return db.List(ctx, q, func(r *sql.Rows) (d Day, err error) {
		var n int64
		err = r.Scan(&n, &d.N)
		d.Day = db.Time(n*86_400_000_000 - 28_800_000_000)
		return d, err
	}, "select ("+column+" + 28800000000) / 86400000000 as d, count(*) from application where city = $1 and submitted_at > 0 and "+column+" > 0 group by 1 order by 1",
		string(city))
}

// LateWith is how many late cases one holder has, and the oldest promise among them.
type LateWith struct {
	Holder ref.Holder
	N      int64
	Oldest string // YYYY-MM-DD
}

// holderOf names who has a case: who has its card, else the bank that opens the account, else the
// centre. No case is without one.
const holderOf = `coalesce(k.holder_kind, case when a.state in ('opening', 'refused') then 'bank' else 'centre' end) as kind,
	coalesce(k.holder, case when a.state in ('opening', 'refused') then a.bank else 'centre' end) as name`

const late = ` from application a left join card c on c.application = a.id left join custody k on k.card = c.id and k.until = 0
	where a.city = $1 and a.submitted_at > 0 and a.made_at = 0 and a.closed_at = 0 and a.due_day < $2`

// OverdueBy groups a city's late cases by who has them, most first.
func OverdueBy(ctx context.Context, q db.Q, city ref.City, today string) ([]LateWith, error) {
	return db.List(ctx, q, func(r *sql.Rows) (l LateWith, err error) {
		return l, r.Scan(&l.Holder.Kind, &l.Holder.Name, &l.N, &l.Oldest)
	}, "select kind, name, count(*), min(due_day) from (select a.due_day, "+holderOf+late+") x group by kind, name order by 3 desc, 1, 2", string(city), today)
}

// LateCase is one late case with its holder.
type LateCase struct {
	Application ref.Application
	Card        ref.Card // "" while there is none
	State       string
	DueDay      string
	Since       time.Time // with this holder; zero while there is no card
}

// OverdueOf is one page of the late cases one holder has, the oldest promise first.
func OverdueOf(ctx context.Context, q db.Q, city ref.City, today string, h ref.Holder, offset, limit int) ([]LateCase, error) {
	return db.List(ctx, q, func(r *sql.Rows) (l LateCase, err error) {
		var since int64
		err = r.Scan(&l.Application, &l.Card, &l.State, &l.DueDay, &since)
		l.Since = db.Time(since)
		return l, err
	}, `select id, card, state, due_day, since from (select a.id, coalesce(c.id, '') as card, a.state, a.due_day, coalesce(k.since, 0) as since, `+holderOf+late+`) x
		where kind = $3 and name = $4 order by due_day, id limit $5 offset $6`, string(city), today, string(h.Kind), h.Name, limit, offset)
}
