package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver, registered as "pgx"
	_ "modernc.org/sqlite"             // the SQLite driver, registered as "sqlite"

	"kawu/kit/fault"
	"kawu/kit/seal"
)

// Engine names the database behind a DB.
type Engine string

// The two engines.
const (
	SQLite   Engine = "sqlite"
	Postgres Engine = "postgres"
)

// DB is an open database with its sealing box.
type DB struct {
	Engine Engine
	write  *sql.DB // SQLite: one connection, used by the writer goroutine only
	read   *sql.DB // SQLite: one connection a core; PostgreSQL: the same pool as write
	box    *seal.Box
	queue  chan *request
	stop   chan struct{}
	done   chan struct{}
	close  sync.Once
	count  atomic.Int64
	watch  atomic.Pointer[func(statement string)]
}

// Open connects to "sqlite:PATH" or "postgres://…". An unknown scheme is a fault; the schema is
// migration's business.
func Open(ctx context.Context, dsn string, box *seal.Box) (*DB, error) {
	switch {
	case strings.HasPrefix(dsn, "sqlite:"):
		return openSQLite(ctx, strings.TrimPrefix(dsn, "sqlite:"), box)
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"):
		return openPostgres(ctx, dsn, box)
	}
	return nil, fault.New(fault.Invalid, "db.dsn",
		"the database address must start with sqlite: or postgres://")
}

// pragmas: WAL lets readers work beside the writer; FULL makes a commit durable; immediate
// transactions avoid the snapshot that cannot be upgraded.
const pragmas = "?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)" +
	"&_pragma=foreign_keys(1)&_pragma=cache_size(-65536)&_txlock=immediate"

func openSQLite(ctx context.Context, path string, box *seal.Box) (*DB, error) {
	if dir := filepath.Dir(path); dir != "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	name := "file:" + (&url.URL{Path: path}).EscapedPath() + pragmas
	w, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	r, err := sql.Open("sqlite", name+"&_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	w.SetMaxOpenConns(1)
	r.SetMaxOpenConns(max(2, runtime.NumCPU()))
	r.SetMaxIdleConns(max(2, runtime.NumCPU()))
	if err := w.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	d := &DB{Engine: SQLite, write: w, read: r, box: box,
		queue: make(chan *request), stop: make(chan struct{}), done: make(chan struct{})}
	go d.writer()
	return d, nil
}

func openPostgres(ctx context.Context, dsn string, box *seal.Box) (*DB, error) {
	p, err := sql.Open("pgx", dsn)
	if err != nil {
		return nil, err
	}
	p.SetMaxOpenConns(16)
	p.SetMaxIdleConns(16)
	if err := p.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("open postgres: %w", err)
	}
	return &DB{Engine: Postgres, write: p, read: p, box: box}, nil
}

// Close waits for the writer and closes both pools; a second call does nothing.
func (d *DB) Close() (err error) {
	d.close.Do(func() {
		if d.stop != nil {
			close(d.stop)
			<-d.done
			_ = d.read.Close()
		}
		err = d.write.Close()
	})
	return err
}

// SQL gives the raw pool for migrations; nothing else uses it.
func (d *DB) SQL() *sql.DB { return d.write }

// Box seals and opens sensitive columns.
func (d *DB) Box() *seal.Box { return d.box }

// Statements is how many statements have been sent since Open; tests use it to prove that work on
// a set takes a constant number of them.
func (d *DB) Statements() int64 { return d.count.Load() }

// Watch tells see the text of every statement from now on, as the engine gets it. Tests use it to ask
// the engine how it would find the rows.
func (d *DB) Watch(see func(statement string)) { d.watch.Store(&see) }

// send counts a statement and gives its text for the engine.
func (d *DB) send(query string) string {
	d.count.Add(1)
	text := d.dialect(query)
	if see := d.watch.Load(); see != nil {
		(*see)(text)
	}
	return text
}
