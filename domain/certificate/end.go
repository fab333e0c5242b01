package certificate

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/state"
)

// Reasons, by the names of RFC 5280.
const (
	Superseded = "superseded"           // the holder has enabled a newer card
	Ceased     = "cessationOfOperation" // the card was cancelled or spoiled
	Lost       = "keyCompromise"        // a lost card is gone for good: whoever has it could use its key
	OnHold     = "certificateHold"      // the card is reported lost; the one reason that is taken back
)

// End takes the certificates of a set of cards out of use for good, those on hold too, in the same
// transaction as what ended the cards. It gives how many there were: cards of former generations have
// none.
func End(ctx context.Context, tx *db.Tx, cards []ref.Card, reason, sitting string) (int, error) {
	return move(ctx, tx, cards, "end", reason, sitting, Good, Held)
}

// Hold suspends the good certificates of a set of cards that are reported lost.
func Hold(ctx context.Context, tx *db.Tx, cards []ref.Card, sitting string) (int, error) {
	return move(ctx, tx, cards, "hold", OnHold, sitting, Good, Good)
}

// Lift makes the certificates of a set of cards good again that were on hold.
func Lift(ctx context.Context, tx *db.Tx, cards []ref.Card, sitting string) (int, error) {
	return move(ctx, tx, cards, "lift", "", sitting, Held, Held)
}

// move applies an event to the certificates of a set that are in one of two states, and says why.
func move(ctx context.Context, tx *db.Tx, cards []ref.Card, e state.Event, reason, sitting string, from, or state.State) (int, error) {
	var serials []string
	err := db.QueryEach(ctx, tx, `select c.serial from certificate c join each($1) e on c.card = e.value ->> 0 where c.state in ($2, $3)`,
		db.IDs(cards), func(r *sql.Rows) error {
			var s string
			err := r.Scan(&s)
			serials = append(serials, s)
			return err
		}, string(from), string(or))
	if err != nil || len(serials) == 0 {
		return 0, err
	}
	if err := state.Apply(ctx, tx, Cycle, e, serials, sitting); err != nil {
		return 0, err
	}
	_, err = tx.ExecEach(ctx, `update certificate set reason = $2 where serial in (select e.value ->> 0 from each($1) e)`, db.IDs(serials), reason)
	return len(serials), err
}
