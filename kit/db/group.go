package db

import (
	"context"
	"database/sql"
	"time"
)

// request is one transaction waiting for the SQLite writer.
type request struct {
	at       time.Time
	fn       func(*Tx) error
	err      error
	panicked any
	done     chan struct{}
}

// groupSize bounds how many requests share one commit, and so how long the first one waits.
const groupSize = 64

func (d *DB) submit(at time.Time, fn func(*Tx) error) error {
	r := &request{at: at, fn: fn, done: make(chan struct{})}
	select {
	case d.queue <- r:
	case <-d.stop:
		return sql.ErrConnDone
	}
	<-r.done
	if r.panicked != nil {
		panic(r.panicked)
	}
	return r.err
}

// writer is the only goroutine that writes to SQLite. Requests that arrive together are committed
// together: one fsync for all, a savepoint for each, so that one that fails undoes only itself.
func (d *DB) writer() {
	defer close(d.done)
	for {
		var group []*request
		select {
		case r := <-d.queue:
			group = append(group, r)
		case <-d.stop:
			return
		}
	more:
		for len(group) < groupSize {
			select {
			case r := <-d.queue:
				group = append(group, r)
			default:
				break more
			}
		}
		d.commit(group)
	}
}

func (d *DB) commit(group []*request) {
	defer func() {
		for _, r := range group {
			close(r.done)
		}
	}()
	tx, err := d.write.BeginTx(context.Background(), nil)
	if err == nil {
		for _, r := range group {
			if err = d.one(tx, r); err != nil {
				_ = tx.Rollback()
				break
			}
		}
		if err == nil {
			err = tx.Commit()
		}
	}
	if err != nil {
		for _, r := range group {
			r.err = err
		}
	}
}

// one runs a request inside its savepoint. Its own failure is kept in the request; an error from
// here means that the whole transaction is lost.
func (d *DB) one(tx *sql.Tx, r *request) error {
	if _, err := tx.Exec("savepoint one"); err != nil {
		return err
	}
	func() {
		defer func() { r.panicked = recover() }()
		r.err = r.fn(&Tx{tx: tx, db: d, at: r.at})
	}()
	if r.err != nil || r.panicked != nil {
		if _, err := tx.Exec("rollback to one"); err != nil {
			return err
		}
	}
	_, err := tx.Exec("release one")
	return err
}
