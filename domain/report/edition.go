package report

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Filed counts the cases filed under one edition.
type Filed struct {
	All  int64 // people's applications, and collective ones that name nobody yet
	Open int64
}

// without is a collective application that names nobody yet: it keeps its edition all the same.
const without = " and not exists (select 1 from application a where a.collective = c.id)"

// ByEdition counts a city's cases by the edition they keep.
func ByEdition(ctx context.Context, q db.Q, city ref.City) (map[ref.Edition]Filed, error) {
	out := map[ref.Edition]Filed{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var e ref.Edition
		var f Filed
		err := r.Scan(&e, &f.All, &f.Open)
		f.All, f.Open = f.All+out[e].All, f.Open+out[e].Open
		out[e] = f
		return err
	}, `select edition, count(*), coalesce(sum(case when closed_at = 0 then 1 else 0 end), 0) from application where city = $1 group by edition
		union all select c.edition, count(*), coalesce(sum(case when c.state <> 'closed' then 1 else 0 end), 0) from collective c
		where c.city = $1`+without+" group by c.edition", string(city))
	return out, err
}

// OpenSince counts a city's open cases that were filed at a moment or later.
func OpenSince(ctx context.Context, q db.Q, city ref.City, since time.Time) (int64, error) {
	people, err := db.Int(ctx, q, "select count(*) from application where city = $1 and closed_at = 0 and opened_at >= $2", string(city), since.UnixMicro())
	if err != nil {
		return 0, err
	}
	empty, err := db.Int(ctx, q, "select count(*) from collective c where c.city = $1 and c.state <> 'closed' and c.opened_at >= $2"+without, string(city), since.UnixMicro())
	return people + empty, err
}
