package state_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/state"
)

var ctx = context.Background()

var door = &state.Cycle{Name: "door", Table: "door", Key: "id", Start: "shut", Moves: []state.Move{
	{From: "shut", Event: "open", To: "wide", Why: "somebody comes"},
	{From: "ajar", Event: "open", To: "wide", Why: "pushed"},
	{From: "wide", Event: "close", To: "shut", Why: "somebody went"},
	{From: "wide", Event: "swing", To: "ajar", Why: "wind"},
	{From: "wide", Event: "knock", To: "wide", Why: "stays where it is"},
}}

// doors makes a table and n doors, named d000 and so on, in state shut.
func doors(t *testing.T, n int, run func(t *testing.T, d *db.DB, ids []string)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ids := make([]string, n)
		for i := range ids {
			ids[i] = fmt.Sprintf("d%03d", i)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, "create table door (id text primary key, state text not null, rev bigint not null)"); err != nil {
				return err
			}
			_, err := tx.ExecEach(ctx, "insert into door (id, state, rev) select e.value ->> 0, 'shut', 0 from each($1) e", db.IDs(ids))
			return err
		})
		run(t, d, ids)
	}, door)
}

func apply(t *testing.T, d *db.DB, e state.Event, ids []string) error {
	t.Helper()
	return d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return state.Apply(ctx, tx, door, e, ids, "sit_1") })
}

func count(t *testing.T, d *db.DB, query string) int64 {
	t.Helper()
	n, err := db.Int(ctx, d, query)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestApplyMovesASet(t *testing.T) {
	doors(t, 500, func(t *testing.T, d *db.DB, ids []string) {
		if err := apply(t, d, "open", ids[:250]); err != nil {
			t.Fatal(err)
		}
		if err := apply(t, d, "swing", ids[:100]); err != nil {
			t.Fatal(err)
		}
		before := d.Statements()
		if err := apply(t, d, "open", append(append([]string{}, ids[:100]...), ids[250:]...)); err != nil { // from two states at once
			t.Fatal(err)
		}
		if n := d.Statements() - before; n != 5 { // one read, two updates, two inserts
			t.Errorf("%d statements", n)
		}
		if n := count(t, d, "select count(*) from door where state = 'wide'"); n != 500 {
			t.Errorf("%d wide", n)
		}
		steps, err := state.History(ctx, d, ids[:1])
		var way []string
		for _, s := range steps {
			way = append(way, fmt.Sprintf("%s-%s-%s", s.From, s.Event, s.To))
		}
		if got := strings.Join(way, " "); err != nil || got != "shut-open-wide wide-swing-ajar ajar-open-wide" {
			t.Errorf("history %q %v", got, err)
		}
		if steps[0].Sitting != "sit_1" || !steps[0].At.Equal(dbtest.Noon) || steps[0].Subject != ids[0] || steps[0].Cycle != "door" {
			t.Errorf("%+v", steps[0])
		}
	})
}

func TestApplyRefusesAllForOne(t *testing.T) {
	doors(t, 10, func(t *testing.T, d *db.DB, ids []string) {
		err := apply(t, d, "close", ids)
		f := fault.Of(err)
		if !errors.Is(err, state.ErrMove) || f.Kind != fault.Refused || f.Args["n"] != 10 || f.Args["state"] != "shut" {
			t.Fatalf("got %v %+v", err, f)
		}
		if err := apply(t, d, "open", append(ids, "stranger")); !errors.Is(err, state.ErrMove) || fault.Of(err).Args["n"] != 1 {
			t.Fatalf("a door that is not there: %v", err)
		}
		if n := count(t, d, "select count(*) from door where state <> 'shut' or rev <> 0"); n != 0 {
			t.Errorf("%d moved", n)
		}
		if err := apply(t, d, "open", nil); err != nil {
			t.Error(err)
		}
		if err := apply(t, d, "open", []string{ids[0], ids[0]}); err != nil || count(t, d, "select count(*) from history") != 1 {
			t.Errorf("named twice: %v", err)
		}
	})
}

func TestApplyWhereMovesWhatCan(t *testing.T) {
	doors(t, 6, func(t *testing.T, d *db.DB, ids []string) {
		if err := apply(t, d, "open", ids[:3]); err != nil {
			t.Fatal(err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			moved, err := state.ApplyWhere(ctx, tx, door, "open", ids, "sit_2")
			if got := strings.Join(moved, " "); got != "d003 d004 d005" {
				t.Errorf("moved %s", got)
			}
			return err
		})
	})
}

// Many at once make the same move that leads back to the same state: each of those that succeed
// moves the door on by one, and those that lost the race are told.
func TestRaceIsAConflict(t *testing.T) {
	doors(t, 1, func(t *testing.T, d *db.DB, ids []string) {
		if err := apply(t, d, "open", ids); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		errs := make([]error, 24)
		for i := range errs {
			wg.Go(func() { errs[i] = apply(t, d, "knock", ids) })
		}
		wg.Wait()
		good := int64(0)
		for _, err := range errs {
			switch {
			case err == nil:
				good++
			case !errors.Is(err, state.ErrMoved) || fault.Of(err).Kind != fault.Conflict:
				t.Errorf("got %v", err)
			}
		}
		if rev := count(t, d, "select rev from door"); good == 0 || rev != good+1 || count(t, d, "select count(*) from history") != good+1 {
			t.Errorf("%d succeeded, rev %d", good, rev)
		}
	})
}

// A member that somebody else moves between the read and the update is a conflict, even when the
// move led back to the same state. SQLite's only writer is never overtaken.
func TestMovedInBetween(t *testing.T) {
	doors(t, 2, func(t *testing.T, d *db.DB, ids []string) {
		if d.Engine == db.SQLite {
			t.Skip("there is one writer")
		}
		if err := apply(t, d, "open", ids); err != nil {
			t.Fatal(err)
		}
		second := make(chan error)
		dbtest.Write(t, d, func(tx *db.Tx) error {
			if err := state.Apply(ctx, tx, door, "knock", ids[1:], "first"); err != nil {
				return err
			}
			go func() { second <- apply(t, d, "knock", ids) }()
			for { // until the second one has read and waits for our row
				n, err := db.Int(ctx, d, `select count(*) from pg_stat_activity
					where wait_event_type = 'Lock' and query like 'update door%'`)
				if n > 0 || err != nil {
					return err
				}
			}
		})
		if err := <-second; !errors.Is(err, state.ErrMoved) {
			t.Fatalf("got %v", err)
		}
		if n := count(t, d, "select sum(rev) from door"); n != 3 {
			t.Errorf("%d moves", n)
		}
	})
}

func TestHistoryRefusesWhatTheTableRefuses(t *testing.T) {
	doors(t, 1, func(t *testing.T, d *db.DB, _ []string) {
		wild := *door
		wild.Moves = []state.Move{{From: "shut", Event: "burn", To: "ashes"}} // never declared
		err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return state.Apply(ctx, tx, &wild, "burn", []string{"d000"}, "s") })
		if err == nil || fault.Of(err) != nil {
			t.Fatalf("got %v", err)
		}
		if n := count(t, d, "select count(*) from door where state = 'shut'"); n != 1 {
			t.Error("the door moved all the same")
		}
	})
}

func TestDeclareTwice(t *testing.T) {
	doors(t, 0, func(t *testing.T, d *db.DB, _ []string) {
		dbtest.Write(t, d, func(tx *db.Tx) error { return state.Declare(ctx, tx, []*state.Cycle{door}) })
		if n := count(t, d, "select count(*) from move"); n != 5 {
			t.Errorf("%d moves", n)
		}
	})
}

func TestEventsAndDrawing(t *testing.T) {
	if got := fmt.Sprint(door.Events("wide")); got != "[close swing knock]" {
		t.Error(got)
	}
	if _, ok := door.Next("shut", "close"); ok {
		t.Error("a shut door closes")
	}
	if m := door.Mermaid(); !strings.Contains(m, "[*] --> shut") || !strings.Contains(m, "wide --> ajar: swing") {
		t.Error(m)
	}
}

// Whatever is done to a set, the database agrees with a model that only knows the table.
func TestDatabaseFollowsTheTable(t *testing.T) {
	doors(t, 8, func(t *testing.T, d *db.DB, ids []string) {
		model := map[string]state.State{}
		moves := int64(0)
		for _, i := range ids {
			model[i] = door.Start
		}
		rapid.Check(t, func(r *rapid.T) {
			set := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID[string]).Draw(r, "set")
			e := rapid.SampledFrom([]state.Event{"open", "close", "swing", "knock", "paint"}).Draw(r, "event")
			can := true
			for _, i := range set {
				_, ok := door.Next(model[i], e)
				can = can && ok
			}
			if err := apply(t, d, e, set); (err == nil) != can {
				r.Fatalf("%s on %v: %v, table says %v", e, set, err, can)
			}
			if can {
				moves += int64(len(set))
				for _, i := range set {
					model[i], _ = door.Next(model[i], e)
				}
			}
			found, _, err := state.Split(ctx, d, &state.Cycle{Table: "door", Key: "id", Moves: []state.Move{
				{From: "shut", Event: "x"}, {From: "ajar", Event: "x"}, {From: "wide", Event: "x"}}}, "x", ids)
			if err != nil {
				r.Fatal(err)
			}
			for _, a := range found {
				if model[a.ID] != a.State {
					r.Fatalf("%s is %s, model says %s", a.ID, a.State, model[a.ID])
				}
			}
		})
		if n := count(t, d, "select count(*) from history"); n != moves {
			t.Errorf("%d lines of history for %d moves", n, moves)
		}
	})
}
