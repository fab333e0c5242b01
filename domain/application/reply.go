package application

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Reply is what a person on a collective application has answered, whatever came afterwards.
type Reply string

// The replies.
const (
	Silent   Reply = "unread"
	Agreed   Reply = "confirmed"
	Changed  Reply = "corrected" // confirmed with own corrections
	Rejected Reply = "declined"
)

var replies = map[Reply]string{
	Silent:   " and a.state in ('listed', 'notified')",
	Agreed:   " and a.confirmed_at > 0 and a.corrected = 0 and a.state <> 'withdrawn'",
	Changed:  " and a.confirmed_at > 0 and a.corrected = 1 and a.state <> 'withdrawn'",
	Rejected: " and a.state = 'declined'",
}

// CountReplies counts a collective application's members by reply.
func CountReplies(ctx context.Context, q db.Q, c ref.Collective) (map[Reply]int, error) {
	out := map[Reply]int{}
	for r, where := range replies {
		n, err := db.Int(ctx, q, "select count(*) from application a where a.collective = $1"+where, string(c))
		if err != nil {
			return nil, err
		}
		out[r] = int(n)
	}
	return out, nil
}

// Replies lists a page of the members with a reply, by id.
func Replies(ctx context.Context, q db.Q, c ref.Collective, r Reply, skip, limit int) ([]Application, error) {
	return db.List(ctx, q, scanner(q.Box()), columns+"where a.collective = $1"+replies[r]+" order by a.id limit $2 offset $3", string(c), limit, skip)
}

// Reached is how many members have come as far as a stage.
type Reached struct{ Submitted, Compared, Opened, Made, Delivered, Handed, Enabled int }

// CountReached counts how far a collective application's submitted members have come;
// who was withdrawn is not waited for.
func CountReached(ctx context.Context, q db.Q, c ref.Collective) (Reached, error) {
	n, _, err := db.One(ctx, q, func(r *sql.Rows) (n Reached, err error) {
		return n, r.Scan(&n.Submitted, &n.Compared, &n.Opened, &n.Made, &n.Delivered, &n.Handed, &n.Enabled)
	}, `select count(*),
		coalesce(sum(case when state not in ('submitted', 'held') then 1 else 0 end), 0),
		coalesce(sum(case when state in ('account_open', 'making', 'made', 'ready', 'on_the_way', 'handed', 'enabled') then 1 else 0 end), 0),
		coalesce(sum(case when made_at > 0 then 1 else 0 end), 0),
		coalesce(sum(case when state in ('ready', 'handed', 'enabled') then 1 else 0 end), 0),
		coalesce(sum(case when state in ('handed', 'enabled') then 1 else 0 end), 0),
		coalesce(sum(case when state = 'enabled' then 1 else 0 end), 0)
		from application where collective = $1 and submitted_at > 0 and state <> 'withdrawn'`, string(c))
	return n, err
}
