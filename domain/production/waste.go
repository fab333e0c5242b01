package production

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Waste is a chip that something was written on and that is no card (废卡). It is a stock entry: the
// factory destroys it and accounts for it.
type Waste struct {
	Chip    string // card identification code
	Card    ref.Card
	Batch   ref.Batch
	Factory string
	Reason  string
	At      time.Time
}

// Scrap books chips into the stock of waste; one that is booked already is left alone.
func Scrap(ctx context.Context, tx *db.Tx, all []Waste) error {
	rows := make([]db.Row, len(all))
	for i, w := range all {
		rows[i] = db.Row{w.Chip, w.Card, w.Batch, w.Factory, w.Reason}
	}
	_, err := tx.ExecEach(ctx, `insert into waste (chip, card, batch, factory, reason, at)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, cast($2 as bigint) from each($1) e
		where true on conflict (chip) do nothing`, rows, tx.Micro())
	return err
}

const wasteColumns = "select chip, card, batch, factory, reason, at from waste "

func scanWaste(r *sql.Rows) (w Waste, err error) {
	var at int64
	err = r.Scan(&w.Chip, &w.Card, &w.Batch, &w.Factory, &w.Reason, &at)
	w.At = db.Time(at)
	return w, err
}

// WasteOf lists the chips that were spoiled for one card, oldest first.
func WasteOf(ctx context.Context, q db.Q, c ref.Card) ([]Waste, error) {
	return db.List(ctx, q, scanWaste, wasteColumns+"where card = $1 order by at, chip", string(c))
}

// WasteIn lists a batch's, oldest first.
func WasteIn(ctx context.Context, q db.Q, b ref.Batch) ([]Waste, error) {
	return db.List(ctx, q, scanWaste, wasteColumns+"where batch = $1 order by at, chip", string(b))
}
