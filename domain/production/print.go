package production

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Print is what the factory says it printed on a card. The picture itself is kept nowhere: it is drawn
// again from the card's data and has the same digest.
type Print struct {
	Card   ref.Card
	Digest string // chip/face.Digest of both sides
	Fonts  string // those that stood in for the card's typeface; "" for none
	At     time.Time
}

// SetPrints notes the prints of a set of cards; a card that is made again has its last one.
func SetPrints(ctx context.Context, tx *db.Tx, all []Print) error {
	_, err := tx.ExecEach(ctx, `insert into printed (card, digest, fonts, at)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, cast($2 as bigint) from each($1) e where true
		on conflict (card) do update set digest = excluded.digest, fonts = excluded.fonts, at = excluded.at`,
		db.Rows(all, func(p Print) db.Row { return db.Row{p.Card, p.Digest, p.Fonts} }), tx.Micro())
	return err
}

// PrintOf reads what was printed on a card; found is false for a card whose face is blank or was
// printed elsewhere.
func PrintOf(ctx context.Context, q db.Q, c ref.Card) (p Print, found bool, err error) {
	return db.One(ctx, q, func(r *sql.Rows) (p Print, err error) {
		var at int64
		err = r.Scan(&p.Card, &p.Digest, &p.Fonts, &at)
		p.At = db.Time(at)
		return p, err
	}, "select card, digest, fonts, at from printed where card = $1", string(c))
}
