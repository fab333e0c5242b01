package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/job"
)

var ctx = context.Background()

const kind job.Kind = "test.ring"

func put(t testing.TB, d *db.DB, key string, due time.Time) {
	t.Helper()
	dbtest.Write(t, d, func(tx *db.Tx) error { return job.Put(ctx, tx, kind, key, due) })
}

func runner(d *db.DB, node string, c clock.Clock, h job.Handler) *job.Runner {
	r := &job.Runner{DB: d, Clock: c, Node: node, Log: slog.New(slog.DiscardHandler)}
	r.Handle(kind, h)
	return r
}

func runDue(t *testing.T, r *job.Runner, want int) {
	t.Helper()
	if n, err := r.RunDue(ctx); n != want || err != nil {
		t.Fatalf("ran %d, want %d; %v", n, want, err)
	}
}

func next(t *testing.T, r *job.Runner) (time.Duration, bool) {
	t.Helper()
	at, ok, err := r.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return at.Sub(r.Clock.Now()), ok
}

func TestRunsWhatIsDueInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.At(dbtest.Noon)
		var ran []string
		r := runner(d, "a", c, func(_ context.Context, key string) error { ran = append(ran, key); return nil })
		put(t, d, "late", dbtest.Noon.Add(time.Hour))
		put(t, d, "second", dbtest.Noon)
		put(t, d, "first", dbtest.Noon.Add(-time.Minute))
		put(t, d, "second", dbtest.Noon.Add(time.Hour)) // the earlier time wins
		runDue(t, r, 2)
		if in, ok := next(t, r); in != time.Hour || !ok {
			t.Errorf("next in %v", in)
		}
		c.Add(time.Hour)
		runDue(t, r, 1)
		if got := strings.Join(ran, " "); got != "first second late" {
			t.Error(got)
		}
		if _, ok := next(t, r); ok {
			t.Error("something is left")
		}
	})
}

func TestFailureComesBackEverMoreSlowly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.At(dbtest.Noon)
		var err error = fault.New(fault.Outside, "test.away", "away")
		r := runner(d, "a", c, func(context.Context, string) error { return err })
		put(t, d, "k", dbtest.Noon)
		for _, wait := range []time.Duration{10, 20, 40} {
			runDue(t, r, 1)
			if in, _ := next(t, r); in != wait*time.Second {
				t.Errorf("next in %v, want %vs", in, int(wait))
			}
			c.Add(wait * time.Second)
		}
		stuck, e := job.AllStuck(ctx, d, 10)
		if e != nil || len(stuck) != 1 || stuck[0].Attempts != 3 || stuck[0].Code != "test.away" || stuck[0].Key != "k" {
			t.Errorf("%+v %v", stuck, e)
		}
		err = errors.New("a secret")
		runDue(t, r, 1)
		if stuck, _ = job.AllStuck(ctx, d, 10); stuck[0].Code != "internal" {
			t.Errorf("%+v", stuck)
		}
		c.Add(time.Hour)
		err = nil
		runDue(t, r, 1)
		if _, ok := next(t, r); ok {
			t.Error("a done duty stays")
		}
	})
}

func TestFailureStopsNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var ran []string
		r := runner(d, "a", clock.At(dbtest.Noon), func(_ context.Context, key string) error {
			ran = append(ran, key)
			switch key {
			case "1":
				panic("broken")
			case "2":
				return errors.New("broken")
			}
			return nil
		})
		dbtest.Write(t, d, func(tx *db.Tx) error { return job.Put(ctx, tx, "test.unknown", "x", dbtest.Noon) })
		for _, k := range []string{"1", "2", "3"} {
			put(t, d, k, dbtest.Noon)
		}
		runDue(t, r, 4)
		if got := strings.Join(ran, " "); got != "1 2 3" {
			t.Error(got)
		}
		if stuck, err := job.AllStuck(ctx, d, 10); len(stuck) != 3 || err != nil {
			t.Errorf("%+v %v", stuck, err)
		}
	})
}

func TestStandingDuty(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.At(dbtest.Noon)
		r := runner(d, "a", c, func(context.Context, string) error { return job.Again{At: c.Now().Add(time.Hour)} })
		put(t, d, "k", dbtest.Noon)
		for range 3 {
			runDue(t, r, 1)
			if in, _ := next(t, r); in != time.Hour {
				t.Fatalf("next in %v", in)
			}
			c.Add(time.Hour)
		}
	})
}

// A bell rung while the duty runs is kept, for the time it was rung for: by the handler itself or by
// somebody else, whether the run ends well, ill or with a time of its own.
func TestBellDuringTheRun(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, x := range []struct {
			ring, want time.Duration
			end        error
		}{
			{0, 0, nil},
			{72 * time.Hour, 72 * time.Hour, nil},
			{72 * time.Hour, 10 * time.Second, errors.New("broken")},
			{time.Second, time.Second, errors.New("broken")},
			{72 * time.Hour, time.Hour, job.Again{At: dbtest.Noon.Add(time.Hour)}},
			{time.Minute, time.Minute, job.Again{At: dbtest.Noon.Add(time.Hour)}},
		} {
			var r *job.Runner
			runs := 0
			r = runner(d, "a", clock.At(dbtest.Noon), func(_ context.Context, key string) error {
				if runs++; runs == 1 {
					put(t, d, key, dbtest.Noon.Add(x.ring))
					return x.end
				}
				return nil
			})
			put(t, d, "k", dbtest.Noon)
			if x.want == 0 {
				runDue(t, r, 2)
				continue
			}
			runDue(t, r, 1)
			if in, ok := next(t, r); in != x.want || !ok {
				t.Errorf("%+v: next in %v %v", x, in, ok)
			}
			dbtest.Write(t, d, func(tx *db.Tx) error { _, err := tx.Exec(ctx, "delete from duty"); return err })
		}
	})
}

// A process that dies in the middle of a duty: another node may run it when the lease is over, the
// same node at once when it starts again.
func TestCrash(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, node := range []string{"b", "a"} {
			c := clock.At(dbtest.Noon)
			dead := runner(d, "a", c, func(context.Context, string) error { select {} })
			put(t, d, "k", dbtest.Noon)
			go func() { _, _ = dead.RunDue(ctx) }() // never comes back, as a process killed with -9
			for claimed := int64(0); claimed == 0; {
				claimed, _ = db.Int(ctx, d, "select count(*) from duty where leased_until > 0")
			}
			ran := 0
			r := runner(d, node, c, func(context.Context, string) error { ran++; return nil })
			runDue(t, r, 0)
			if node == "a" {
				if err := r.Start(ctx); err != nil {
					t.Fatal(err)
				}
			} else {
				in, _ := next(t, r)
				c.Add(in)
			}
			runDue(t, r, 1)
			if _, ok := next(t, r); ran != 1 || ok {
				t.Errorf("node %s: ran %d, something left %v", node, ran, ok)
			}
		}
	})
}

// A runner that lost its lease must not settle the duty under the hands of the one who has it now.
func TestLostLeaseSettlesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.At(dbtest.Noon)
		second := runner(d, "b", c, func(context.Context, string) error { return fault.New(fault.Outside, "test.away", "away") })
		first := runner(d, "a", c, func(context.Context, string) error {
			c.Add(time.Hour)
			_, err := second.RunDue(ctx)
			return err
		})
		put(t, d, "k", dbtest.Noon)
		runDue(t, first, 1)
		stuck, err := job.AllStuck(ctx, d, 10)
		if err != nil || len(stuck) != 1 || stuck[0].Attempts != 1 {
			t.Errorf("the second one's failure was lost: %+v %v", stuck, err)
		}
	})
}

func TestStoppingGivesBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.At(dbtest.Noon)
		stopping, cancel := context.WithCancel(ctx)
		r := runner(d, "a", c, func(ctx context.Context, _ string) error { cancel(); return ctx.Err() })
		put(t, d, "k", dbtest.Noon)
		if n, err := r.RunDue(stopping); n != 1 || !errors.Is(err, context.Canceled) {
			t.Errorf("ran %d, %v", n, err)
		}
		if in, ok := next(t, r); in != 0 || !ok {
			t.Errorf("next in %v %v", in, ok)
		}
		if stuck, _ := job.AllStuck(ctx, d, 10); len(stuck) != 0 {
			t.Errorf("stopping counts as a failure: %+v", stuck)
		}
	})
}

// Several nodes on one database: every duty is done once, and no two nodes ever have the same one.
func TestNodesShareTheWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const duties, nodes = 120, 4
		for i := range duties {
			put(t, d, fmt.Sprintf("k%03d", i), dbtest.Noon)
		}
		var mu sync.Mutex
		inside, ran := map[string]bool{}, map[string]int{}
		var wg sync.WaitGroup
		for n := range nodes {
			r := runner(d, fmt.Sprint("node", n), clock.At(dbtest.Noon), func(_ context.Context, key string) error {
				mu.Lock()
				if inside[key] {
					t.Errorf("%s runs twice at once", key)
				}
				inside[key] = true
				ran[key]++
				mu.Unlock()
				if _, err := db.Int(ctx, d, "select count(*) from duty"); err != nil { // some work
					return err
				}
				mu.Lock()
				inside[key] = false
				mu.Unlock()
				return nil
			})
			wg.Go(func() {
				if _, err := r.RunDue(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for k, n := range ran {
			if n != 1 {
				t.Errorf("%s ran %d times", k, n)
			}
		}
		if len(ran) != duties {
			t.Errorf("%d of %d ran", len(ran), duties)
		}
	})
}

func TestRunUntilStopped(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		stopping, cancel := context.WithCancel(ctx)
		r := runner(d, "a", clock.At(dbtest.Noon), func(context.Context, string) error { cancel(); return nil })
		put(t, d, "k", dbtest.Noon)
		if err := r.Run(stopping, time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if _, ok := next(t, r); ok {
			t.Error("the last duty was given back though it was done")
		}
	})
}

func TestBackoff(t *testing.T) {
	want := []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second}
	if got := []time.Duration{job.Backoff(1), job.Backoff(2), job.Backoff(3)}; !slices.Equal(got, want) {
		t.Error(got)
	}
	if job.Backoff(100) != 6*time.Hour || job.Backoff(1<<40) != 6*time.Hour {
		t.Error("no upper end")
	}
}
