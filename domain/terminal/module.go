package terminal

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/name"
	"kawu/kit/state"
)

// ID names a module in the register; its prefix is psm.
type ID string

// Purpose is what the city applied for a module for.
type Purpose string

// The purposes.
const (
	Settlement Purpose = "settlement" // hospitals and pharmacies
	Counter    Purpose = "counter"    // service outlets
	Kiosk      Purpose = "kiosk"      // self-service machines
	Verify     Purpose = "verify"     // other offices that check who somebody is
)

// Purposes are all of them.
var Purposes = []Purpose{Settlement, Counter, Kiosk, Verify}

// PlaceKind says what sort of place keeps a module.
type PlaceKind string

// The kinds of places.
const (
	AtCentre   PlaceKind = "centre"
	AtOutlet   PlaceKind = "outlet"   // Name is the outlet's id
	AtHospital PlaceKind = "hospital" // Name is the hospital's or pharmacy's name
	AtOffice   PlaceKind = "office"   // Name is another public office's name
)

// Place is where a module is.
type Place struct {
	Kind PlaceKind
	Name string
}

// Centre is where modules come from the province and go back to.
var Centre = Place{AtCentre, "centre"}

// Module is one purchase secure access module with its terminal.
type Module struct {
	ID         ID
	City       ref.City
	Serial     string // 20 hexadecimal digits
	Terminal   string // twelve digits (终端机编号)
	AppliedAs  string // the number of the application through the province
	AppliedDay string // YYYY-MM-DD
	Purpose    Purpose
	State      state.State
	CameAt     time.Time
	Place      Place
	Keeper     name.Person // who answers for it there; masks itself
	Since      time.Time   // with this keeper
}

// The refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "terminal.unknown", "no module has this terminal number or serial number")
	ErrTaken   = fault.New(fault.Conflict, "terminal.taken", "a module with this serial number or terminal number is in the register already")
)

// Enter puts modules that came from the province into the register, in stock at the centre, and
// gives their ids in order: the faults of Check, ErrTaken. Nothing is entered when one is refused.
func Enter(ctx context.Context, tx *db.Tx, all []Module) ([]ID, error) {
	if err := Check(all, tx.At()); err != nil {
		return nil, err
	}
	ids := make([]ID, len(all))
	for i, s := range id.Many("psm", tx.At(), len(all)) {
		ids[i] = ID(s)
	}
	rows := make([]db.Row, len(all))
	for i, m := range all {
		rows[i] = db.Row{ids[i], m.City, strings.ToUpper(m.Serial), m.Terminal, m.AppliedAs, m.AppliedDay, m.Purpose, Cycle.Start}
	}
	n, err := tx.ExecEach(ctx, `insert into psam (id, city, serial, terminal, applied_as, applied_day, purpose, state, rev, token_mark, came_at)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6, e.value ->> 7, 0, '', cast($2 as bigint)
		from each($1) e where true on conflict do nothing`, rows, tx.Micro())
	if err != nil {
		return nil, err
	}
	if n != int64(len(all)) {
		return nil, ErrTaken
	}
	return ids, begin(ctx, tx, ids)
}

const columns = `select p.id, p.city, p.serial, p.terminal, p.applied_as, p.applied_day, p.purpose, p.state, p.came_at, y.place_kind, y.place, y.keeper_seal, y.since
	from psam p join psam_stay y on y.psam = p.id and y.until = 0 `

func scanWith(q db.Q) func(*sql.Rows) (Module, error) {
	return func(r *sql.Rows) (m Module, err error) {
		var came, since int64
		var keeper string
		if err = r.Scan(&m.ID, &m.City, &m.Serial, &m.Terminal, &m.AppliedAs, &m.AppliedDay, &m.Purpose, &m.State, &came, &m.Place.Kind, &m.Place.Name, &keeper, &since); err != nil {
			return m, err
		}
		m.CameAt, m.Since = db.Time(came), db.Time(since)
		m.Keeper, err = openKeeper(q, keeper)
		return m, err
	}
}

// Find reads modules by serial or terminal number, as many as are asked for: ErrUnknown names the
// first that is not there.
func Find(ctx context.Context, q db.Q, city ref.City, numbers []string) ([]Module, error) {
	by := map[string]Module{}
	rows := db.Rows(numbers, func(n string) db.Row { return db.Row{strings.ToUpper(n)} })
	err := db.QueryEach(ctx, q, columns+"join each($1) e on e.value ->> 0 in (p.serial, p.terminal) where p.city = $2", rows, func(r *sql.Rows) error {
		m, err := scanWith(q)(r)
		by[m.Serial], by[m.Terminal] = m, m
		return err
	}, string(city))
	if err != nil {
		return nil, err
	}
	out := make([]Module, 0, len(numbers))
	var list fault.List
	for _, n := range numbers {
		m, there := by[strings.ToUpper(n)]
		if !there {
			list.Add(n, ErrUnknown)
		}
		out = append(out, m)
	}
	return out, list.Err()
}

// List is a page of a city's register in a state ("" for any), by terminal number.
func List(ctx context.Context, q db.Q, city ref.City, s state.State, offset, limit int) ([]Module, error) {
	return db.List(ctx, q, scanWith(q), columns+"where p.city = $1 and ($2 = '' or p.state = $2) order by p.terminal limit $3 offset $4",
		string(city), string(s), limit, offset)
}

// Count counts a city's modules by state.
func Count(ctx context.Context, q db.Q, city ref.City) (map[state.State]int, error) {
	out := map[state.State]int{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var s state.State
		var n int
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	}, "select state, count(*) from psam where city = $1 group by state", string(city))
	return out, err
}
