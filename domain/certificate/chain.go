package certificate

import (
	"context"
	"database/sql"
	"encoding/json"

	"kawu/kit/db"
)

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
