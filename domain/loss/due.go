package loss

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// OverBy lists open temporary reports of a city that have run out at a moment, at most limit.
func OverBy(ctx context.Context, q db.Q, city ref.City, now time.Time, limit int) ([]Report, error) {
	return db.List(ctx, q, scan, columns+"where l.city = $1 and l.ended_at = 0 and l.until > 0 and l.until <= $2 order by l.until, l.id limit $3",
		string(city), now.UnixMicro(), limit)
}

// EndingBy lists open temporary reports of a city whose holders are to be told at a moment that they
// will run out, at most limit.
func EndingBy(ctx context.Context, q db.Q, city ref.City, now time.Time, limit int) ([]Report, error) {
	return db.List(ctx, q, scan, columns+`where l.city = $1 and l.ended_at = 0 and l.until > $2 and l.warn_at > 0 and l.warn_at <= $2 and l.warned_at = 0
		order by l.until, l.id limit $3`, string(city), now.UnixMicro(), limit)
}

// SetWarned notes that the holders of a set of reports were told.
func SetWarned(ctx context.Context, tx *db.Tx, all []Report) error {
	_, err := tx.ExecEach(ctx, "update loss set warned_at = cast($2 as bigint) where id in (select e.value ->> 0 from each($1) e)",
		db.Rows(all, func(r Report) db.Row { return db.Row{r.ID} }), tx.Micro())
	return err
}

// Next is when the next open temporary report of a city runs out or its holder is to be told; false
// when there is none.
func Next(ctx context.Context, q db.Q, city ref.City) (time.Time, bool, error) {
	n, err := db.Int(ctx, q, `select coalesce(min(case when warn_at > 0 and warned_at = 0 then warn_at else until end), 0) from loss
		where city = $1 and ended_at = 0 and until > 0`, string(city))
	return db.Time(n), n > 0, err
}

// Figures are a city's reports, counted. Those made only to change the bank are no losses: they stand
// apart and in none of the other numbers (XJ-15).
type Figures struct {
	Temporary  int64 // open
	Formal     int64 // open
	Reported   int64 // since the day asked for, one a loss: a formal report that follows a temporary one is not another
	Found      int64 // of them, released
	ChangeBank int64 // since the day asked for, to change the bank only
	Open       int64 // reports of either kind and any reason: how long the list is
}

// Count counts since a moment.
func Count(ctx context.Context, q db.Q, city ref.City, since time.Time) (Figures, error) {
	f, _, err := db.One(ctx, q, func(r *sql.Rows) (f Figures, err error) {
		return f, r.Scan(&f.Temporary, &f.Formal, &f.Reported, &f.Found, &f.ChangeBank, &f.Open)
	}, `select
		coalesce(sum(case when reason <> 'change_bank' and ended_at = 0 and kind = 'temporary' then 1 else 0 end), 0),
		coalesce(sum(case when reason <> 'change_bank' and ended_at = 0 and kind = 'formal' then 1 else 0 end), 0),
		coalesce(sum(case when reason <> 'change_bank' and since >= $2 and ending <> 'formally' then 1 else 0 end), 0),
		coalesce(sum(case when reason <> 'change_bank' and since >= $2 and ending = 'released' then 1 else 0 end), 0),
		coalesce(sum(case when reason = 'change_bank' and since >= $2 and ending <> 'formally' then 1 else 0 end), 0),
		coalesce(sum(case when ended_at = 0 then 1 else 0 end), 0)
		from loss where city = $1 and (ended_at = 0 or since >= $2)`, string(city), since.UnixMicro())
	return f, err
}
