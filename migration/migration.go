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

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"kawu/kit/db"
)

//go:embed *.sql
var files embed.FS

// Up applies what is missing and returns the version reached. Several nodes may call it at once:
// on PostgreSQL a session lock lets one work.
func Up(ctx context.Context, d *db.DB) (int64, error) {
	p, err := provider(d)
	if err != nil {
		return 0, err
	}
	if _, err := p.Up(ctx); err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return p.GetDBVersion(ctx)
}

func provider(d *db.DB) (*goose.Provider, error) {
	opts := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true)}
	dialect := goose.DialectSQLite3
	if d.Engine == db.Postgres {
		dialect = goose.DialectPostgres
		l, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		opts = append(opts, goose.WithSessionLocker(l))
	}
	return goose.NewProvider(dialect, d.SQL(), files, opts...)
}
