package exchange

import (
	"context"
	"database/sql"

	"kawu/kit/db"
	"kawu/kit/state"
)

// Page is one page of the rows of a partner family in a state ("" for any), newest first.
func Page(ctx context.Context, q db.Q, family string, s state.State, offset, limit int) ([]Row, error) {
	return db.List(ctx, q, scan, columns+`where ($1 = '' or family = $1) and ($2 = '' or state = $2)
		order by created_at desc, id desc limit $3 offset $4`, family, string(s), limit, offset)
}

// CountStates counts the rows of a partner family ("" for all) by state.
func CountStates(ctx context.Context, q db.Q, family string) (map[state.State]int, error) {
	out := map[state.State]int{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var s state.State
		var n int
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	}, "select state, count(*) from exchange where $1 = '' or family = $1 group by state", family)
	return out, err
}
