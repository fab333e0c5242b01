// Package migration brings a database to the schema of this program: numbered SQL, one sequence
// for both engines, forward only.
//
// The SQL keeps to what SQLite and PostgreSQL both understand (text, bigint, partial indexes), so
// there is one file a step and not a pair.
package migration

import (
	"context"
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"
	"regexp"
	"slices"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"kawu/kit/db"
)

//go:embed *.sql
var files embed.FS

// Files is the numbered SQL, for those who must know whether it has changed.
func Files() fs.FS { return files }

// Up applies what is missing and returns the version reached. Several nodes may call it at once:
// on PostgreSQL a session lock lets one work.
func Up(ctx context.Context, d *db.DB) (int64, error) {
	p, err := provider(ctx, d)
	if err != nil {
		return 0, err
	}
	if _, err := p.Up(ctx); err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return p.GetDBVersion(ctx)
}

func provider(ctx context.Context, d *db.DB) (*goose.Provider, error) {
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if d.Engine == db.Postgres {
		dialect = goose.DialectPostgres
		key, err := lockKey(ctx, d)
		if err != nil {
			return nil, err
		}
		l, err := lock.NewPostgresSessionLocker(lock.WithLockID(key), lock.WithLockTimeout(1, 600))
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(l))
	}
	return goose.NewProvider(dialect, d.SQL(), files, opts...)
}

// lockKey keeps the lock to one schema: installations that share a server, and tests that run side
// by side, do not wait for each other.
func lockKey(ctx context.Context, d *db.DB) (int64, error) {
	var schema string
	err := d.SQL().QueryRowContext(ctx, "select current_schema()").Scan(&schema)
	h := fnv.New64a()
	_, _ = h.Write([]byte("kawu migration " + schema)) // a hash never fails
	return int64(h.Sum64() >> 1), err
}

var creates = regexp.MustCompile(`(?m)^create table (\w+)`)

// Clear takes all tables of this program out of a database, for a demo that starts anew in a
// database of its own. Nothing of anybody else's in it is touched.
func Clear(ctx context.Context, d *db.DB) error {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return err
	}
	tables := []string{"goose_db_version"}
	for _, n := range names {
		text, err := files.ReadFile(n)
		if err != nil {
			return err
		}
		for _, m := range creates.FindAllStringSubmatch(string(text), -1) {
			tables = append(tables, m[1])
		}
	}
	for _, t := range slices.Backward(tables) { // what refers comes after what it refers to
		if _, err := d.SQL().ExecContext(ctx, "drop table if exists "+t); err != nil {
			return err
		}
	}
	return nil
}
