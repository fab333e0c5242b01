package account

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/state"
)

// States of an account.
const (
	Wanted state.State = "wanted"
	Asked  state.State = "asked"
	Opens  state.State = "opened"
	Denied state.State = "refused"
)

// Cycle of an account opening.
var Cycle = &state.Cycle{Name: "account", Table: "account", Key: "id", Start: Wanted, Moves: []state.Move{
	{From: Wanted, Event: "ask", To: Asked, Why: "CD-11: exported to the bank"},
	{From: Asked, Event: "open", To: Opens, Why: "the bank opened it"},
	{From: Asked, Event: "refuse", To: Denied, Why: "the bank refused, with a reason"},
	{From: Denied, Event: "resend", To: Wanted, Why: "the data was corrected"},
}}

// Account is one opening and its outcome.
type Account struct {
	ID          ref.Account
	Application ref.Application
	Person      ref.Person
	Bank        ref.Bank
	State       state.State
	Reason      Outcome // why the bank refused
	Class       string  // "1" or "2", as the bank says; never decided here
	Tail        string  // last four digits, for people
}

const sealNumber = "account.number"

// Want stores openings to be asked for. An application that has one keeps it.
func Want(ctx context.Context, tx *db.Tx, all []Account) error {
	_, err := tx.ExecEach(ctx, `insert into account (id, application, person, bank, state, rev, reason, class, number_seal, tail, asked_at, answered_at)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, 'wanted', 0, '', '', '', '', 0, 0 from each($1) e where true
		on conflict (application) do nothing`, db.Rows(all, func(a Account) db.Row { return db.Row{a.ID, a.Application, a.Person, a.Bank} }))
	return err
}

const columns = "select id, application, person, bank, state, reason, class, tail from account "

func scan(r *sql.Rows) (a Account, err error) {
	return a, r.Scan(&a.ID, &a.Application, &a.Person, &a.Bank, &a.State, &a.Reason, &a.Class, &a.Tail)
}

// Waiting lists a bank's openings in a state, oldest first, at most limit.
func Waiting(ctx context.Context, q db.Q, bank ref.Bank, s state.State, limit int) ([]Account, error) {
	return db.List(ctx, q, scan, columns+"where bank = $1 and state = $2 order by id limit $3", string(bank), string(s), limit)
}

// Find reads accounts by id.
func Find(ctx context.Context, q db.Q, ids []ref.Account) (map[ref.Account]Account, error) {
	out := make(map[ref.Account]Account, len(ids))
	err := db.QueryEach(ctx, q, columns+"where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), func(r *sql.Rows) error {
		a, err := scan(r)
		out[a.ID] = a
		return err
	})
	return out, err
}

// Of reads the accounts of a set of applications.
func Of(ctx context.Context, q db.Q, apps []ref.Application) (map[ref.Application]Account, error) {
	out := make(map[ref.Application]Account, len(apps))
	err := db.QueryEach(ctx, q, columns+"where application in (select e.value ->> 0 from each($1) e)", db.IDs(apps), func(r *sql.Rows) error {
		a, err := scan(r)
		out[a.Application] = a
		return err
	})
	return out, err
}

// Numbers opens the account numbers of a set of applications, for the factory and the bank only.
func Numbers(ctx context.Context, q db.Q, apps []ref.Application) (map[ref.Application]string, error) {
	out := make(map[ref.Application]string, len(apps))
	err := db.QueryEach(ctx, q, "select application, number_seal from account where state = 'opened' and application in (select e.value ->> 0 from each($1) e)",
		db.IDs(apps), func(r *sql.Rows) error {
			var a ref.Application
			var s string
			if err := r.Scan(&a, &s); err != nil {
				return err
			}
			n, err := q.Box().Open(sealNumber, s)
			out[a] = n
			return err
		})
	return out, err
}

// SetAsked notes when a set was exported.
func SetAsked(ctx context.Context, tx *db.Tx, ids []ref.Account) error {
	_, err := tx.ExecEach(ctx, "update account set asked_at = cast($2 as bigint), reason = '' where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), tx.Micro())
	return err
}

// SetAnswers stores the bank's answers for a set.
func SetAnswers(ctx context.Context, tx *db.Tx, all []Return) error {
	plain := make([]string, len(all))
	for i, r := range all {
		plain[i] = r.Account
	}
	sealed, err := tx.Box().SealAll(sealNumber, plain)
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, r := range all {
		tail, reason := "", string(r.Outcome)
		if r.Outcome == Opened {
			tail, reason = r.Account[len(r.Account)-4:], ""
		} else {
			sealed[i] = ""
		}
		rows[i] = db.Row{r.Key, reason, r.Class, sealed[i], tail}
	}
	_, err = tx.ExecEach(ctx, `update account set reason = e.reason, class = e.class, number_seal = e.number, tail = e.tail, answered_at = cast($2 as bigint)
		from (select x.value ->> 0 as id, x.value ->> 1 as reason, x.value ->> 2 as class, x.value ->> 3 as number, x.value ->> 4 as tail from each($1) x) e
		where account.id = e.id`, rows, tx.Micro())
	return err
}
