package dbtest

import (
	"context"
	"database/sql"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/id"
	"kawu/migration"
)

// Made is Address with the program's schema: a copy of a database that was migrated once, because
// hundreds of tests would otherwise each run every migration.
func Made(t testing.TB, e db.Engine) string {
	t.Helper()
	if e == db.SQLite {
		image, err := image()
		address := Address(t, e)
		if err == nil {
			err = os.WriteFile(strings.TrimPrefix(address, "sqlite:"), image, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return address
	}
	server := needed(t)
	from, err := template()
	if err != nil {
		t.Fatal(err)
	}
	name := strings.ToLower(id.New("test", clock.Real{}.Now()))
	admin(t, server, "create database "+name+" template "+from)
	t.Cleanup(func() { admin(t, server, "drop database "+name+" with (force)") })
	return inside(server, name)
}

// image is the file of a SQLite database with the schema and nothing else.
var image = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kawu-schema-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "made.db")
	if err := migrate("sqlite:" + file); err != nil {
		return nil, err
	}
	return os.ReadFile(file) // closing has emptied the log beside it
})

// template is the name of a PostgreSQL database with the schema. All processes that use a server share
// it, and so do later runs with the same migrations, because the name holds their digest.
var template = sync.OnceValues(func() (string, error) {
	server, err := server()
	if err != nil {
		return "", err
	}
	sum := fnv.New64a()
	if err := fs.WalkDir(migration.Files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			var text []byte
			text, err = fs.ReadFile(migration.Files(), path)
			_, _ = sum.Write(text) // a hash never fails
		}
		return err
	}); err != nil {
		return "", err
	}
	name := fmt.Sprintf("kawu_made_%x", sum.Sum64())
	return name, found(server, name)
})

// found makes the template unless it is there. Only what is whole is marked as one: what a process
// that was killed has left is made anew.
func found(server, name string) error {
	p, err := sql.Open("pgx", server)
	if err != nil {
		return err
	}
	defer p.Close()
	ctx := context.Background()
	c, err := p.Conn(ctx) // the lock is this connection's, and ends with it
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "select pg_advisory_lock(hashtext($1))", name); err != nil {
		return err
	}
	var whole int
	if err := c.QueryRowContext(ctx, "select count(*) from pg_database where datname = $1 and datistemplate", name).Scan(&whole); err != nil || whole == 1 {
		return err
	}
	for _, q := range []string{"drop database if exists " + name, "create database " + name} {
		if _, err := c.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if err := migrate(inside(server, name)); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "alter database "+name+" is_template true")
	return err
}

// migrate brings a database to the schema and leaves it, since a template must be nobody's.
func migrate(address string) error {
	d, err := db.Open(context.Background(), address, Box())
	if err != nil {
		return err
	}
	if _, err := migration.Up(context.Background(), d); err != nil {
		return err
	}
	return d.Close()
}

// inside is the address of a database on a server.
func inside(server, name string) string {
	u, err := url.Parse(server)
	if err != nil {
		panic(err) // it was connected to before
	}
	u.Path = "/" + name
	return u.String()
}
