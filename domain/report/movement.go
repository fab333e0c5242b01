package report

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Movement is cards that came to a holder or left it at one moment.
type Movement struct {
	At   time.Time
	List ref.Handover   // "" for hand-out to a person
	To   ref.HolderKind // who has them now, for those that left; "" for those that came
	N    int64
}

// Movements lists what came to and left a holder from one time to another, newest first.
func Movements(ctx context.Context, q db.Q, h ref.Holder, from, to time.Time, limit int) ([]Movement, error) {
	return db.List(ctx, q, func(r *sql.Rows) (m Movement, err error) {
		var at int64
		err = r.Scan(&at, &m.List, &m.To, &m.N)
		m.At = db.Time(at)
		return m, err
	}, `select since as at, handover, '' as kind, count(*) from custody
		where holder_kind = $1 and holder = $2 and since >= $3 and since < $4 group by since, handover
		union all
		select k.until, n.handover, n.holder_kind, count(*) from custody k join custody n on n.card = k.card and n.seq = k.seq + 1
		where k.holder_kind = $1 and k.holder = $2 and k.until >= $3 and k.until < $4 group by k.until, n.handover, n.holder_kind
		order by at desc limit $5`, string(h.Kind), h.Name, from.UnixMicro(), to.UnixMicro(), limit)
}

// Balance is a holder's day: Start + In − Out − Returned = Now, always, because every card has one
// holder at a time.
type Balance struct {
	In, Out, Returned, Now int64 // Out to people, Returned to anybody else
}

// Start is what the holder had when the day began.
func (b Balance) Start() int64 { return b.Now - b.In + b.Out + b.Returned }

// BalanceOf counts a holder's movements since a time that is not long past.
func BalanceOf(ctx context.Context, q db.Q, h ref.Holder, since time.Time) (Balance, error) {
	b, _, err := db.One(ctx, q, func(r *sql.Rows) (b Balance, err error) { return b, r.Scan(&b.In, &b.Out, &b.Returned, &b.Now) },
		`select (select count(*) from custody where holder_kind = $1 and holder = $2 and since >= $3),
		(select count(*) from custody k join custody n on n.card = k.card and n.seq = k.seq + 1
			where k.holder_kind = $1 and k.holder = $2 and k.until >= $3 and n.holder_kind = 'person'),
		(select count(*) from custody k join custody n on n.card = k.card and n.seq = k.seq + 1
			where k.holder_kind = $1 and k.holder = $2 and k.until >= $3 and n.holder_kind <> 'person'),
		(select count(*) from custody where until = 0 and holder_kind = $1 and holder = $2)`, string(h.Kind), h.Name, since.UnixMicro())
	return b, err
}
