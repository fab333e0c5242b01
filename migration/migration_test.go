package migration_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/migration"
)

var ctx = context.Background()

func list(t *testing.T, d *db.DB, query string) []string {
	t.Helper()
	out, err := db.Text[string](ctx, d, query)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return slices.DeleteFunc(out, func(s string) bool { return strings.HasPrefix(s, "goose") })
}

// columns lists table.column:type of every table, read from the engine's own catalogue.
func columns(t *testing.T, d *db.DB) []string {
	if d.Engine == db.SQLite {
		return list(t, d, `select m.name || '.' || c.name || ':' || lower(c.type) || case when c."notnull" = 1 or c.pk > 0 then '!' else '' end
			from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite_%'`)
	}
	return list(t, d, `select table_name || '.' || column_name || ':' || data_type || case when is_nullable = 'NO' then '!' else '' end
		from information_schema.columns where table_schema = current_schema()`)
}

func indexes(t *testing.T, d *db.DB) []string {
	if d.Engine == db.SQLite {
		return list(t, d, `select name from sqlite_master where type = 'index' and sql is not null`)
	}
	return list(t, d, `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = current_schema() and c.relkind = 'i'
		and not exists (select 1 from pg_constraint k where k.conindid = c.oid)`)
}

func TestBothEnginesGetTheSameSchema(t *testing.T) {
	a, b := dbtest.Open(t, dbtest.Address(t, db.SQLite)), dbtest.Open(t, dbtest.Address(t, db.Postgres))
	dbtest.Schema(t, a)
	dbtest.Schema(t, b)
	for name, read := range map[string]func(*testing.T, *db.DB) []string{"columns": columns, "indexes": indexes} {
		lite, pg := read(t, a), read(t, b)
		if len(lite) < 10 || !slices.Equal(lite, pg) {
			t.Errorf("%s differ:\nsqlite   %v\npostgres %v", name, lite, pg)
		}
	}
}

// What tests begin with is what the migrations make of an empty database.
func TestCopiesAreWhole(t *testing.T) {
	for _, e := range dbtest.Engines {
		t.Run(string(e), func(t *testing.T) {
			a, b := dbtest.Open(t, dbtest.Address(t, e)), dbtest.Open(t, dbtest.Made(t, e))
			dbtest.Schema(t, a)
			if made, up := columns(t, b), columns(t, a); len(made) < 10 || !slices.Equal(made, up) {
				t.Errorf("made  %v\nup    %v", made, up)
			}
			if made, up := indexes(t, b), indexes(t, a); !slices.Equal(made, up) {
				t.Errorf("made  %v\nup    %v", made, up)
			}
		})
	}
}

func TestUpTwiceAndByManyAtOnce(t *testing.T) {
	for _, e := range dbtest.Engines {
		t.Run(string(e), func(t *testing.T) {
			address := dbtest.Address(t, e)
			var wg sync.WaitGroup
			versions := make([]int64, 3)
			for i := range versions {
				if e == db.SQLite && i > 0 {
					break // one process owns the file
				}
				d := dbtest.Open(t, address)
				wg.Go(func() {
					v, err := migration.Up(ctx, d)
					if err != nil {
						t.Error(err)
					}
					versions[i] = v
				})
			}
			wg.Wait()
			d := dbtest.Open(t, address)
			again, err := migration.Up(ctx, d)
			if err != nil || again != versions[0] || again == 0 {
				t.Errorf("first %v, again %d, %v", versions, again, err)
			}
			if n, err := db.Int(ctx, d, "select count(*) from audit_head"); n != 1 || err != nil {
				t.Errorf("the first line of the trail stands %d times, %v", n, err)
			}
		})
	}
}

// SQLite ignores foreign keys unless a connection asks for them; the history depends on them.
func TestForeignKeysAreOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "insert into social (card, person, state, rev, enabled_at, voided_at) values ('none', 'p', '0', 0, 0, 0)")
			return err
		})
		if err == nil {
			t.Fatal("a facet without a card was stored")
		}
	})
}
