package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
)

var ctx = context.Background()

// table makes the table that these tests write to.
func table(t *testing.T, run func(t *testing.T, d *db.DB)) {
	dbtest.Bare(t, func(t *testing.T, d *db.DB) {
		dbtest.Write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "create table thing (id text primary key, n bigint, note text)")
			return err
		})
		run(t, d)
	})
}

func add(tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, "insert into thing (id, n, note) values ($1, 0, '')", id)
	return err
}

func ids(t *testing.T, d *db.DB) []string {
	t.Helper()
	out, err := db.Text[string](ctx, d, "select id from thing order by id")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestUnknownAddress(t *testing.T) {
	if _, err := db.Open(ctx, "mysql://x", dbtest.Box()); fault.Of(err) == nil {
		t.Fatalf("got %v", err)
	}
}

// Requests that share a commit: one that fails, one that panics and one whose goroutine ends inside
// undo themselves and nobody else.
func TestNeighboursAreKept(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		wrong := errors.New("wrong")
		var wg sync.WaitGroup
		for i := range 200 {
			wg.Go(func() {
				defer func() {
					if p := recover(); p != nil && p != "panic" {
						panic(p)
					}
				}()
				err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
					if err := add(tx, fmt.Sprintf("%03d", i)); err != nil {
						return err
					}
					switch i % 4 {
					case 1:
						return wrong
					case 2:
						panic("panic")
					case 3:
						runtime.Goexit()
					}
					return nil
				})
				if want := map[int]error{0: nil, 1: wrong}[i%4]; err != want {
					t.Errorf("%d: got %v, want %v", i, err, want)
				}
			})
		}
		wg.Wait()
		got := ids(t, d)
		if len(got) != 50 || got[1] != "004" {
			t.Fatalf("kept %d: %v", len(got), got)
		}
	})
}

func TestTaken(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		one := func(tx *db.Tx) error { return add(tx, "a") }
		dbtest.Write(t, d, one)
		err := d.Write(ctx, dbtest.Noon, one)
		if !errors.Is(err, db.Taken) || fault.Of(err).Kind != fault.Conflict {
			t.Fatalf("got %v", err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "create unique index thing_note on thing (note) where n > 0")
			return err
		})
		err = d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "insert into thing (id, n, note) values ('b', 1, 'x'), ('c', 1, 'x')")
			return err
		})
		if !errors.Is(err, db.Taken) {
			t.Fatalf("partial index: got %v", err)
		}
	})
}

// A statement that is no broken key says what it was; it is internal.
func TestOtherErrorsNameTheStatement(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { _, err := tx.Exec(ctx, "select nothing_such"); return err })
		if err == nil || fault.Of(err) != nil || !strings.Contains(err.Error(), "nothing_such") {
			t.Fatalf("got %v", err)
		}
	})
}

func TestPlaceholdersByNumber(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		got, err := db.Text[string](ctx, d, "select cast($2 as text) || cast($1 as text) || cast($2 as text)", "a", "b")
		if err != nil || got[0] != "bab" {
			t.Fatalf("got %v %v", got, err)
		}
	})
}

var hard = []string{"", "张三", "𠮷野", "阿卜杜·买买提", `"q" \ / <&> `, "tab\tline\n", "😀", "null", "12", "1e3", "\u2028", "'; drop table thing; --"}

func TestEachKeepsValues(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		rows := make([]db.Row, 0, len(hard)+1)
		for i, s := range hard {
			rows = append(rows, db.Row{fmt.Sprintf("%02d", i), int64(1)<<53 + int64(i), s})
		}
		rows = append(rows, db.Row{"nil", nil, nil})
		dbtest.Write(t, d, func(tx *db.Tx) error {
			n, err := tx.ExecEach(ctx, `insert into thing (id, n, note)
				select e.value ->> 0, cast(e.value ->> 1 as bigint) + cast($2 as bigint), e.value ->> 2 from each($1) e`, rows, 1)
			if n != int64(len(rows)) {
				t.Errorf("changed %d of %d", n, len(rows))
			}
			return err
		})
		for i, want := range hard {
			got, found, err := db.One(ctx, d, func(r *sql.Rows) (x struct {
				n int64
				s string
			}, err error) {
				return x, r.Scan(&x.n, &x.s)
			}, "select n, note from thing where id = $1", fmt.Sprintf("%02d", i))
			if err != nil || !found || got.s != want || got.n != int64(1)<<53+int64(i)+1 {
				t.Errorf("%q: got %+v %v %v", want, got, found, err)
			}
		}
		if n, err := db.Int(ctx, d, "select count(*) from thing where n is null and note is null"); n != 1 || err != nil {
			t.Errorf("nil: %d %v", n, err)
		}
	})
}

func TestEmptySetIsNothingToDo(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		before := d.Statements()
		dbtest.Write(t, d, func(tx *db.Tx) error {
			_, err := tx.ExecEach(ctx, "delete from thing where id in (select e.value ->> 0 from each($1) e)", nil)
			return err
		})
		if d.Statements() != before {
			t.Error("a statement for an empty set")
		}
	})
}

// 25,000 members are three statements, and every member arrives once.
func TestLargeSets(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		const size = 25_000
		names := make([]string, size)
		for i := range names {
			names[i] = fmt.Sprintf("thing_%026d", i)
		}
		before := d.Statements()
		dbtest.Write(t, d, func(tx *db.Tx) error {
			n, err := tx.ExecEach(ctx, "insert into thing (id, n, note) select e.value ->> 0, 0, '' from each($1) e", db.IDs(names))
			if n != size {
				t.Errorf("inserted %d", n)
			}
			return err
		})
		if n := d.Statements() - before; n != 3 {
			t.Errorf("%d statements", n)
		}
		var got []string
		err := db.QueryEach(ctx, d, "select t.id from thing t join each($1) e on t.id = e.value ->> 0 order by t.id", db.IDs(names), func(r *sql.Rows) error {
			var s string
			err := r.Scan(&s)
			got = append(got, s)
			return err
		})
		if err != nil || !slices.Equal(got, names) {
			t.Fatalf("read %d, %v", len(got), err)
		}
	})
}

func TestCancellation(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := d.Write(gone, dbtest.Noon, func(tx *db.Tx) error { return add(tx, "never") }); !errors.Is(err, context.Canceled) {
			t.Errorf("before: got %v", err)
		}
		// Cancelled in the middle: all or nothing, and what others write beside it stays.
		mid, cancel := context.WithCancel(ctx)
		var wg sync.WaitGroup
		wg.Go(func() {
			err := d.Write(mid, dbtest.Noon, func(tx *db.Tx) error {
				if err := add(tx, "m1"); err != nil {
					return err
				}
				cancel()
				_, err := tx.Exec(mid, "insert into thing (id, n, note) values ('m2', 0, '')")
				return err
			})
			if d.Engine == db.SQLite && err != nil {
				t.Errorf("got %v", err)
			}
		})
		for i := range 20 {
			wg.Go(func() {
				if err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return add(tx, fmt.Sprintf("n%02d", i)) }); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got := ids(t, d)
		if n := len(got); n != 20 && (n != 22 || got[0] != "m1" || got[1] != "m2") {
			t.Errorf("got %v", got)
		}
	})
}

func TestReadersSeeOnlyCommitted(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		dbtest.Write(t, d, func(tx *db.Tx) error {
			if err := add(tx, "a"); err != nil {
				return err
			}
			in, err := db.Int(ctx, tx, "select count(*) from thing")
			if err != nil {
				return err
			}
			out, err := db.Int(ctx, d, "select count(*) from thing")
			if in != 1 || out != 0 {
				t.Errorf("inside %d, outside %d", in, out)
			}
			return err
		})
	})
}

func TestCloseRefusesLaterWrites(t *testing.T) {
	table(t, func(t *testing.T, d *db.DB) {
		if err := errors.Join(d.Close(), d.Close()); err != nil {
			t.Fatal(err)
		}
		if err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return add(tx, "late") }); err == nil {
			t.Error("written after Close")
		}
	})
}

// SQLite's pool of readers cannot write, whatever a page asks of it.
func TestReadersCannotWrite(t *testing.T) {
	d := dbtest.Open(t, dbtest.Address(t, db.SQLite))
	r, err := d.Query(ctx, "create table stray (id text)")
	if err == nil {
		err = errors.Join(r.Err(), r.Close())
	}
	if n, e := db.Int(ctx, d, "select count(*) from sqlite_master"); n != 0 || e != nil || err == nil {
		t.Errorf("tables %d, %v %v", n, e, err)
	}
}
