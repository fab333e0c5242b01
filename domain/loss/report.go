package loss

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/id"
)

// Kind of a report: temporary (临时挂失, state 4) or formal (正式挂失, state 2).
type Kind string

// The kinds.
const (
	Temporary Kind = "temporary"
	Formal    Kind = "formal"
)

// Reason is why a report was made.
type Reason string

// The reasons. ChangeBank is the way Urumqi frees a card's bank (XJ-15): nothing is lost, and no figure
// counts it as a loss.
const (
	Lost       Reason = "lost"
	Stolen     Reason = "stolen"
	ChangeBank Reason = "change_bank"
)

// Real says whether a card is really gone.
func (r Reason) Real() bool { return r != ChangeBank }

// Ending is how a report ended.
type Ending string

// The endings.
const (
	Released  Ending = "released"  // found again
	RanOut    Ending = "ran_out"   // the temporary report's time is over
	Formally  Ending = "formally"  // a formal report took its place
	Replaced  Ending = "replaced"  // the holder enabled a newer card
	Cancelled Ending = "cancelled" // the card was cancelled
)

// Expiry is what happens to a card when its temporary report runs out; "" for a report that does not.
type Expiry string

// The two ways of cities.
const (
	GiveBack Expiry = "release" // works again
	EndCard  Expiry = "cancel"  // void
)

// Report is one report of loss.
type Report struct {
	ID       string
	City     ref.City
	Card     ref.Card
	Person   ref.Person
	Kind     Kind
	Reason   Reason
	Channel  string    // web, phone, counter
	ByKind   string    // the reporter's role
	By       string    // staff or person id
	Since    time.Time // set by the transaction
	Until    time.Time // a temporary report's last moment; zero: it does not run out
	Expiry   Expiry    // what happens then, by the notice on the day of the report
	WarnAt   time.Time // when the holder is told that it will run out; zero: never
	WarnedAt time.Time
	EndedAt  time.Time // zero: open
	Ending   Ending
}

// Put stores new reports, open from now. A card with an open report is db.Taken.
func Put(ctx context.Context, tx *db.Tx, all []Report) error {
	ids := id.Many("los", tx.At(), len(all))
	rows := make([]db.Row, len(all))
	for i, r := range all {
		rows[i] = db.Row{ids[i], r.City, r.Card, r.Person, r.Kind, r.Reason, r.Channel, r.ByKind, r.By, micro(r.Until), micro(r.WarnAt), r.Expiry}
	}
	_, err := tx.ExecEach(ctx, `insert into loss (id, city, card, person, kind, reason, channel, reporter_kind, reporter, since, until, warn_at, expiry, warned_at, ended_at, ending)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6, e.value ->> 7, e.value ->> 8,
		cast($2 as bigint), cast(e.value ->> 9 as bigint), cast(e.value ->> 10 as bigint), e.value ->> 11, 0, 0, '' from each($1) e`, rows, tx.Micro())
	return err
}

func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// End closes the open reports of a set of cards; cards without one are passed over.
func End(ctx context.Context, tx *db.Tx, cards []ref.Card, how Ending) error {
	_, err := tx.ExecEach(ctx, "update loss set ended_at = cast($2 as bigint), ending = $3 where ended_at = 0 and card in (select e.value ->> 0 from each($1) e)",
		db.IDs(cards), tx.Micro(), string(how))
	return err
}

const columns = `select l.id, l.city, l.card, l.person, l.kind, l.reason, l.channel, l.reporter_kind, l.reporter, l.since, l.until, l.expiry, l.warn_at,
	l.warned_at, l.ended_at, l.ending from loss l `

func scan(r *sql.Rows) (x Report, err error) {
	var since, until, warn, warned, ended int64
	err = r.Scan(&x.ID, &x.City, &x.Card, &x.Person, &x.Kind, &x.Reason, &x.Channel, &x.ByKind, &x.By, &since, &until, &x.Expiry, &warn, &warned, &ended, &x.Ending)
	x.Since, x.Until, x.WarnAt, x.WarnedAt, x.EndedAt = db.Time(since), db.Time(until), db.Time(warn), db.Time(warned), db.Time(ended)
	return x, err
}

// Of lists a card's reports, the newest first.
func Of(ctx context.Context, q db.Q, c ref.Card) ([]Report, error) {
	return db.List(ctx, q, scan, columns+"where l.card = $1 order by l.since desc, l.id desc", string(c))
}

// Open reads the open reports of a set of cards; cards without one are left out.
func Open(ctx context.Context, q db.Q, cards []ref.Card) (map[ref.Card]Report, error) {
	out := map[ref.Card]Report{}
	err := db.QueryEach(ctx, q, columns+"join each($1) e on l.card = e.value ->> 0 where l.ended_at = 0", db.IDs(cards), func(r *sql.Rows) error {
		x, err := scan(r)
		out[x.Card] = x
		return err
	})
	return out, err
}

// OpenIn lists a city's open reports, the newest first, from offset on and at most limit.
func OpenIn(ctx context.Context, q db.Q, city ref.City, offset, limit int) ([]Report, error) {
	return db.List(ctx, q, scan, columns+"where l.city = $1 and l.ended_at = 0 order by l.since desc, l.id desc limit $2 offset $3", string(city), limit, offset)
}
