package access

import (
	"context"
	"database/sql"
	"time"

	"kawu/kit/db"
	"kawu/kit/fault"
)

// Limit is how often something may be tried in a window that begins with the first try.
type Limit struct {
	Name   string
	Most   int64
	Window time.Duration
}

// AgainAfter is how long a citizen waits for the next code.
const AgainAfter = time.Minute

// The limits. Failed sign-ins count, successful ones are given back. Offices and mobile networks put
// many people behind one address, so the limits by address are wide and only stop machines.
var (
	PerLogin    = Limit{"login", 10, 15 * time.Minute}
	PerAddress  = Limit{"address", 200, 15 * time.Minute}
	PerIdentity = Limit{"identity", 6, time.Hour}
	PerAgain    = Limit{"again", 1, AgainAfter}
)

// ErrLocked is ErrTooMany for one login.
var ErrLocked = fault.New(fault.TooMany, "access.locked", "{login} was tried too often and is locked until {at}")

// ErrTooMany is the refusal of one more try; n is how many minutes the window has left, at least 1, and at
// the time of day when it ends.
var ErrTooMany = fault.New(fault.TooMany, "access.too_many", "too many tries; try again in {n} minutes")

// Count counts one try of somebody and refuses it when there were too many. The refusal is told
// apart from errors, because the count stands only if the caller commits.
func Count(ctx context.Context, tx *db.Tx, l Limit, who string) (refused, err error) {
	var n, since int64
	_, _, err = db.One(ctx, tx, func(r *sql.Rows) (struct{}, error) { return struct{}{}, r.Scan(&n, &since) },
		`insert into attempt (bucket_mark, n, since) values ($1, 1, $2) on conflict (bucket_mark) do update
		set n = case when attempt.since <= $3 then 1 else attempt.n + 1 end,
		since = case when attempt.since <= $3 then excluded.since else attempt.since end returning n, since`,
		l.bucket(tx, who), tx.Micro(), tx.At().Add(-l.Window).UnixMicro())
	if err != nil || n <= l.Most {
		return nil, err
	}
	end := db.Time(since).Add(l.Window)
	minutes := max(1, int((end.Sub(tx.At())+time.Minute-1)/time.Minute))
	return fault.New(ErrTooMany.Kind, ErrTooMany.Code, ErrTooMany.Message, "n", minutes, "at", end.Format(time.TimeOnly)), nil
}

// GiveBack takes one try off, after a sign-in that was right.
func GiveBack(ctx context.Context, tx *db.Tx, l Limit, who string) error {
	_, err := tx.Exec(ctx, "update attempt set n = n - 1 where bucket_mark = $1 and n > 0", l.bucket(tx, who))
	return err
}

// Forget removes counters that no limit looks at any more, and codes and sessions that ended long
// before; the audit trail keeps who signed in.
func Forget(ctx context.Context, tx *db.Tx, before time.Time) error {
	for _, q := range []string{
		"delete from attempt where since < $1",
		"delete from login_code where until < $1",
		"delete from session where until < $1 or (ended_at > 0 and ended_at < $1)",
	} {
		if _, err := tx.Exec(ctx, q, before.UnixMicro()); err != nil {
			return err
		}
	}
	return nil
}

func (l Limit) bucket(q db.Q, who string) string {
	return q.Box().Digest("access.bucket", l.Name+" "+who)
}
