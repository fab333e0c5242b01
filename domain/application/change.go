package application

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/name"
	"kawu/kit/phone"
)

// Code is the confirmation code of one application, to be typed on the site together with the end
// of the identity number; only the digest of both is stored. Eight digits alone would repeat in a
// roster of some thousands.
type Code struct {
	Application ref.Application
	Plain       string // eight digits
	Last4       string // last four characters of the identity number
}

func codeMark(q db.Q, plain, last4 string) string {
	return q.Box().Digest("application.code", plain+" "+strings.ToUpper(last4))
}

// SetCodes stores the digests of new codes and until when they count.
func SetCodes(ctx context.Context, tx *db.Tx, codes []Code, until time.Time) error {
	_, err := tx.ExecEach(ctx, `update application set code_mark = e.mark, code_until = cast($2 as bigint)
		from (select x.value ->> 0 as id, x.value ->> 1 as mark from each($1) x) e where application.id = e.id`,
		db.Rows(codes, func(c Code) db.Row { return db.Row{c.Application, codeMark(tx, c.Plain, c.Last4)} }), until.UnixMicro())
	return err
}

// ErrCode is the refusal of a code that is wrong or has run out.
var ErrCode = fault.New(fault.Invalid, "application.code", "this code is not right or has run out; ask your employer's HR to send a new one")

// ByCode finds the application a code and the end of an identity number belong to.
func ByCode(ctx context.Context, q db.Q, plain, last4 string, now time.Time) (Application, error) {
	a, ok, err := db.One(ctx, q, scanner(q.Box()), columns+"where a.code_mark = $1 and a.code_mark <> '' and a.code_until >= $2 and a.closed_at = 0",
		codeMark(q, plain, last4), now.UnixMicro())
	if err == nil && !ok {
		err = ErrCode
	}
	return a, err
}

// Confirmation is what the person confirmed; fields that differ from the employer's are corrections.
type Confirmation struct {
	Application ref.Application
	Name        name.Person
	Mobile      phone.Number
	Address     string
	Corrected   bool
}

// SetConfirmed stores what a set of people confirmed.
func SetConfirmed(ctx context.Context, tx *db.Tx, all []Confirmation) error {
	cols, err := sealColumns(tx.Box(), len(all), map[string]func(int) string{
		sealName:    func(i int) string { return all[i].Name.Reveal() },
		sealMobile:  func(i int) string { return all[i].Mobile.Reveal() },
		sealAddress: func(i int) string { return all[i].Address },
	})
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, c := range all {
		n := 0
		if c.Corrected {
			n = 1
		}
		rows[i] = db.Row{c.Application, cols[sealName][i], cols[sealMobile][i], cols[sealAddress][i], n}
	}
	_, err = tx.ExecEach(ctx, `update application set name_seal = e.name, mobile_seal = e.mobile, address_seal = e.address,
		corrected = e.corrected, confirmed_at = cast($2 as bigint)
		from (select x.value ->> 0 as id, x.value ->> 1 as name, x.value ->> 2 as mobile, x.value ->> 3 as address,
		cast(x.value ->> 4 as bigint) as corrected from each($1) x) e where application.id = e.id`, rows, tx.Micro())
	return err
}

// SetSubmittedAll notes the submission and the promised day of a set.
func SetSubmittedAll(ctx context.Context, tx *db.Tx, ids []ref.Application, due string) error {
	_, err := tx.ExecEach(ctx, `update application set submitted_at = cast($2 as bigint), due_day = $3, code_mark = ''
		where id in (select e.value ->> 0 from each($1) e)`, db.IDs(ids), tx.Micro(), due)
	return err
}

// SetMade notes when the cards of a set were finished: here the promise clock stops.
func SetMade(ctx context.Context, tx *db.Tx, ids []ref.Application) error {
	_, err := tx.ExecEach(ctx, `update application set made_at = cast($2 as bigint) where made_at = 0
		and id in (select e.value ->> 0 from each($1) e)`, db.IDs(ids), tx.Micro())
	return err
}

// Close ends a set of applications: its people may apply again.
func Close(ctx context.Context, tx *db.Tx, ids []ref.Application) error {
	_, err := tx.ExecEach(ctx, `update application set closed_at = cast($2 as bigint), code_mark = '' where closed_at = 0
		and id in (select e.value ->> 0 from each($1) e)`, db.IDs(ids), tx.Micro())
	return err
}

// SetOutlet changes where cards of a set are collected, when the post failed or the citizen asked.
func SetOutlet(ctx context.Context, tx *db.Tx, ids []ref.Application, o ref.Outlet) error {
	_, err := tx.ExecEach(ctx, "update application set outlet = $2 where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), string(o))
	return err
}

// People maps applications to their people, without opening sealed columns.
func People(ctx context.Context, q db.Q, ids []ref.Application) (map[ref.Application]ref.Person, error) {
	out := make(map[ref.Application]ref.Person, len(ids))
	err := db.QueryEach(ctx, q, "select a.id, a.person from application a join each($1) e on a.id = e.value ->> 0", db.IDs(ids), func(r *sql.Rows) error {
		var a ref.Application
		var p ref.Person
		err := r.Scan(&a, &p)
		out[a] = p
		return err
	})
	return out, err
}

// SetMobile changes the mobile of one application after the bank refused it.
func SetMobile(ctx context.Context, tx *db.Tx, id ref.Application, m phone.Number) error {
	sealed, err := tx.Box().Seal(sealMobile, m.Reveal())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "update application set mobile_seal = $1, corrected = 1 where id = $2", sealed, string(id))
	return err
}
