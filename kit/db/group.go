package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// request is one transaction waiting for the SQLite writer. The writer opens its savepoint and
// hands it over by turn; the caller runs fn in its own goroutine, so that a panic or a test's end
// unwinds where it belongs, and gives the connection back by closing back.
type request struct {
	at   time.Time
	turn chan *Tx
	back chan struct{}
	done chan struct{} // closed when the shared transaction is over
	err  error
}

// groupSize bounds how many requests share one commit, and so how long the first one waits.
const groupSize = 64

// errUnfinished undoes a request whose fn never returned.
var errUnfinished = errors.New("the transaction's function did not return")

func (d *DB) submit(ctx context.Context, at time.Time, fn func(*Tx) error) error {
	r := &request{at: at, turn: make(chan *Tx), back: make(chan struct{}), done: make(chan struct{})}
	select {
	case d.queue <- r:
	case <-ctx.Done():
		return ctx.Err()
	case <-d.stop:
		return sql.ErrConnDone
	}
	select {
	case tx := <-r.turn:
		r.run(tx, fn)
		<-r.done
	case <-r.done: // the transaction could not even begin
	}
	return r.err
}

func (r *request) run(tx *Tx, fn func(*Tx) error) {
	defer close(r.back)
	r.err = errUnfinished
	r.err = fn(tx)
}

// writer is the only goroutine that opens transactions on SQLite. Requests that arrive together are
// committed together: one fsync for all, a savepoint for each, so that one that fails undoes only
// itself.
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
	for _, r := range group {
		if err != nil {
			r.err = err
		}
		close(r.done)
	}
}

// one runs a request inside its savepoint. Its own failure is kept in the request; an error from
// here means that the whole transaction is lost.
func (d *DB) one(tx *sql.Tx, r *request) error {
	if _, err := tx.Exec("savepoint one"); err != nil {
		return err
	}
	r.turn <- &Tx{tx: tx, db: d, at: r.at}
	<-r.back
	if r.err != nil {
		if _, err := tx.Exec("rollback to one"); err != nil {
			return err
		}
	}
	_, err := tx.Exec("release one")
	return err
}
