package production

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Cycle of a batch.
var Cycle = &state.Cycle{Name: "batch", Table: "batch", Key: "id", Start: "drawn", Moves: []state.Move{
	{From: "drawn", Event: "send", To: "sent", Why: "the factory has taken the data file"},
	{From: "sent", Event: "return", To: "returned", Why: "every card of it has a result"},
	{From: "returned", Event: "finish", To: "finished", Why: "every card made is certified and its keys are loaded"},
}}

// Batch is one production batch. A remake batch (channel "remake") holds cards that failed.
type Batch struct {
	ID          ref.Batch
	City        ref.City
	Bank        ref.Bank
	Channel     string
	Factory     string
	CollectedOn string // YYYY-MM-DD: the day whose applications it holds
	State       state.State
	N           int64
	DrawnAt     time.Time
	SentAt      time.Time
	ReturnedAt  time.Time
}

// ErrUnknown is the refusal of a batch id that is not there.
var ErrUnknown = fault.New(fault.NotFound, "production.unknown_batch", "no such batch")

// Put stores a new batch.
func Put(ctx context.Context, tx *db.Tx, b Batch) error {
	_, err := tx.Exec(ctx, `insert into batch (id, city, bank, channel, factory, collected_on, state, rev, n, drawn_at, sent_at, returned_at)
		values ($1, $2, $3, $4, $5, $6, 'drawn', 0, $7, $8, 0, 0)`, string(b.ID), string(b.City), string(b.Bank), b.Channel,
		b.Factory, b.CollectedOn, b.N, tx.Micro())
	return err
}

const columns = "select id, city, bank, channel, factory, collected_on, state, n, drawn_at, sent_at, returned_at from batch "

func scan(r *sql.Rows) (b Batch, err error) {
	var drawn, sent, returned int64
	err = r.Scan(&b.ID, &b.City, &b.Bank, &b.Channel, &b.Factory, &b.CollectedOn, &b.State, &b.N, &drawn, &sent, &returned)
	b.DrawnAt, b.SentAt, b.ReturnedAt = db.Time(drawn), db.Time(sent), db.Time(returned)
	return b, err
}

// Get reads one batch.
func Get(ctx context.Context, q db.Q, id ref.Batch) (Batch, error) {
	b, ok, err := db.One(ctx, q, scan, columns+"where id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return b, err
}

// Latest lists the newest batches of a city.
func Latest(ctx context.Context, q db.Q, city ref.City, limit int) ([]Batch, error) {
	return db.List(ctx, q, scan, columns+"where city = $1 order by id desc limit $2", string(city), limit)
}

// SetSent and SetReturned note the times of the two ends at the factory.
func SetSent(ctx context.Context, tx *db.Tx, id ref.Batch) error {
	return stamp(ctx, tx, "sent_at", id)
}

// SetReturned notes when the last result of a batch came.
func SetReturned(ctx context.Context, tx *db.Tx, id ref.Batch) error {
	return stamp(ctx, tx, "returned_at", id)
}

func stamp(ctx context.Context, tx *db.Tx, column string, id ref.Batch) error {
	_, err := tx.Exec(ctx, fmt.Sprintf("update batch set %s = $1 where id = $2", column), tx.Micro(), string(id))
	return err
}
