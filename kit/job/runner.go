package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// lease is how long a claimed duty is left alone; a process that died gives it up after that, or
// at once when the same node starts again.
const lease = 10 * time.Minute

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
		_, err := tx.Exec(ctx, "update duty set leased_until = 0, due_at = $1 where leased_until > 0 and node = $2", tx.Micro(), r.Node)
		return err
	})
}

// duty is a claimed one. until is the end of its lease and the proof that it is still ours.
type duty struct {
	kind     Kind
	key      string
	attempts int64
	until    int64
}

func scanDuty(r *sql.Rows) (d duty, err error) { return d, r.Scan(&d.kind, &d.key, &d.attempts) }

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

// claim takes the duty that has waited longest: one that is due, or one whose lease ran out because
// its process died.
func (r *Runner) claim(ctx context.Context) (d duty, ok bool, err error) {
	err = r.DB.Write(ctx, r.Clock.Now(), func(tx *db.Tx) error {
		d, ok, err = db.One(ctx, tx, scanDuty, `select kind, key, attempts from duty
			where leased_until <= $1 and (due_at <= $1 or leased_until > 0)
			order by due_at, kind, key limit 1 for update skip locked`, tx.Micro())
		if err != nil || !ok {
			return err
		}
		d.until = tx.At().Add(lease).UnixMicro()
		_, err = tx.Exec(ctx, "update duty set due_at = $1, leased_until = $2, node = $3 where kind = $4 and key = $5",
			int64(silent), d.until, r.Node, string(d.kind), d.key)
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
	stopping := ctx.Err() != nil
	ctx = context.WithoutCancel(ctx) // what was done is written down even when the program stops
	var again Again
	switch {
	case err == nil:
		return r.done(ctx, d)
	case errors.As(err, &again):
		return r.back(ctx, d, again.At, 0, "")
	case stopping: // the next process begins where this one was
		return r.back(ctx, d, r.Clock.Now(), d.attempts, "")
	}
	rule, code := fault.RuleOf(err), "internal"
	if f := fault.Of(err); f != nil {
		code = f.Code
	}
	d.attempts++
	r.Log.Log(ctx, rule.Level, "duty not done", "kind", string(d.kind), "key", d.key, "attempts", d.attempts, "fault", code, "err", err)
	return r.back(ctx, d, r.Clock.Now().Add(Backoff(d.attempts)), d.attempts, code)
}

// ours limits a statement to a duty whose lease this runner still has.
const ours = " where kind = $1 and key = $2 and node = $3 and leased_until = $4"

// done ends a duty, unless its bell was rung meanwhile.
func (r *Runner) done(ctx context.Context, d duty) error {
	return r.DB.Write(ctx, r.Clock.Now(), func(tx *db.Tx) error {
		n, err := tx.Exec(ctx, "delete from duty"+ours+" and due_at = $5", string(d.kind), d.key, r.Node, d.until, int64(silent))
		if err == nil && n == 0 {
			_, err = tx.Exec(ctx, "update duty set leased_until = 0, attempts = 0, last_fault = ''"+ours, string(d.kind), d.key, r.Node, d.until)
		}
		return err
	})
}

// back gives a duty back, due at due or when its bell was rung, whichever is earlier.
func (r *Runner) back(ctx context.Context, d duty, due time.Time, attempts int64, code string) error {
	return r.DB.Write(ctx, r.Clock.Now(), func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, "update duty set leased_until = 0, attempts = $5, last_fault = $6, due_at = case when due_at < $7 then due_at else $7 end"+ours,
			string(d.kind), d.key, r.Node, d.until, attempts, code, due.UnixMicro())
		return err
	})
}

func safely(ctx context.Context, h Handler, key string) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in duty: %v\n%s", p, debug.Stack())
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

// Next is when the next duty falls due, or a lease ends; ok is false when there is none at all.
func (r *Runner) Next(ctx context.Context) (at time.Time, ok bool, err error) {
	n, ok, err := db.One(ctx, r.DB, func(r *sql.Rows) (n int64, err error) { return n, r.Scan(&n) },
		"select case when leased_until > 0 then leased_until else due_at end as at from duty order by at limit 1")
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
