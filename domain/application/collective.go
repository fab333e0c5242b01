package application

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Mode is how the cards are handed over (BJ-20 … BJ-28).
type Mode string

// The modes.
const (
	Outlet Mode = "outlet"
	Mail   Mode = "mail"
	OnSite Mode = "on_site"
)

// Collective is an employer's collective application.
type Collective struct {
	ID          ref.Collective
	City        ref.City
	Employer    ref.Employer
	Edition     ref.Edition // the notice it was filed under; a later edition never touches it
	State       state.State
	Bank        ref.Bank
	Mode        Mode
	Outlet      ref.Outlet
	PickupDay   string // YYYY-MM-DD, the agreed day (BJ-17)
	FileName    string
	FileMark    string // digest of the file, to recognise the same one
	RowsRead    int64
	OpenedAt    time.Time
	SubmittedAt time.Time
	DueDay      string // YYYY-MM-DD, promised day of the last submission
}

// CollectFrom is the first day, YYYY-MM-DD, on which a card may be collected: the agreed day, but none
// before the promised one ("" when nothing is promised yet). It is "" until a day is agreed.
func (c Collective) CollectFrom(promised string) string {
	if c.PickupDay == "" {
		return ""
	}
	return max(c.PickupDay, promised)
}

// ErrUnknown is the refusal of an id that is not there or not the caller's.
var ErrUnknown = fault.New(fault.NotFound, "application.unknown", "no such application")

// Open stores a new collective application.
func Open(ctx context.Context, tx *db.Tx, c Collective) error {
	_, err := tx.Exec(ctx, `insert into collective (id, city, employer, edition, state, rev, bank, mode, outlet, pickup_day,
		file_name, file_mark, rows_read, opened_at, submitted_at, due_day)
		values ($1, $2, $3, $4, $5, 0, '', '', '', '', '', '', 0, $6, 0, '')`,
		string(c.ID), string(c.City), string(c.Employer), string(c.Edition), string(Opened), tx.Micro())
	return err
}

const collectiveColumns = `select id, city, employer, edition, state, bank, mode, outlet, pickup_day, file_name, file_mark,
	rows_read, opened_at, submitted_at, due_day from collective `

func scanCollective(r *sql.Rows) (c Collective, err error) {
	var opened, submitted int64
	err = r.Scan(&c.ID, &c.City, &c.Employer, &c.Edition, &c.State, &c.Bank, &c.Mode, &c.Outlet, &c.PickupDay, &c.FileName,
		&c.FileMark, &c.RowsRead, &opened, &submitted, &c.DueDay)
	c.OpenedAt, c.SubmittedAt = db.Time(opened), db.Time(submitted)
	return c, err
}

// GetCollective reads one.
func GetCollective(ctx context.Context, q db.Q, id ref.Collective) (Collective, error) {
	c, ok, err := db.One(ctx, q, scanCollective, collectiveColumns+"where id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return c, err
}

// OfEmployer lists an employer's collective applications, newest first.
func OfEmployer(ctx context.Context, q db.Q, e ref.Employer) ([]Collective, error) {
	return db.List(ctx, q, scanCollective, collectiveColumns+"where employer = $1 order by opened_at desc, id desc", string(e))
}

// SetFile notes the roster that was read.
func SetFile(ctx context.Context, tx *db.Tx, id ref.Collective, name, mark string, rows int) error {
	_, err := tx.Exec(ctx, "update collective set file_name = $1, file_mark = $2, rows_read = $3 where id = $4", name, mark, rows, string(id))
	return err
}

// Choose sets bank, mode, outlet and day for the collective application and for everybody on it.
func Choose(ctx context.Context, tx *db.Tx, id ref.Collective, bank ref.Bank, mode Mode, outlet ref.Outlet, day string) error {
	if _, err := tx.Exec(ctx, "update collective set bank = $1, mode = $2, outlet = $3, pickup_day = $4 where id = $5",
		string(bank), string(mode), string(outlet), day, string(id)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "update application set bank = $1, mode = $2, outlet = $3 where collective = $4 and closed_at = 0",
		string(bank), string(mode), string(outlet), string(id))
	return err
}

// SetSubmitted notes when the collective application was submitted and what was promised.
func SetSubmitted(ctx context.Context, tx *db.Tx, id ref.Collective, due string) error {
	_, err := tx.Exec(ctx, `update collective set due_day = $1, submitted_at = case when submitted_at = 0 then cast($2 as bigint) else submitted_at end
		where id = $3`, due, tx.Micro(), string(id))
	return err
}
