package report

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Batch is a production batch with its counts. Made and Awaited count the cards that are in it now;
// Failed counts what the factory reported, so that Ordered = Made + Failed + Awaited is a real check.
type Batch struct {
	ID       ref.Batch
	Bank     ref.Bank
	Channel  string
	State    string
	Ordered  int64
	Made     int64
	Failed   int64
	Awaited  int64
	Due      string // earliest promise among its cards that are not finished, YYYY-MM-DD; "" none
	DrawnAt  time.Time
	SentAt   time.Time
	Returned time.Time
}

const batches = `select b.id, b.bank, b.channel, b.state, b.n, b.drawn_at, b.sent_at, b.returned_at,
	(select count(*) from card c where c.batch = b.id and c.state in ('made', 'certified', 'loaded', 'finished', 'handed')),
	(select count(distinct t.subject) from trouble t where t.about = b.id and t.kind in ('card_remade', 'card_unmade')),
	(select count(*) from card c where c.batch = b.id and c.state in ('ordered', 'at_factory')),
	coalesce((select min(a.due_day) from card c join application a on a.id = c.application where c.batch = b.id and a.made_at = 0), '')
	from batch b `

func scanBatch(r *sql.Rows) (b Batch, err error) {
	var drawn, sent, returned int64
	err = r.Scan(&b.ID, &b.Bank, &b.Channel, &b.State, &b.Ordered, &drawn, &sent, &returned, &b.Made, &b.Failed, &b.Awaited, &b.Due)
	b.DrawnAt, b.SentAt, b.Returned = db.Time(drawn), db.Time(sent), db.Time(returned)
	return b, err
}

// Batches is one page of a city's batches in a state ("" for any), newest first.
func Batches(ctx context.Context, q db.Q, city ref.City, state string, offset, limit int) ([]Batch, error) {
	return db.List(ctx, q, scanBatch, batches+"where b.city = $1 and ($2 = '' or b.state = $2) order by b.id desc limit $3 offset $4",
		string(city), state, limit, offset)
}

// BatchOf reads one batch; found is false when there is none.
func BatchOf(ctx context.Context, q db.Q, id ref.Batch) (b Batch, found bool, err error) {
	return db.One(ctx, q, scanBatch, batches+"where b.id = $1", string(id))
}

// CountBatches counts a city's batches by state.
func CountBatches(ctx context.Context, q db.Q, city ref.City) (map[string]int, error) {
	return counts(ctx, q, "select state, count(*) from batch where city = $1 group by state", string(city))
}

func counts(ctx context.Context, q db.Q, query string, args ...any) (map[string]int, error) {
	out := map[string]int{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var s string
		var n int
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	}, query, args...)
	return out, err
}

// Reached counts, for the cards of a batch that were made, those with a certificate and those that
// stand on a hand-over list.
func Reached(ctx context.Context, q db.Q, id ref.Batch) (certified, listed int64, err error) {
	const made = "select c.id from card c where c.batch = $1 and c.state in ('made', 'certified', 'loaded', 'finished', 'handed')"
	if certified, err = db.Int(ctx, q, "select count(distinct card) from certificate where usage = 'sign' and card in ("+made+")", string(id)); err != nil {
		return 0, 0, err
	}
	listed, err = db.Int(ctx, q, "select count(distinct card) from handover_line where card in ("+made+")", string(id))
	return certified, listed, err
}
