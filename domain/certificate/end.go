package certificate

import (
	"context"
	"database/sql"
	"encoding/json"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/state"
)

// Reasons, by the names of RFC 5280.
const (
	Superseded = "superseded"           // the holder has enabled a newer card
	Ceased     = "cessationOfOperation" // the card was cancelled or spoiled
	Lost       = "keyCompromise"        // formal loss: whoever has the card could use its key
)

// End takes the good certificates of a set of cards out of use, in the same transaction as what ended
// the cards; the authority is told later. It gives how many there were: cards of former generations
// have none.
func End(ctx context.Context, tx *db.Tx, cards []ref.Card, reason, sitting string) (int, error) {
	var serials []string
	err := db.QueryEach(ctx, tx, `select c.serial from certificate c join each($1) e on c.card = e.value ->> 0 where c.state = 'good'`,
		db.IDs(cards), func(r *sql.Rows) error {
			var s string
			err := r.Scan(&s)
			serials = append(serials, s)
			return err
		})
	if err != nil || len(serials) == 0 {
		return 0, err
	}
	if err := state.Apply(ctx, tx, Cycle, "end", serials, sitting); err != nil {
		return 0, err
	}
	_, err = tx.ExecEach(ctx, `update certificate set reason = $2 where serial in (select e.value ->> 0 from each($1) e)`, db.IDs(serials), reason)
	return len(serials), err
}

// Ending lists certificates that the authority must be told of, at most limit.
func Ending(ctx context.Context, q db.Q, limit int) ([]Revocation, error) {
	return db.List(ctx, q, func(r *sql.Rows) (v Revocation, err error) { return v, r.Scan(&v.Serial, &v.Reason) },
		"select serial, reason from certificate where state = 'ending' order by serial limit $1", limit)
}

// SetChain keeps an authority's certificates and its newest list.
func SetChain(ctx context.Context, tx *db.Tx, name string, c Chain) error {
	former, err := json.Marshal(c.Former)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `insert into authority (name, root_pem, issuing_pem, list_pem, root_list_pem, fetched_at, former)
		values ($1, $2, $3, $4, $5, $6, $7) on conflict (name) do update set issuing_pem = excluded.issuing_pem, list_pem = excluded.list_pem,
		root_list_pem = excluded.root_list_pem, fetched_at = excluded.fetched_at, former = excluded.former`,
		name, c.Root, c.Issuing, c.List, c.RootList, tx.Micro(), string(former))
	return err
}

// GetChain reads what SetChain kept; false when nothing was fetched yet. The root is the first one
// that was ever kept.
func GetChain(ctx context.Context, q db.Q, name string) (Chain, bool, error) {
	return db.One(ctx, q, func(r *sql.Rows) (c Chain, err error) {
		var former string
		if err = r.Scan(&c.Root, &c.Issuing, &c.List, &c.RootList, &former); err == nil {
			err = json.Unmarshal([]byte(former), &c.Former)
		}
		return c, err
	}, "select root_pem, issuing_pem, list_pem, root_list_pem, former from authority where name = $1", name)
}
