// Package report reads across rooms for people who look at the whole: counts per stage, what is
// overdue, where cards lie.
//
// Owns no table and writes nothing; it is the one room whose SQL may name all tables.
package report

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Stages counts a city's campaign. Accepted ≥ Made ≥ Delivered ≥ Enabled always (SH-82).
type Stages struct {
	Listed     int64 // people on rosters, submitted or not
	Notified   int64
	Confirmed  int64 // people who confirmed, ever
	Declined   int64
	Accepted   int64 // submitted
	Compared   int64
	Accounts   int64 // bank accounts opened
	Made       int64 // cards finished
	Delivered  int64 // cards in the citizen's hand
	Enabled    int64 // social security enabled
	BankActive int64
	OldVoided  int64
	Remade     int64 // cards made again at least once
	Troubles   int64 // open
	Overdue    int64 // promised day passed, not made
}

// Count counts the stages; today is YYYY-MM-DD in China.
func Count(ctx context.Context, q db.Q, city ref.City, today string) (Stages, error) {
	s, _, err := db.One(ctx, q, func(r *sql.Rows) (s Stages, err error) {
		return s, r.Scan(&s.Listed, &s.Notified, &s.Confirmed, &s.Declined, &s.Accepted, &s.Compared, &s.Overdue)
	}, `select count(*),
		coalesce(sum(case when state not in ('listed', 'withdrawn') then 1 else 0 end), 0),
		coalesce(sum(case when confirmed_at > 0 then 1 else 0 end), 0),
		coalesce(sum(case when state = 'declined' then 1 else 0 end), 0),
		coalesce(sum(case when submitted_at > 0 and state <> 'withdrawn' then 1 else 0 end), 0),
		coalesce(sum(case when state not in ('listed', 'notified', 'confirmed', 'declined', 'submitted', 'held', 'withdrawn') then 1 else 0 end), 0),
		coalesce(sum(case when submitted_at > 0 and made_at = 0 and closed_at = 0 and due_day < $2 then 1 else 0 end), 0)
		from application where city = $1`, string(city), today)
	if err != nil {
		return s, err
	}
	err = db.Scan(ctx, q, func(r *sql.Rows) error {
		return r.Scan(&s.Made, &s.Delivered, &s.Enabled, &s.BankActive, &s.Remade)
	}, `select coalesce(sum(case when c.state in ('finished', 'handed') then 1 else 0 end), 0),
		coalesce(sum(case when c.state = 'handed' then 1 else 0 end), 0),
		coalesce(sum(case when x.enabled_at > 0 then 1 else 0 end), 0),
		coalesce(sum(case when f.active_at > 0 then 1 else 0 end), 0),
		coalesce(sum(case when c.remakes > 0 then 1 else 0 end), 0)
		from card c join social x on x.card = c.id join financial f on f.card = c.id where c.city = $1 and c.application <> ''`, string(city))
	if err != nil {
		return s, err
	}
	for _, n := range []struct {
		into  *int64
		query string
	}{
		{&s.Accounts, "select count(*) from account n join application a on a.id = n.application where a.city = $1 and n.state = 'opened'"},
		{&s.OldVoided, "select count(*) from card c join social x on x.card = c.id where c.city = $1 and x.voided_at > 0"},
		{&s.Troubles, "select count(*) from trouble where city = $1 and settled_at = 0"},
	} {
		if *n.into, err = db.Int(ctx, q, n.query, string(city)); err != nil {
			return s, err
		}
	}
	return s, nil
}

// Late is one application whose promised day has passed, with who has it now.
type Late struct {
	Application ref.Application
	Bank        ref.Bank
	State       string
	DueDay      string
	Card        ref.Card // empty while no card exists
	Holder      ref.Holder
}

// Overdue lists applications past their promised day that are not made, the oldest promise first.
// Who has no card yet is held by the bank while the account is being opened, else by the centre.
func Overdue(ctx context.Context, q db.Q, city ref.City, today string, limit int) ([]Late, error) {
	return db.List(ctx, q, func(r *sql.Rows) (l Late, err error) {
		var kind, holder, place sql.NullString
		var c sql.NullString
		err = r.Scan(&l.Application, &l.Bank, &l.State, &l.DueDay, &c, &kind, &holder, &place)
		l.Card = ref.Card(c.String)
		l.Holder = ref.Holder{Kind: ref.HolderKind(kind.String), Name: holder.String, Place: place.String}
		if l.Holder.Kind == "" {
			l.Holder = waiting(l.State, l.Bank)
		}
		return l, err
	}, `select a.id, a.bank, a.state, a.due_day, c.id, k.holder_kind, k.holder, k.place from application a
		left join card c on c.application = a.id left join custody k on k.card = c.id and k.until = 0
		where a.city = $1 and a.submitted_at > 0 and a.made_at = 0 and a.closed_at = 0 and a.due_day < $2
		order by a.due_day, a.id limit $3`, string(city), today, limit)
}

// waiting tells who has a case that is no card yet; no case is ever without an owner.
func waiting(state string, bank ref.Bank) ref.Holder {
	if state == "opening" || state == "refused" {
		return ref.Holder{Kind: ref.HeldByBank, Name: string(bank)}
	}
	return ref.Holder{Kind: ref.HeldByCentre, Name: "centre"}
}

// Day is how many reached a stage on one day.
type Day struct {
	Day time.Time
	N   int64
}

// PerDay counts moves of a life cycle into a state, by China day, from a time on.
func PerDay(ctx context.Context, q db.Q, cycle, to string, from time.Time) ([]Day, error) {
	const day = 24 * 3600 * 1_000_000
	const shift = 8 * 3600 * 1_000_000
	return db.List(ctx, q, func(r *sql.Rows) (d Day, err error) {
		var n int64
		err = r.Scan(&n, &d.N)
		d.Day = db.Time(n*day - shift)
		return d, err
	}, `select (at + 28800000000) / 86400000000 as d, count(*) from history where cycle = $1 and to_state = $2 and from_state <> to_state
		and at >= $3 group by 1 order by 1`, cycle, to, from.UnixMicro())
}

// Share is one district's or bank's part of the campaign.
type Share struct {
	Name     string // district code or bank code
	Accepted int64
	Made     int64
	Enabled  int64
}

// ByBank and ByDistrict split the stages.
func ByBank(ctx context.Context, q db.Q, city ref.City) ([]Share, error) {
	return shares(ctx, q, "a.bank", city)
}

// ByDistrict splits by the employer's district of insurance.
func ByDistrict(ctx context.Context, q db.Q, city ref.City) ([]Share, error) {
	return shares(ctx, q, "coalesce(e.district, '')", city)
}

func shares(ctx context.Context, q db.Q, by string, city ref.City) ([]Share, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Share, err error) { return s, r.Scan(&s.Name, &s.Accepted, &s.Made, &s.Enabled) },
		`select `+by+`, count(*), coalesce(sum(case when a.made_at > 0 then 1 else 0 end), 0),
		coalesce(sum(case when a.state = 'enabled' then 1 else 0 end), 0)
		from application a left join employer e on e.id = a.employer where a.city = $1 and a.submitted_at > 0 group by 1 order by 1`, string(city))
}

// Times is how long things took, in days.
type Times struct{ Made, Enabled float64 }

// Average is the mean time from submission to the finished card and to the enabled one.
func Average(ctx context.Context, q db.Q, city ref.City) (Times, error) {
	t, _, err := db.One(ctx, q, func(r *sql.Rows) (t Times, err error) {
		var made, n, enabled, m int64
		if err = r.Scan(&made, &n, &enabled, &m); err != nil {
			return t, err
		}
		const day = 24 * 3600 // the sums are in seconds, so that a city's sum fits
		if n > 0 {
			t.Made = float64(made) / float64(n) / day
		}
		if m > 0 {
			t.Enabled = float64(enabled) / float64(m) / day
		}
		return t, nil
	}, `select cast(coalesce(sum(case when made_at > 0 then (made_at - submitted_at) / 1000000 else 0 end), 0) as bigint),
		cast(coalesce(sum(case when made_at > 0 then 1 else 0 end), 0) as bigint),
		cast(coalesce(sum(case when state = 'enabled' then (closed_at - submitted_at) / 1000000 else 0 end), 0) as bigint),
		cast(coalesce(sum(case when state = 'enabled' then 1 else 0 end), 0) as bigint)
		from application where city = $1 and submitted_at > 0`, string(city))
	return t, err
}

// Holdings counts the cards each holder has now.
type Holding struct {
	Kind   ref.HolderKind
	Holder string
	N      int64
}

// Held lists who holds how many cards, people left out.
func Held(ctx context.Context, q db.Q) ([]Holding, error) {
	return db.List(ctx, q, func(r *sql.Rows) (h Holding, err error) { return h, r.Scan(&h.Kind, &h.Holder, &h.N) },
		"select holder_kind, holder, count(*) from custody where until = 0 and holder_kind <> 'person' group by 1, 2 order by 3 desc, 1, 2")
}
