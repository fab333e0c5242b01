package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"kawu/kit/fault"
	"kawu/kit/seal"
)

// Q reads: the pool outside a transaction, or the transaction itself.
type Q interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	Box() *seal.Box
}

// Tx is one write transaction with one fixed time.
type Tx struct {
	tx *sql.Tx
	db *DB
	at time.Time
}

// At is the transaction's time; every row it writes carries it.
func (t *Tx) At() time.Time { return t.at }

// Micro is At as the databases keep it.
func (t *Tx) Micro() int64 { return t.at.UnixMicro() }

// Box seals and opens sensitive columns.
func (t *Tx) Box() *seal.Box { return t.db.box }

// Exec runs one statement and tells how many rows it changed.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := t.tx.ExecContext(t.ctx(ctx), t.db.send(query), args...)
	if err != nil {
		return 0, explain(err, query)
	}
	return r.RowsAffected()
}

// Query reads inside the transaction. Close the rows before the next statement.
func (t *Tx) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	r, err := t.tx.QueryContext(t.ctx(ctx), t.db.send(query), args...)
	return r, explain(err, query)
}

// ctx: on SQLite an interrupted statement rolls the whole shared transaction back and would take
// its neighbours with it, so a caller's cancellation must not reach the statement.
func (t *Tx) ctx(ctx context.Context) context.Context {
	if t.db.Engine == SQLite {
		return context.WithoutCancel(ctx)
	}
	return ctx
}

// Query reads from the pool, outside any write transaction.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	r, err := d.read.QueryContext(ctx, d.send(query), args...)
	return r, explain(err, query)
}

// Write runs fn in one transaction at one fixed time. fn does no network, no files, no sleep. An
// error or a panic undoes everything fn did. On PostgreSQL a deadlock or serialisation failure is
// tried once more; on SQLite requests that wait together share one commit.
func (d *DB) Write(ctx context.Context, at time.Time, fn func(*Tx) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.Engine == SQLite {
		return d.submit(ctx, at, fn)
	}
	err := d.writePostgres(ctx, at, fn)
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") {
		err = d.writePostgres(ctx, at, fn)
	}
	return err
}

func (d *DB) writePostgres(ctx context.Context, at time.Time, fn func(*Tx) error) error {
	tx, err := d.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := fn(&Tx{tx: tx, db: d, at: at}); err != nil {
		return err
	}
	return tx.Commit()
}

// Taken is the conflict reported when a unique key already exists.
var Taken = fault.New(fault.Conflict, "db.taken", "this has been done already")

// explain turns a broken unique key into a conflict fault and gives other errors their statement.
func explain(err error, query string) error {
	if err == nil {
		return nil
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "23505" {
		return Taken.Because(err)
	}
	var lite interface{ Code() int }
	if errors.As(err, &lite) && (lite.Code() == 1555 || lite.Code() == 2067) {
		return Taken.Because(err)
	}
	return fmt.Errorf("%w\nin: %s", err, query)
}
