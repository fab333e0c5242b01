package report

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// HeldOf counts who has the cards of one collective application, people included under one name, the
// most cards first.
func HeldOf(ctx context.Context, q db.Q, c ref.Collective) ([]Holding, error) {
	return db.List(ctx, q, func(r *sql.Rows) (h Holding, err error) { return h, r.Scan(&h.Kind, &h.Holder, &h.N) },
		`select k.holder_kind, case when k.holder_kind = 'person' then '' else k.holder end, count(*)
		from application a join card c on c.application = a.id join custody k on k.card = c.id and k.until = 0
		where a.collective = $1 group by 1, 2 order by 3 desc, 1, 2`, string(c))
}

// Stuck is one person's case that does not move until somebody acts.
type Stuck struct {
	Application ref.Application
	Kind        string // of the trouble
	Reason      string
	OwnerKind   ref.HolderKind
	Owner       string
}

// StuckIn lists the open troubles of a collective application's people and their cards, the most
// urgent first, at most limit.
func StuckIn(ctx context.Context, q db.Q, c ref.Collective, limit int) ([]Stuck, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Stuck, err error) {
		return s, r.Scan(&s.Application, &s.Kind, &s.Reason, &s.OwnerKind, &s.Owner)
	}, `select a.id, t.kind, t.reason, t.owner_kind, t.owner from application a left join card c on c.application = a.id
		join trouble t on t.settled_at = 0 and (t.subject = a.id or t.subject = c.id)
		where a.collective = $1 order by t.due_at, t.id limit $2`, string(c), limit)
}
