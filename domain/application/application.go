package application

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/kit/seal"
	"kawu/kit/state"
)

// Application is one person's application. Number, Name and Mobile are what will be printed and
// told to the bank: the employer's data until the person has confirmed or corrected it.
type Application struct {
	ID          ref.Application
	City        ref.City
	Collective  ref.Collective
	Employer    ref.Employer
	Person      ref.Person
	Reason      string // "campaign", "lost" … in the words of policy
	Channel     string // "employer_online" …
	Edition     ref.Edition
	Bank        ref.Bank
	Mode        Mode
	Outlet      ref.Outlet
	State       state.State
	Number      idno.Number
	Name        name.Person
	Mobile      phone.Number
	Address     string // where the courier brings it; empty unless mailed
	Corrected   bool
	OpenedAt    time.Time
	ConfirmedAt time.Time
	SubmittedAt time.Time
	MadeAt      time.Time
	DueDay      string // YYYY-MM-DD; empty until submitted
}

const (
	sealNumber  = "application.number"
	sealName    = "application.name"
	sealMobile  = "application.mobile"
	sealAddress = "application.address"
)

// Put stores new applications in state listed. A person who has an open one already breaks the
// unique key, and the whole set is refused with db.Taken: check first, this is the last guard when
// two agents submit the same person at once.
func Put(ctx context.Context, tx *db.Tx, all []Application) error {
	cols, err := sealColumns(tx.Box(), len(all), map[string]func(int) string{
		sealNumber: func(i int) string { return all[i].Number.Reveal() }, sealName: func(i int) string { return all[i].Name.Reveal() },
		sealMobile: func(i int) string { return all[i].Mobile.Reveal() }, sealAddress: func(i int) string { return all[i].Address },
	})
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, a := range all {
		rows[i] = db.Row{a.ID, a.City, a.Collective, a.Employer, a.Person, a.Reason, a.Channel, a.Edition, a.Bank, a.Mode, a.Outlet,
			cols[sealNumber][i], cols[sealName][i], cols[sealMobile][i], cols[sealAddress][i]}
	}
	_, err = tx.ExecEach(ctx, `insert into application (id, city, collective, employer, person, reason, channel, edition, bank, mode, outlet,
		state, rev, number_seal, name_seal, mobile_seal, address_seal, code_mark, code_until, corrected, confirmed_at, submitted_at,
		due_day, made_at, closed_at, opened_at)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6, e.value ->> 7,
		e.value ->> 8, e.value ->> 9, e.value ->> 10, 'listed', 0, e.value ->> 11, e.value ->> 12, e.value ->> 13, e.value ->> 14,
		'', 0, 0, 0, 0, '', 0, 0, cast($2 as bigint) from each($1) e`, rows, tx.Micro())
	return err
}

const columns = `select a.id, a.city, a.collective, a.employer, a.person, a.reason, a.channel, a.edition, a.bank, a.mode, a.outlet, a.state,
	a.number_seal, a.name_seal, a.mobile_seal, a.address_seal, a.corrected, a.opened_at, a.confirmed_at, a.submitted_at, a.made_at, a.due_day from application a `

func scanner(box *seal.Box) func(*sql.Rows) (Application, error) {
	return func(r *sql.Rows) (a Application, err error) {
		var number, full, mobile string
		var corrected, opened, confirmed, submitted, made int64
		if err = r.Scan(&a.ID, &a.City, &a.Collective, &a.Employer, &a.Person, &a.Reason, &a.Channel, &a.Edition, &a.Bank, &a.Mode,
			&a.Outlet, &a.State, &number, &full, &mobile, &a.Address, &corrected, &opened, &confirmed, &submitted, &made, &a.DueDay); err != nil {
			return a, err
		}
		for _, c := range []struct {
			purpose string
			value   *string
		}{{sealNumber, &number}, {sealName, &full}, {sealMobile, &mobile}, {sealAddress, &a.Address}} {
			if *c.value, err = box.Open(c.purpose, *c.value); err != nil {
				return a, err
			}
		}
		a.Number, a.Name, a.Mobile, a.Corrected = idno.Number(number), name.Person(full), phone.Number(mobile), corrected == 1
		a.OpenedAt, a.ConfirmedAt, a.SubmittedAt, a.MadeAt = db.Time(opened), db.Time(confirmed), db.Time(submitted), db.Time(made)
		return a, nil
	}
}

// Get reads one application.
func Get(ctx context.Context, q db.Q, id ref.Application) (Application, error) {
	a, ok, err := db.One(ctx, q, scanner(q.Box()), columns+"where a.id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return a, err
}

// Find reads applications by id, in the order of their ids.
func Find(ctx context.Context, q db.Q, ids []ref.Application) ([]Application, error) {
	out := make([]Application, 0, len(ids))
	s := scanner(q.Box())
	err := db.QueryEach(ctx, q, columns+"join each($1) e on a.id = e.value ->> 0 order by a.id", db.IDs(ids), func(r *sql.Rows) error {
		a, err := s(r)
		out = append(out, a)
		return err
	})
	return out, err
}

// In lists the applications of a collective one in a state ("" for any), by id, after an id.
func In(ctx context.Context, q db.Q, c ref.Collective, s state.State, after ref.Application, limit int) ([]Application, error) {
	return db.List(ctx, q, scanner(q.Box()), columns+`where a.collective = $1 and ($2 = '' or a.state = $2) and a.id > $3
		order by a.id limit $4`, string(c), string(s), string(after), limit)
}

// OfPerson lists a person's applications, newest first.
func OfPerson(ctx context.Context, q db.Q, p ref.Person) ([]Application, error) {
	return db.List(ctx, q, scanner(q.Box()), columns+"where a.person = $1 order by a.id desc", string(p))
}

// IDsIn lists only the ids of a collective application's members in a state.
func IDsIn(ctx context.Context, q db.Q, c ref.Collective, s state.State) ([]ref.Application, error) {
	return db.Text[ref.Application](ctx, q, "select id from application where collective = $1 and state = $2 order by id", string(c), string(s))
}

// Waiting lists ids in a state whose bank is bank ("" for any), oldest first, at most limit.
func Waiting(ctx context.Context, q db.Q, city ref.City, s state.State, bank ref.Bank, limit int) ([]ref.Application, error) {
	return db.Text[ref.Application](ctx, q, `select id from application where city = $1 and state = $2 and ($3 = '' or bank = $3)
		order by submitted_at, id limit $4`, string(city), string(s), string(bank), limit)
}

// WaitingMode is Waiting for one mode of delivery.
func WaitingMode(ctx context.Context, q db.Q, city ref.City, s state.State, bank ref.Bank, m Mode, limit int) ([]ref.Application, error) {
	return db.Text[ref.Application](ctx, q, `select id from application where city = $1 and state = $2 and bank = $3 and mode = $4
		order by submitted_at, id limit $5`, string(city), string(s), string(bank), string(m), limit)
}

// CountIn counts a collective application's members by state.
func CountIn(ctx context.Context, q db.Q, c ref.Collective) (map[state.State]int64, error) {
	out := map[state.State]int64{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var s state.State
		var n int64
		err := r.Scan(&s, &n)
		out[s] = n
		return err
	}, "select state, count(*) from application where collective = $1 group by state", string(c))
	return out, err
}

// OpenOf tells which of a set of people have an open application, and in which collective one.
func OpenOf(ctx context.Context, q db.Q, people []ref.Person) (map[ref.Person]ref.Collective, error) {
	out := map[ref.Person]ref.Collective{}
	err := db.QueryEach(ctx, q, `select a.person, a.collective from application a join each($1) e on a.person = e.value ->> 0
		where a.closed_at = 0`, db.IDs(people), func(r *sql.Rows) error {
		var p ref.Person
		var c ref.Collective
		err := r.Scan(&p, &c)
		out[p] = c
		return err
	})
	return out, err
}
