package notice

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/id"
	"kawu/kit/job"
	"kawu/kit/phone"
	"kawu/kit/state"
)

// Dispatch is the duty that sends what waits.
const Dispatch job.Kind = "notice.dispatch"

// Cycle of a message.
var Cycle = &state.Cycle{Name: "message", Table: "message", Key: "id", Start: "waiting", Moves: []state.Move{
	{From: "waiting", Event: "dispatch", To: "sending", Why: "in a file to the gateway"},
	{From: "sending", Event: "sent", To: "sent", Why: "the gateway took it"},
	{From: "sending", Event: "fail", To: "failed", Why: "the gateway refused the number"},
}}

// Message is one message to one person. The same text stands in the person's inbox on the site.
type Message struct {
	ID        ref.Message
	Person    ref.Person
	Template  string // wording key: "sms.confirm"
	Mobile    phone.Number
	Text      string
	State     state.State
	Subject   string // application, card …
	CreatedAt time.Time
}

const (
	sealMobile = "message.mobile"
	sealText   = "message.text"
)

// Queue checks and stores a set of messages and rings the duty that sends them. One text that
// breaks a rule refuses the whole set: a template is wrong, not a person.
func Queue(ctx context.Context, tx *db.Tx, all []Message) error {
	if len(all) == 0 {
		return nil
	}
	if err := checkAll(all); err != nil {
		return err
	}
	mobiles, texts := make([]string, len(all)), make([]string, len(all))
	for i, m := range all {
		mobiles[i], texts[i] = m.Mobile.Reveal(), m.Text
	}
	mobiles, err := tx.Box().SealAll(sealMobile, mobiles)
	if err != nil {
		return err
	}
	if texts, err = tx.Box().SealAll(sealText, texts); err != nil {
		return err
	}
	ids := id.Many("msg", tx.At(), len(all))
	rows := make([]db.Row, len(all))
	for i, m := range all {
		rows[i] = db.Row{ids[i], m.Person, m.Template, mobiles[i], texts[i], m.Subject}
	}
	if _, err := tx.ExecEach(ctx, `insert into message (id, person, template, mobile_seal, text_seal, state, rev, subject, created_at, settled_at)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, 'waiting', 0, e.value ->> 5, cast($2 as bigint), 0 from each($1) e`,
		rows, tx.Micro()); err != nil {
		return err
	}
	return job.Put(ctx, tx, Dispatch, "all", tx.At())
}

func list(ctx context.Context, q db.Q, where string, args ...any) ([]Message, error) {
	box := q.Box()
	return db.List(ctx, q, func(r *sql.Rows) (m Message, err error) {
		var mobile, text string
		var at int64
		if err = r.Scan(&m.ID, &m.Person, &m.Template, &mobile, &text, &m.State, &m.Subject, &at); err != nil {
			return m, err
		}
		if mobile, err = box.Open(sealMobile, mobile); err == nil {
			m.Text, err = box.Open(sealText, text)
		}
		m.Mobile, m.CreatedAt = phone.Number(mobile), db.Time(at)
		return m, err
	}, "select id, person, template, mobile_seal, text_seal, state, subject, created_at from message "+where, args...)
}

// Waiting lists messages to send, oldest first, at most limit.
func Waiting(ctx context.Context, q db.Q, limit int) ([]Message, error) {
	return list(ctx, q, "where state = 'waiting' order by created_at, id limit $1", limit)
}

// OfPerson lists what a person was told, newest first.
func OfPerson(ctx context.Context, q db.Q, p ref.Person, limit int) ([]Message, error) {
	return list(ctx, q, "where person = $1 order by created_at desc, id desc limit $2", string(p), limit)
}

// Latest lists the newest messages of the installation; only a demonstration shows them.
func Latest(ctx context.Context, q db.Q, limit int) ([]Message, error) {
	return list(ctx, q, "order by created_at desc, id desc limit $1", limit)
}

// Settle notes when a set was settled.
func Settle(ctx context.Context, tx *db.Tx, ids []ref.Message) error {
	_, err := tx.ExecEach(ctx, "update message set settled_at = cast($2 as bigint) where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), tx.Micro())
	return err
}
