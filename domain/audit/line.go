package audit

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"time"

	"kawu/kit/db"
	"kawu/kit/sm"
)

// Line is one sitting.
type Line struct {
	Seq       int64
	Sitting   string
	At        time.Time
	ActorKind string // staff, citizen, job, partner
	Actor     string // id; never a name or number
	Org       string
	Channel   string
	Act       string
	Subject   string // id of what was acted on
	N         int64  // how many members, for work on a set
	Detail    string // JSON of ids, codes and counts
	Prev      string
	Hash      string // 64 hex digits
}

// hash chains a line to the one before: SM3 over a JSON array of its fields in table order.
func (l *Line) hash() string {
	b, _ := json.Marshal([]any{l.Seq, l.Sitting, l.At.UnixMicro(), l.ActorKind, l.Actor, l.Org, // strings and
		l.Channel, l.Act, l.Subject, l.N, l.Detail, l.Prev}) // numbers always marshal
	h := sm.Hash(b)
	return hex.EncodeToString(h[:])
}

// Append adds a line to the chain. It locks the chain's head, so the desk calls it last.
func Append(ctx context.Context, tx *db.Tx, l Line) error {
	head, _, err := db.One(ctx, tx, func(r *sql.Rows) (h Line, err error) { return h, r.Scan(&h.Seq, &h.Hash) },
		"select seq, hash from audit_head where one = 1 for update")
	if err != nil {
		return err
	}
	l.Seq, l.Prev, l.At = head.Seq+1, head.Hash, tx.At()
	l.Hash = l.hash()
	if _, err := tx.Exec(ctx, `insert into audit (seq, sitting, at, actor_kind, actor, org, channel, act, subject, n, detail, prev, hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`, l.Seq, l.Sitting, tx.Micro(), l.ActorKind, l.Actor,
		l.Org, l.Channel, l.Act, l.Subject, l.N, l.Detail, l.Prev, l.Hash); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "update audit_head set seq = $1, hash = $2 where one = 1", l.Seq, l.Hash)
	return err
}

const columns = "select seq, sitting, at, actor_kind, actor, org, channel, act, subject, n, detail, prev, hash from audit "

func scan(r *sql.Rows) (l Line, err error) {
	var at int64
	err = r.Scan(&l.Seq, &l.Sitting, &at, &l.ActorKind, &l.Actor, &l.Org, &l.Channel, &l.Act, &l.Subject, &l.N, &l.Detail, &l.Prev, &l.Hash)
	l.At = time.UnixMicro(at)
	return l, err
}

// Latest lists the newest lines, at most limit, before seq (0 for the head).
func Latest(ctx context.Context, q db.Q, before int64, limit int) ([]Line, error) {
	return db.List(ctx, q, scan, columns+"where cast($1 as bigint) = 0 or seq < $1 order by seq desc limit $2", before, limit)
}

// About lists what was done to one subject, newest first.
func About(ctx context.Context, q db.Q, subject string, limit int) ([]Line, error) {
	return db.List(ctx, q, scan, columns+"where subject = $1 order by seq desc limit $2", subject, limit)
}

// Head is the number of the newest line and its time; zero for an empty trail.
func Head(ctx context.Context, q db.Q) (Line, error) {
	l, _, err := db.One(ctx, q, scan, columns+"order by seq desc limit 1")
	return l, err
}
