package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/id"
	"kawu/kit/seal"
	"kawu/kit/state"
	"kawu/migration"
)

// Engines are what every test of storage runs on.
var Engines = []db.Engine{db.SQLite, db.Postgres}

// Noon is the time tests start at: 2024-02-01 12:00 in China.
var Noon = time.Date(2024, 2, 1, 12, 0, 0, 0, clock.Zone)

// Each runs a test as one subtest an engine, on an own database with the program's schema and the
// moves of the cycles.
func Each(t *testing.T, run func(t *testing.T, d *db.DB), cycles ...*state.Cycle) {
	t.Helper()
	for _, e := range Engines {
		t.Run(string(e), func(t *testing.T) {
			d := Open(t, Made(t, e))
			Schema(t, d, cycles...)
			run(t, d)
		})
	}
}

// Bare is Each without a schema, on databases that begin empty.
func Bare(t *testing.T, run func(t *testing.T, d *db.DB)) {
	t.Helper()
	for _, e := range Engines {
		t.Run(string(e), func(t *testing.T) { run(t, Open(t, Address(t, e))) })
	}
}

// Schema brings an open database to the program's schema and declares the moves of the cycles.
func Schema(t testing.TB, d *db.DB, cycles ...*state.Cycle) {
	t.Helper()
	if _, err := migration.Up(context.Background(), d); err != nil {
		t.Fatal(err)
	}
	Write(t, d, func(tx *db.Tx) error { return state.Declare(context.Background(), tx, cycles) })
}

// Write is db.Write at Noon; an error ends the test.
func Write(t testing.TB, d *db.DB, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(context.Background(), Noon, fn); err != nil {
		t.Fatal(err)
	}
}

// Open opens an address with Box and closes it at the end of the test.
func Open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address, Box())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// Box seals with a key that is the same in every test, so that two processes can share a database.
func Box() *seal.Box {
	b, err := seal.New(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		panic(err) // 32 bytes are always right
	}
	return b
}

// Address is an empty database of its own: a file, or a schema of the PostgreSQL server, which is
// dropped at the end of the test. Without a server the test is skipped or, if required, fails.
func Address(t testing.TB, e db.Engine) string {
	t.Helper()
	if e == db.SQLite {
		return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
	}
	server := needed(t)
	schema := strings.ToLower(id.New("test", clock.Real{}.Now()))
	admin(t, server, "create schema "+schema)
	t.Cleanup(func() { admin(t, server, "drop schema "+schema+" cascade") })
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}

// needed is the server's address; a test that cannot have one is skipped or fails.
func needed(t testing.TB) string {
	t.Helper()
	s, err := server()
	if err != nil {
		if os.Getenv("KAWU_TEST_REQUIRE") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return s
}

// server is the address of the running server, started once a process unless the environment
// names one.
var server = sync.OnceValues(func() (string, error) {
	if s := os.Getenv("KAWU_TEST_POSTGRES"); s != "" {
		return s, nil
	}
	var err error
	if own, err = Start(); err != nil {
		return "", fmt.Errorf("no PostgreSQL for tests (scripts/setup-debian installs it): %w", err)
	}
	return own.Address, nil
})

// own is the cluster of this process and ends with it. A collected Cluster would end before.
var own *Cluster

func admin(t testing.TB, server, query string) {
	t.Helper()
	p, err := sql.Open("pgx", server)
	if err == nil {
		defer p.Close()
		_, err = p.Exec(query)
	}
	if err != nil {
		t.Error(err)
	}
}
