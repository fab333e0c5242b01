package report

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// ListSize is what a hand-over list holds: how many batches its cards are of, and how many cards did
// not match.
type ListSize struct{ Batches, Findings int }

// Lists sizes a set of hand-over lists.
func Lists(ctx context.Context, q db.Q, ids []ref.Handover) (map[ref.Handover]ListSize, error) {
	out := make(map[ref.Handover]ListSize, len(ids))
	err := db.QueryEach(ctx, q, `select l.handover, count(distinct c.batch), coalesce(sum(case when l.finding <> '' then 1 else 0 end), 0)
		from handover_line l join card c on c.id = l.card where l.handover in (select e.value ->> 0 from each($1) e) group by l.handover`,
		db.IDs(ids), func(r *sql.Rows) error {
			var h ref.Handover
			var s ListSize
			err := r.Scan(&h, &s.Batches, &s.Findings)
			out[h] = s
			return err
		})
	return out, err
}

// BatchShare is how many cards of a set are of one batch.
type BatchShare struct {
	Batch ref.Batch
	N     int64
}

// BatchesOf counts a set of cards by batch.
func BatchesOf(ctx context.Context, q db.Q, cards []ref.Card) ([]BatchShare, error) {
	var out []BatchShare
	err := db.QueryEach(ctx, q, `select c.batch, count(*) from card c
		where c.id in (select e.value ->> 0 from each($1) e) group by c.batch order by c.batch`, db.IDs(cards), func(r *sql.Rows) error {
		var s BatchShare
		err := r.Scan(&s.Batch, &s.N)
		for i, o := range out {
			if o.Batch == s.Batch {
				out[i].N += s.N
				return err
			}
		}
		out = append(out, s)
		return err
	})
	return out, err
}
