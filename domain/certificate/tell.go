package certificate

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Untold lists certificates whose authority knows something else than what is so, and is not being told
// already, at most limit. One that is on its way is never overtaken: a report and its release within a
// minute are told in their order, or not at all.
func Untold(ctx context.Context, q db.Q, limit int) ([]Revocation, error) {
	return db.List(ctx, q, func(r *sql.Rows) (v Revocation, err error) {
		err = r.Scan(&v.Serial, &v.Reason)
		if v.Reason == "" {
			v.Reason = Lifted
		}
		return v, err
	}, "select serial, reason from certificate where reason <> told and asking = '' order by serial limit $1", limit)
}

// SetTelling notes the message in which the authority is being told of a set.
func SetTelling(ctx context.Context, tx *db.Tx, list []Revocation, x ref.Exchange) error {
	_, err := tx.ExecEach(ctx, "update certificate set asking = $2 where asking = '' and serial in (select e.value ->> 0 from each($1) e)", rows(list), string(x))
	return err
}

// SetTold notes that the authority has confirmed what a message said.
func SetTold(ctx context.Context, tx *db.Tx, list []Revocation, x ref.Exchange) error {
	_, err := tx.ExecEach(ctx, `update certificate set told = e.reason, asking = ''
		from (select v.value ->> 0 as serial, v.value ->> 1 as reason from each($1) v) e where certificate.serial = e.serial and certificate.asking = $2`,
		rows(list), string(x))
	return err
}

func rows(list []Revocation) []db.Row {
	return db.Rows(list, func(v Revocation) db.Row {
		if v.Reason == Lifted {
			return db.Row{v.Serial, ""}
		}
		return db.Row{v.Serial, v.Reason}
	})
}
