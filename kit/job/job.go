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
	"errors"
	"fmt"
	"log/slog"
	"time"

	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// Kind names a sort of duty: "account.export".
type Kind string

// Handler does one duty. It returns when the duty is done, or an error when it is not.
type Handler func(ctx context.Context, key string) error

// Again is returned by a handler whose duty is a standing one: it is due again at At.
type Again struct{ At time.Time }

func (a Again) Error() string { return "due again at " + a.At.Format(time.RFC3339) }

// lease is how long a claimed duty is left alone; a process that died gives it up after that, or
// at once when the same node starts again.
const lease = 10 * time.Minute

// Put rings the bell: the duty is due at due. When it is already there the earlier time wins, and
// a run that is under way is followed by another.
func Put(ctx context.Context, tx *db.Tx, k Kind, key string, due time.Time) error {
	_, err := tx.Exec(ctx, `insert into duty (kind, key, due_at, rev, attempts, leased_until, node, last_fault)
		values ($1, $2, $3, 0, 0, 0, '', '')
		on conflict (kind, key) do update set rev = duty.rev + 1,
		due_at = case when duty.due_at < excluded.due_at then duty.due_at else excluded.due_at end`,
		string(k), key, due.UnixMicro())
	return err
}

// Runner claims and runs duties of one node.
type Runner struct {
	DB    *db.DB
	Clock clock.Clock
	Node  string // unique among running processes; a restarted node takes its own leases back
	Log   *slog.Logger
	kinds map[Kind]Handler
}

// Handle registers the handler of a kind. Registering a kind twice is a programming error.
func (r *Runner) Handle(k Kind, h Handler) {
	if r.kinds == nil {
		r.kinds = map[Kind]Handler{}
	}
	if _, twice := r.kinds[k]; twice {
		panic("job: two handlers for " + string(k))
	}
	r.kinds[k] = h
}

// Start gives back the leases this node held when it died.
func (r *Runner) Start(ctx context.Context) error {
	return r.DB.Write(ctx, r.Clock.Now(), func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, "update duty set leased_until = 0 where node = $1", r.Node)
		return err
	})
}

type duty struct {
	kind     Kind
	key      string
	rev      int64
	attempts int64
}

func scanDuty(r *sql.Rows) (d duty, err error) { return d, r.Scan(&d.kind, &d.key, &d.rev, &d.attempts) }

// RunDue runs what is due now, one after the other, until nothing is; it returns how many ran.
// Duties that fail are left for later and do not stop the others.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		d, ok, err := r.claim(ctx)
		if err != nil || !ok {
			return n, err
		}
		if err := r.run(ctx, d); err != nil {
			return n, err
		}
	}
}

func (r *Runner) claim(ctx context.Context) (d duty, ok bool, err error) {
	err = r.DB.Write(ctx, r.Clock.Now(), func(tx *db.Tx) error {
		d, ok, err = db.One(ctx, tx, scanDuty, `update duty set leased_until = $2, node = $3
			where (kind, key) in (select kind, key from duty where due_at <= $1 and leased_until <= $1
			order by due_at, kind, key limit 1 for update skip locked)
			returning kind, key, rev, attempts`, tx.Micro(), tx.At().Add(lease).UnixMicro(), r.Node)
		return err
	})
	return d, ok, err
}

func (r *Runner) run(ctx context.Context, d duty) error {
	h, ok := r.kinds[d.kind]
	err := fmt.Errorf("no handler for duty %s", d.kind)
	if ok {
		err = safely(ctx, h, d.key)
	}
	var again Again
	switch {
	case err == nil:
		return r.finish(ctx, d, `delete from duty where kind = $1 and key = $2 and rev = $3`)
	case errors.As(err, &again):
		return r.finish(ctx, d, `update duty set due_at = $4, leased_until = 0, attempts = 0, last_fault = ''
			where kind = $1 and key = $2 and rev = $3`, again.At.UnixMicro())
	case ctx.Err() != nil: // stopping: give the duty back untouched
		return r.finish(context.WithoutCancel(ctx), d, `update duty set leased_until = 0 where kind = $1 and key = $2 and rev = $3`)
	}
	rule := fault.RuleOf(err)
	code := "internal"
	if f := fault.Of(err); f != nil {
		code = f.Code
	}
	r.Log.Log(ctx, rule.Level, "duty not done", "kind", string(d.kind), "key", d.key, "attempts", d.attempts+1, "fault", code, "err", err)
	return r.finish(ctx, d, `update duty set due_at = $4, leased_until = 0, attempts = attempts + 1, last_fault = $5
		where kind = $1 and key = $2 and rev = $3`, r.Clock.Now().Add(Backoff(d.attempts+1)).UnixMicro(), code)
}

// finish settles a claimed duty; when somebody rang its bell meanwhile (rev moved on) the duty is
// only given back, so that it runs once more.
func (r *Runner) finish(ctx context.Context, d duty, query string, args ...any) error {
	return r.DB.Write(ctx, r.Clock.Now(), func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, query, append([]any{string(d.kind), d.key, d.rev}, args...)...)
		if err == nil && n == 0 {
			_, err = tx.Exec(ctx, `update duty set leased_until = 0 where kind = $1 and key = $2`, string(d.kind), d.key)
		}
		return err
	})
}

func safely(ctx context.Context, h Handler, key string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in duty: %v", p)
		}
	}()
	return h(ctx, key)
}

// Backoff is the wait before attempt n+1: 10 s, 20 s, 40 s … at most 6 hours.
func Backoff(attempts int64) time.Duration {
	d := 10 * time.Second
	for ; attempts > 1 && d < 6*time.Hour; attempts-- {
		d *= 2
	}
	return min(d, 6*time.Hour)
}

// Next is when the next duty falls due; ok is false when there is none at all.
func (r *Runner) Next(ctx context.Context) (at time.Time, ok bool, err error) {
	n, ok, err := db.One(ctx, r.DB, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) },
		"select case when leased_until > due_at then leased_until else due_at end from duty order by 1 limit 1")
	return time.UnixMicro(n).In(clock.Zone), ok, err
}

// Run works until ctx ends: what is due now, then a look every pause.
func (r *Runner) Run(ctx context.Context, pause time.Duration) error {
	if err := r.Start(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if _, err := r.RunDue(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("duties stopped for a moment", "err", err)
		}
		clock.Sleep(pause, ctx.Done())
	}
	return nil
}

// Stuck is a duty that has failed at least once and waits to be tried again.
type Stuck struct {
	Kind     Kind
	Key      string
	Attempts int64
	Code     string // fault code of the last failure
	Due      time.Time
}

// AllStuck lists duties that failed, worst first, at most limit.
func AllStuck(ctx context.Context, q db.Q, limit int) ([]Stuck, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Stuck, err error) {
		var due int64
		err = r.Scan(&s.Kind, &s.Key, &s.Attempts, &s.Code, &due)
		s.Due = time.UnixMicro(due)
		return s, err
	}, "select kind, key, attempts, last_fault, due_at from duty where attempts > 0 order by attempts desc, due_at limit $1", limit)
}
