// Package outlet is the room of service outlets (服务网点): where people apply, collect and activate.
//
// Owns: outlets with bank, kind, place, phone and hours. Does not own: which banks take part (the
// city's edition) or who works there (access). Table: outlet.
package outlet

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// Kind of outlet.
type Kind string

// The kinds the notices name.
const (
	Ordinary   Kind = "ordinary"   // takes applications, hands out (普通网点)
	Instant    Kind = "instant"    // makes cards while you wait (即时制卡网点)
	Community  Kind = "community"  // sub-district or village centre (社区事务受理中心)
	Enterprise Kind = "enterprise" // intake point at a large employer (SH-48)
	Stand      Kind = "stand"      // pop-up stand (SH-49)
)

// Outlet is one outlet. Phone is what a citizen calls before going there (CD-19).
type Outlet struct {
	ID       ref.Outlet
	City     ref.City
	Bank     ref.Bank // empty for community outlets
	Kind     Kind
	Name     string
	NameEn   string
	District ref.District
	Address  string
	Phone    string
	Hours    string
}

// ErrUnknown is the refusal of an outlet id that does not exist or belongs to another bank.
var ErrUnknown = fault.New(fault.Invalid, "outlet.unknown", "choose one of the bank's outlets from the list")

// Put stores outlets; one that exists is replaced.
func Put(ctx context.Context, tx *db.Tx, all []Outlet) error {
	_, err := tx.ExecEach(ctx, `insert into outlet (id, city, bank, kind, name, name_en, district, address, phone, hours, instant)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6,
		e.value ->> 7, e.value ->> 8, e.value ->> 9, case when e.value ->> 3 = 'instant' then 1 else 0 end from each($1) e where true
		on conflict (id) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
		address = excluded.address, phone = excluded.phone, hours = excluded.hours, instant = excluded.instant`,
		db.Rows(all, func(o Outlet) db.Row {
			return db.Row{o.ID, o.City, o.Bank, o.Kind, o.Name, o.NameEn, o.District, o.Address, o.Phone, o.Hours}
		}))
	return err
}

const columns = "select id, city, bank, kind, name, name_en, district, address, phone, hours from outlet "

func scan(r *sql.Rows) (o Outlet, err error) {
	return o, r.Scan(&o.ID, &o.City, &o.Bank, &o.Kind, &o.Name, &o.NameEn, &o.District, &o.Address, &o.Phone, &o.Hours)
}

// OfBank lists a bank's outlets in a city, nearest district first is the page's business.
func OfBank(ctx context.Context, q db.Q, city ref.City, bank ref.Bank) ([]Outlet, error) {
	return db.List(ctx, q, scan, columns+"where city = $1 and bank = $2 order by district, name", string(city), string(bank))
}

// Find reads outlets by id.
func Find(ctx context.Context, q db.Q, ids []ref.Outlet) (map[ref.Outlet]Outlet, error) {
	out := map[ref.Outlet]Outlet{}
	err := db.QueryEach(ctx, q, columns+"where id in (select e.value ->> 0 from each($1) e)", db.IDs(ids), func(r *sql.Rows) error {
		o, err := scan(r)
		out[o.ID] = o
		return err
	})
	return out, err
}

// Get reads one outlet; ErrUnknown when there is none.
func Get(ctx context.Context, q db.Q, id ref.Outlet) (Outlet, error) {
	o, ok, err := db.One(ctx, q, scan, columns+"where id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return o, err
}
