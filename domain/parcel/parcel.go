// Package parcel is the room of parcels (邮寄件): one card, one waybill.
//
// Owns: the booking, the waybill, the scans as states, and the address, sealed. Does not own:
// who holds the card meanwhile (custody). Invariants: a waybill is unique; a scan for a waybill
// nobody booked is refused and listed. Table: parcel.
package parcel

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/state"
)

// Cycle of a parcel.
var Cycle = &state.Cycle{Name: "parcel", Table: "parcel", Key: "id", Start: "wanted", Moves: []state.Move{
	{From: "wanted", Event: "book", To: "booked", Why: "BJ-23: the issuing bank books its courier"},
	{From: "wanted", Event: "refuse", To: "refused", Why: "the courier does not take it"},
	{From: "booked", Event: "collect", To: "under_way", Why: "the courier has it"},
	{From: "under_way", Event: "deliver", To: "delivered", Why: "handed to the addressee"},
	{From: "under_way", Event: "fail", To: "failed", Why: "nobody there, wrong address, refused"},
	{From: "failed", Event: "deliver", To: "delivered", Why: "second attempt"},
	{From: "failed", Event: "return", To: "returned", Why: "back at the bank: it waits at the outlet"},
}}

// Parcel is one parcel.
type Parcel struct {
	ID          ref.Parcel
	Card        ref.Card
	Application ref.Application
	Bank        ref.Bank
	Courier     string
	Waybill     string
	State       state.State
	Reason      string // why it failed: "nobody_home", "wrong_address", "refused"
	BookedAt    time.Time
	SettledAt   time.Time
}

const sealAddress = "parcel.address"

// Want stores parcels to be booked.
func Want(ctx context.Context, tx *db.Tx, all []Parcel, addresses []string) error {
	sealed, err := tx.Box().SealAll(sealAddress, addresses)
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, p := range all {
		rows[i] = db.Row{p.ID, p.Card, p.Application, p.Bank, p.Courier, sealed[i]}
	}
	_, err = tx.ExecEach(ctx, `insert into parcel (id, card, application, bank, courier, waybill, state, rev, address_seal, booked_at, settled_at, reason)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, '', 'wanted', 0, e.value ->> 5, 0, 0, '' from each($1) e`, rows)
	return err
}

// Waybill is one booking's outcome.
type Waybill struct {
	Parcel ref.Parcel
	Number string
}

// SetWaybills stores the waybills of a set.
func SetWaybills(ctx context.Context, tx *db.Tx, all []Waybill) error {
	_, err := tx.ExecEach(ctx, `update parcel set waybill = e.waybill, booked_at = cast($2 as bigint)
		from (select x.value ->> 0 as id, x.value ->> 1 as waybill from each($1) x) e where parcel.id = e.id`,
		db.Rows(all, func(w Waybill) db.Row { return db.Row{w.Parcel, w.Number} }), tx.Micro())
	return err
}

// SetReasons notes why parcels of a set failed.
func SetReasons(ctx context.Context, tx *db.Tx, reasons map[ref.Parcel]string) error {
	rows := make([]db.Row, 0, len(reasons))
	for p, why := range reasons {
		rows = append(rows, db.Row{p, why})
	}
	_, err := tx.ExecEach(ctx, `update parcel set reason = e.reason from (select x.value ->> 0 as id, x.value ->> 1 as reason from each($1) x) e
		where parcel.id = e.id`, rows)
	return err
}

const columns = "select id, card, application, bank, courier, waybill, state, reason, booked_at, settled_at from parcel "

func scan(r *sql.Rows) (p Parcel, err error) {
	var booked, settled int64
	err = r.Scan(&p.ID, &p.Card, &p.Application, &p.Bank, &p.Courier, &p.Waybill, &p.State, &p.Reason, &booked, &settled)
	p.BookedAt, p.SettledAt = db.Time(booked), db.Time(settled)
	return p, err
}

// ByWaybills finds parcels by their waybills.
func ByWaybills(ctx context.Context, q db.Q, waybills []string) (map[string]Parcel, error) {
	out := make(map[string]Parcel, len(waybills))
	err := db.QueryEach(ctx, q, columns+"where waybill <> '' and waybill in (select e.value ->> 0 from each($1) e)", db.IDs(waybills), func(r *sql.Rows) error {
		p, err := scan(r)
		out[p.Waybill] = p
		return err
	})
	return out, err
}

// Find reads parcels by id.
func Find(ctx context.Context, q db.Q, ids []ref.Parcel) (map[ref.Parcel]Parcel, error) {
	out := make(map[ref.Parcel]Parcel, len(ids))
	err := db.QueryEach(ctx, q, columns+"where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), func(r *sql.Rows) error {
		p, err := scan(r)
		out[p.ID] = p
		return err
	})
	return out, err
}

// Of lists a card's parcels, newest first.
func Of(ctx context.Context, q db.Q, c ref.Card) ([]Parcel, error) {
	return db.List(ctx, q, scan, columns+"where card = $1 order by id desc", string(c))
}
