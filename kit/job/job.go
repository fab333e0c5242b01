// Package job works off what is due.
//
// States are the queue: what waits is told by the rows of the rooms. A duty is only the bell that
// says "look now": a kind and a key, unique together, with a time. A handler does its reading and
// its calls to partners with no transaction open, writes through the desk, and must be able to be
// run again from the start at any moment, because a process may be killed anywhere. The default
// after a failure is "not done": the duty stays and is tried again later, ever more slowly. Owns
// the table duty: claims, leases, attempts and back-off are here and nowhere else.
package job

import (
	"context"
	"database/sql"
	"math"
	"time"

	"kawu/kit/db"
)

// Kind names a sort of duty: "account.export".
type Kind string

// Handler does one duty. It returns when the duty is done, or an error when it is not.
type Handler func(ctx context.Context, key string) error

// Again is returned by a handler whose duty is a standing one: it is due again at At.
type Again struct{ At time.Time }

func (a Again) Error() string { return "due again at " + a.At.Format(time.RFC3339) }

// silent is the due_at of a claimed duty that nobody has rung since. A bell rung during a run
// replaces it, so the duty stays when the run is done, even if it was the handler that rang.
const silent = math.MaxInt64

// Put rings the bell: the duty is due at due. When it waits already the earlier time wins; a run
// that is under way is followed by another at due.
func Put(ctx context.Context, tx *db.Tx, k Kind, key string, due time.Time) error {
	_, err := tx.Exec(ctx, `insert into duty (kind, key, due_at, attempts, leased_until, node, last_fault)
		values ($1, $2, $3, 0, 0, '', '') on conflict (kind, key) do update
		set due_at = case when duty.due_at < excluded.due_at then duty.due_at else excluded.due_at end`,
		string(k), key, due.UnixMicro())
	return err
}

// Stuck is a duty that has failed at least once and waits to be tried again.
type Stuck struct {
	Kind     Kind
	Key      string
	Attempts int64
	Code     string    // fault code of the last failure
	Due      time.Time // or the end of the lease, while it is tried
}

// AllStuck lists duties that failed, worst first, at most limit.
func AllStuck(ctx context.Context, q db.Q, limit int) ([]Stuck, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Stuck, err error) {
		var due int64
		err = r.Scan(&s.Kind, &s.Key, &s.Attempts, &s.Code, &due)
		s.Due = time.UnixMicro(due)
		return s, err
	}, `select kind, key, attempts, last_fault, case when leased_until > 0 then leased_until else due_at end
		from duty where attempts > 0 order by attempts desc, due_at limit $1`, limit)
}
