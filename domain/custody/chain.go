package custody

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// Link is one stay of a card with one holder. Until is zero for the stay that lasts.
type Link struct {
	Card     ref.Card
	Seq      int64
	Holder   ref.Holder
	Since    time.Time
	Until    time.Time
	Handover ref.Handover // the list by which it came; empty for the first link and for deliveries
}

// ErrBroken is the refusal to pass on a card that the giver does not hold.
var ErrBroken = fault.New(fault.Conflict, "custody.not_held", "{n} of these cards are not with the one who gives them")

// Begin starts the chain of a set of cards with their first holder.
func Begin(ctx context.Context, tx *db.Tx, cards []ref.Card, h ref.Holder) error {
	_, err := tx.ExecEach(ctx, `insert into custody (card, seq, holder_kind, holder, place, since, until, handover)
		select e.value ->> 0, 1, $2, $3, $4, cast($5 as bigint), 0, '' from each($1) e`, db.IDs(cards), string(h.Kind), h.Name, h.Place, tx.Micro())
	return err
}

// BeginWith is Begin for cards whose first holders differ, such as cards issued before this program.
func BeginWith(ctx context.Context, tx *db.Tx, all []Move) error {
	_, err := tx.ExecEach(ctx, `insert into custody (card, seq, holder_kind, holder, place, since, until, handover)
		select e.value ->> 0, 1, e.value ->> 1, e.value ->> 2, e.value ->> 3, cast($2 as bigint), 0, '' from each($1) e`,
		db.Rows(all, func(m Move) db.Row { return db.Row{m.Card, m.To.Kind, m.To.Name, m.To.Place} }), tx.Micro())
	return err
}

// Pass ends the stay of a set of cards with from and begins the next with to at the same instant.
// All cards must be with from, otherwise nothing is changed.
func Pass(ctx context.Context, tx *db.Tx, cards []ref.Card, from, to ref.Holder, list ref.Handover) error {
	moves := make([]Move, len(cards))
	for i, c := range cards {
		moves[i] = Move{c, to}
	}
	return PassAll(ctx, tx, moves, from, list)
}

// Move is one card and where it goes; for sets whose members go to different holders, such as
// citizens.
type Move struct {
	Card ref.Card
	To   ref.Holder
}

// PassAll is Pass for members that go to different holders.
func PassAll(ctx context.Context, tx *db.Tx, moves []Move, from ref.Holder, list ref.Handover) error {
	rows := db.Rows(moves, func(m Move) db.Row { return db.Row{m.Card, m.To.Kind, m.To.Name, m.To.Place} })
	n, err := tx.ExecEach(ctx, `update custody set until = cast($2 as bigint) where until = 0 and holder_kind = $3 and holder = $4
		and card in (select e.value ->> 0 from each($1) e)`, rows, tx.Micro(), string(from.Kind), from.Name)
	if err != nil {
		return err
	}
	if n != int64(len(moves)) {
		return fault.New(ErrBroken.Kind, ErrBroken.Code, ErrBroken.Message, "n", int64(len(moves))-n)
	}
	_, err = tx.ExecEach(ctx, `insert into custody (card, seq, holder_kind, holder, place, since, until, handover)
		select e.card, (select max(k.seq) + 1 from custody k where k.card = e.card), e.kind, e.holder, e.place, cast($2 as bigint), 0, $3
		from (select x.value ->> 0 as card, x.value ->> 1 as kind, x.value ->> 2 as holder, x.value ->> 3 as place from each($1) x) e`,
		rows, tx.Micro(), string(list))
	return err
}

const columns = "select card, seq, holder_kind, holder, place, since, until, handover from custody "

func scan(r *sql.Rows) (l Link, err error) {
	var since, until int64
	err = r.Scan(&l.Card, &l.Seq, &l.Holder.Kind, &l.Holder.Name, &l.Holder.Place, &since, &until, &l.Handover)
	l.Since, l.Until = db.Time(since), db.Time(until)
	return l, err
}

// Chain lists the whole chain of one card, first link first.
func Chain(ctx context.Context, q db.Q, c ref.Card) ([]Link, error) {
	return db.List(ctx, q, scan, columns+"where card = $1 order by seq", string(c))
}

// Now tells who holds each of a set of cards: the one query behind "bank or bureau?".
func Now(ctx context.Context, q db.Q, cards []ref.Card) (map[ref.Card]Link, error) {
	out := make(map[ref.Card]Link, len(cards))
	err := db.QueryEach(ctx, q, columns+"where until = 0 and card in (select e.value ->> 0 from each($1) e)", db.IDs(cards), func(r *sql.Rows) error {
		l, err := scan(r)
		out[l.Card] = l
		return err
	})
	return out, err
}

// With lists the cards a holder has, oldest stay first.
func With(ctx context.Context, q db.Q, kind ref.HolderKind, holder string, limit int) ([]Link, error) {
	return db.List(ctx, q, scan, columns+"where until = 0 and holder_kind = $1 and holder = $2 order by since, card limit $3", string(kind), holder, limit)
}

// Gap is a fault in a chain: no open link, or a link that does not begin where the last ended.
type Gap struct {
	Card ref.Card
	Seq  int64
}

// Gaps lists every card whose chain is broken or that nobody holds; an empty list is the proof
// that no card is without an owner.
func Gaps(ctx context.Context, q db.Q) ([]Gap, error) {
	return db.List(ctx, q, func(r *sql.Rows) (g Gap, err error) { return g, r.Scan(&g.Card, &g.Seq) },
		`select b.card, b.seq from custody b left join custody a on a.card = b.card and a.seq = b.seq - 1
		where b.seq > 1 and (a.card is null or a.until <> b.since)
		union all
		select m.card, m.seq from (select card, max(seq) as seq from custody group by card) m
		join custody c on c.card = m.card and c.seq = m.seq where c.until <> 0 order by 1, 2`)
}
