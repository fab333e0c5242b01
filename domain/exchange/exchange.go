// Package exchange is the room of everything that goes to or comes from a partner (交换记录).
//
// Owns: one row for every message or file, written before it is sent or before it is acted on:
// direction, partner, business key, digest, state, attempts, sealed copies of question and answer;
// and how far each partner's outgoing files have been collected. Does not own: formats and
// transport (partner) or what an answer means (flows). Invariants: a row is unique by (direction,
// family, partner, key), so a file that arrives twice is taken once; the key goes out with the
// message as its idempotency key, so a message sent twice is done once. Tables: exchange,
// exchange_cursor.
package exchange

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/job"
	"kawu/kit/sm"
	"kawu/kit/state"
)

// Direction of a message.
type Direction string

// The directions.
const (
	Out Direction = "out" // we asked
	In  Direction = "in"  // they sent, we collected
)

// Lines is how many lines go into one message at most; a batch of 50,000 becomes ten rows.
const Lines = 5000

// Send is the duty that sends a waiting row; its key is the row's id.
const Send job.Kind = "exchange.send"

// Row is one message. Kind is also the duty that takes the answer ("account.open").
type Row struct {
	ID         ref.Exchange
	Direction  Direction
	Family     string // bank, factory …
	Partner    string // the bank's code, the factory's name
	Kind       job.Kind
	Key        string // idempotency key, or the partner's file number
	Subject    string // batch, bank or collective application it belongs to
	N          int64  // lines in it
	State      state.State
	Attempts   int64
	Digest     string
	Fault      string
	CreatedAt  time.Time
	SentAt     time.Time
	AnsweredAt time.Time
}

// Cycle of a message.
var Cycle = &state.Cycle{Name: "exchange", Table: "exchange", Key: "id", Start: "waiting", Moves: []state.Move{
	{From: "waiting", Event: "answer", To: "answered", Why: "the partner took it and answered"},
	{From: "answered", Event: "take", To: "taken", Why: "the answer was acted on"},
	{From: "waiting", Event: "give_up", To: "failed", Why: "the partner refused it for good"},
	{From: "failed", Event: "retry", To: "waiting", Why: "the cause was mended"},
}}

const (
	sealBody   = "exchange.body"
	sealAnswer = "exchange.answer"
)

// Put records an outgoing message and rings the duty that sends it. body is the question in the
// room's words; it is stored sealed.
func Put(ctx context.Context, tx *db.Tx, family, partner string, kind job.Kind, subject string, n int, body any) (ref.Exchange, error) {
	x := ref.Exchange(id.New("exc", tx.At()))
	if err := insert(ctx, tx, Row{ID: x, Direction: Out, Family: family, Partner: partner, Kind: kind, Key: string(x),
		Subject: subject, N: int64(n), State: "waiting"}, body); err != nil {
		return "", err
	}
	return x, job.Put(ctx, tx, Send, string(x), tx.At())
}

// Receive records a file that a partner sent and rings the duty that takes it. seen is true when
// the same number arrived before; nothing is recorded then.
func Receive(ctx context.Context, tx *db.Tx, family, partner string, kind job.Kind, no, subject string, n int, body any) (seen bool, err error) {
	k, err := db.Int(ctx, tx, "select count(*) from exchange where direction = $1 and family = $2 and partner = $3 and key = $4",
		string(In), family, partner, no)
	if err != nil || k > 0 {
		return k > 0, err
	}
	x := ref.Exchange(id.New("exc", tx.At()))
	if err := insert(ctx, tx, Row{ID: x, Direction: In, Family: family, Partner: partner, Kind: kind, Key: no,
		Subject: subject, N: int64(n), State: "answered"}, body); err != nil {
		return false, err
	}
	return false, job.Put(ctx, tx, kind, string(x), tx.At())
}

func insert(ctx context.Context, tx *db.Tx, x Row, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		return err
	}
	sealed, err := tx.Box().Seal(sealBody, string(b))
	if err != nil {
		return err
	}
	h := sm.Hash(b)
	_, err = tx.Exec(ctx, `insert into exchange (id, direction, family, partner, kind, key, subject, n, state, rev, attempts,
		digest, body_seal, answer_seal, fault, created_at, sent_at, answered_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, $10, $11, '', '', $12, 0, 0)`, string(x.ID), string(x.Direction), x.Family,
		x.Partner, string(x.Kind), x.Key, x.Subject, x.N, string(x.State), hex.EncodeToString(h[:]), sealed, tx.Micro())
	return err
}

// ErrUnknown is the refusal of an exchange id that is not there.
var ErrUnknown = fault.New(fault.NotFound, "exchange.unknown", "no such message")

const columns = `select id, direction, family, partner, kind, key, subject, n, state, attempts, digest, fault,
	created_at, sent_at, answered_at from exchange `

func scan(r *sql.Rows) (x Row, err error) {
	var made, sent, answered int64
	err = r.Scan(&x.ID, &x.Direction, &x.Family, &x.Partner, &x.Kind, &x.Key, &x.Subject, &x.N, &x.State, &x.Attempts,
		&x.Digest, &x.Fault, &made, &sent, &answered)
	x.CreatedAt, x.SentAt, x.AnsweredAt = db.Time(made), db.Time(sent), db.Time(answered)
	return x, err
}

// Get reads one row without its sealed copies.
func Get(ctx context.Context, q db.Q, id ref.Exchange) (Row, error) {
	x, ok, err := db.One(ctx, q, scan, columns+"where id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return x, err
}

// Latest lists the newest rows of a partner family ("" for all), at most limit.
func Latest(ctx context.Context, q db.Q, family string, limit int) ([]Row, error) {
	return db.List(ctx, q, scan, columns+"where $1 = '' or family = $1 order by created_at desc, id desc limit $2", family, limit)
}

// About lists the rows of one subject, newest first.
func About(ctx context.Context, q db.Q, subject string, limit int) ([]Row, error) {
	return db.List(ctx, q, scan, columns+"where subject = $1 order by created_at desc, id desc limit $2", subject, limit)
}

// Waiting counts the messages that have not been answered yet.
func Waiting(ctx context.Context, q db.Q) (int64, error) {
	return db.Int(ctx, q, "select count(*) from exchange where state = 'waiting'")
}

// Body opens the question into v. Answer opens the answer.
func Body(ctx context.Context, q db.Q, id ref.Exchange, v any) error {
	return open(ctx, q, "body_seal", sealBody, id, v)
}

// Answer opens what the partner answered into v.
func Answer(ctx context.Context, q db.Q, id ref.Exchange, v any) error {
	return open(ctx, q, "answer_seal", sealAnswer, id, v)
}

func open(ctx context.Context, q db.Q, column, purpose string, id ref.Exchange, v any) error {
	s, ok, err := db.One(ctx, q, func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) },
		"select "+column+" from exchange where id = $1", string(id))
	if err != nil {
		return err
	}
	if !ok {
		return ErrUnknown
	}
	plain, err := q.Box().Open(purpose, s)
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(plain), v)
}

// Answered stores the answer and rings the duty that takes it.
func Answered(ctx context.Context, tx *db.Tx, x Row, answer []byte, sitting string) error {
	sealed, err := tx.Box().Seal(sealAnswer, string(answer))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update exchange set answer_seal = $1, attempts = attempts + 1, fault = '',
		sent_at = $2, answered_at = $2 where id = $3`, sealed, tx.Micro(), string(x.ID)); err != nil {
		return err
	}
	if err := state.Apply(ctx, tx, Cycle, "answer", []ref.Exchange{x.ID}, sitting); err != nil {
		return err
	}
	return job.Put(ctx, tx, x.Kind, string(x.ID), tx.At())
}

// Tried notes a failed attempt with its fault code.
func Tried(ctx context.Context, tx *db.Tx, id ref.Exchange, code string) error {
	_, err := tx.Exec(ctx, "update exchange set attempts = attempts + 1, fault = $1 where id = $2", code, string(id))
	return err
}

// GiveUp ends a message that the partner refused for good.
func GiveUp(ctx context.Context, tx *db.Tx, id ref.Exchange, sitting string) error {
	return state.Apply(ctx, tx, Cycle, "give_up", []ref.Exchange{id}, sitting)
}

// Take marks an answer as acted on; false when it was taken before, so that a duty that runs again
// does nothing twice.
func Take(ctx context.Context, tx *db.Tx, id ref.Exchange, sitting string) (bool, error) {
	done, err := state.ApplyWhere(ctx, tx, Cycle, "take", []ref.Exchange{id}, sitting)
	return len(done) == 1, err
}

// Upto is how far a partner's files have been collected; "" for nothing yet.
func Upto(ctx context.Context, q db.Q, family, partner string) (string, error) {
	s, _, err := db.One(ctx, q, func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) },
		"select upto from exchange_cursor where family = $1 and partner = $2", family, partner)
	return s, err
}

// SetUpto moves the mark, in the same sitting that recorded the files.
func SetUpto(ctx context.Context, tx *db.Tx, family, partner, no string) error {
	_, err := tx.Exec(ctx, `insert into exchange_cursor (family, partner, upto) values ($1, $2, $3)
		on conflict (family, partner) do update set upto = excluded.upto`, family, partner, no)
	return err
}
