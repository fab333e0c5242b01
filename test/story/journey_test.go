package story

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"kawu/app"
	"kawu/app/demo"
	"kawu/domain/audit"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/kit/clock"
	"kawu/kit/db/dbtest"
)

// found founds a demo's house on an engine with its simulators in this process. arrange changes the
// world before it is founded.
func found(t *testing.T, dsn string, people int, arrange ...func(*demo.World)) *demo.Demo {
	t.Helper()
	dir := t.TempDir()
	partners, addresses, err := app.StartPartners(dir, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, p := range partners {
			if err := p.Stop(); err != nil {
				t.Error(err)
			}
		}
	})
	at, err := app.City("beijing")
	if err != nil {
		t.Fatal(err)
	}
	now := clock.At(demo.Start)
	h, err := app.Open(context.Background(), app.Config{Data: dir, DB: dsn, City: ref.City(at.ID), Clock: now, Partners: addresses, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	d := &demo.Demo{House: h, Clock: now, World: demo.Make(at, people)}
	for _, f := range arrange {
		f(d.World)
	}
	steps(t, d.Settle, h.Start)
	return d
}

func steps(t *testing.T, all ...func(context.Context) error) {
	t.Helper()
	for _, do := range all {
		if err := do(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
}

// whole checks what must be true at the end of every journey, however it went.
func whole(t *testing.T, d *demo.Demo) {
	t.Helper()
	ctx := context.Background()
	s, err := d.Sum(ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	if !s.Whole() {
		t.Errorf("the journey is not whole: %+v", s)
	}
	if s.Confirmed == 0 || s.RowsRefused == 0 || len(s.Exceptions) == 0 {
		t.Errorf("the journey had nothing to prove: %+v", s)
	}
	trail, err := audit.Verify(ctx, d.House.Store, d.House.Key.Public())
	if err != nil || trail.Broken > 0 {
		t.Errorf("audit trail: %+v %v", trail, err)
	}
	gaps, err := custody.Gaps(ctx, d.House.Store)
	if err != nil || len(gaps) > 0 {
		t.Errorf("chains of custody with gaps: %v %v", gaps, err)
	}
	n, err := report.Count(ctx, d.House.Store, d.House.City, d.Clock.Now().Format(time.DateOnly))
	if err != nil {
		t.Fatal(err)
	}
	if n.Accepted < n.Made || n.Made < n.Delivered || n.Delivered < n.Enabled {
		t.Errorf("accepted ≥ made ≥ delivered ≥ enabled does not hold: %+v", n)
	}
	if n.Overdue > 0 {
		t.Errorf("%d promises were broken", n.Overdue)
	}
}

func TestJourney(t *testing.T) {
	t.Parallel()
	for _, engine := range dbtest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			d := found(t, dbtest.Made(t, engine), 60)
			steps(t, d.Apply, d.Journey)
			whole(t, d)
		})
	}
}
