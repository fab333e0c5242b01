package custody

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/state"
)

// ListsIn is one page of a city's lists in a state ("" for any), newest first.
func ListsIn(ctx context.Context, q db.Q, city ref.City, s state.State, offset, limit int) ([]Handover, error) {
	return db.List(ctx, q, scanList, listColumns+"where city = $1 and ($2 = '' or state = $2) order by id desc limit $3 offset $4",
		string(city), string(s), limit, offset)
}

// CountLists counts a city's lists by state.
func CountLists(ctx context.Context, q db.Q, city ref.City) (map[state.State]int, error) {
	out := map[state.State]int{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var s state.State
		var n int
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	}, "select state, count(*) from handover where city = $1 group by state", string(city))
	return out, err
}

// SignedBy lists the lists that a party has signed as giver or taker and nobody waits for it with,
// newest first.
func SignedBy(ctx context.Context, q db.Q, h ref.Holder, limit int) ([]Handover, error) {
	return db.List(ctx, q, scanList, listColumns+`where (giver_kind = $1 and giver = $2 and state <> 'drawn')
		or (taker_kind = $1 and taker = $2 and state in ('taken', 'differs', 'settled')) order by id desc limit $3`, string(h.Kind), h.Name, limit)
}

// CountWith counts the cards a holder has now.
func CountWith(ctx context.Context, q db.Q, h ref.Holder) (int, error) {
	n, err := db.Int(ctx, q, "select count(*) from custody where until = 0 and holder_kind = $1 and holder = $2", string(h.Kind), h.Name)
	return int(n), err
}
