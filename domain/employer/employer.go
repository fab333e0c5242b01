// Package employer is the room of insured units (参保单位): enterprises, agencies and institutions.
//
// Owns: the unit with its unified social credit code, district of insurance and payroll bank. Does
// not own: its staff (person) or its agents (access). Table: employer.
package employer

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// Employer is one insured unit. A unit's name and credit code are public, not personal data.
type Employer struct {
	ID          ref.Employer
	City        ref.City
	USCC        string // GB 32100, 18 characters
	Name        string
	District    ref.District // where it is insured: decides pilot membership (BJ-06)
	PayrollBank ref.Bank     // default of the choice of bank; may be empty
}

// ErrUnknown is the refusal of an employer that is not there.
var ErrUnknown = fault.New(fault.NotFound, "employer.unknown", "no such employer")

// Put stores employers; one that exists is replaced.
func Put(ctx context.Context, tx *db.Tx, all []Employer) error {
	_, err := tx.ExecEach(ctx, `insert into employer (id, city, uscc, name, district, payroll_bank)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5 from each($1) e where true
		on conflict (id) do update set name = excluded.name, district = excluded.district, payroll_bank = excluded.payroll_bank`,
		db.Rows(all, func(e Employer) db.Row { return db.Row{e.ID, e.City, e.USCC, e.Name, e.District, e.PayrollBank} }))
	return err
}

const columns = "select id, city, uscc, name, district, payroll_bank from employer "

func scan(r *sql.Rows) (e Employer, err error) {
	return e, r.Scan(&e.ID, &e.City, &e.USCC, &e.Name, &e.District, &e.PayrollBank)
}

// Get reads one employer.
func Get(ctx context.Context, q db.Q, id ref.Employer) (Employer, error) {
	e, ok, err := db.One(ctx, q, scan, columns+"where id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return e, err
}

// Find reads employers by id.
func Find(ctx context.Context, q db.Q, ids []ref.Employer) (map[ref.Employer]Employer, error) {
	out := map[ref.Employer]Employer{}
	err := db.QueryEach(ctx, q, columns+"where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), func(r *sql.Rows) error {
		e, err := scan(r)
		out[e.ID] = e
		return err
	})
	return out, err
}
