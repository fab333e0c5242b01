package card

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Card is one card with the states of its three facets.
type Card struct {
	ID          ref.Card
	City        ref.City
	Number      string // 9 characters; printed on the card, shown masked
	Person      ref.Person
	Application ref.Application
	Batch       ref.Batch
	Bank        ref.Bank
	Generation  int64 // 1, 2 or 3
	Product     string
	Making      state.State
	Remakes     int64
	Chip        string // card identification code (卡识别码)
	ATR         string
	MadeAt      time.Time
	Expires     string // YYYY-MM-DD
	Social      state.State
	EnabledAt   time.Time
	VoidedAt    time.Time
	Financial   state.State
	ActiveAt    time.Time
	Told        string // has the bank been told of the enabling: "", "due", "told"
}

// MaskedNumber shows the first two and last three characters.
func (c Card) MaskedNumber() string {
	if len(c.Number) < 9 {
		return c.Number
	}
	return c.Number[:2] + "****" + c.Number[len(c.Number)-3:]
}

// ErrUnknown is the refusal of a card that is not there or not the caller's.
var ErrUnknown = fault.New(fault.NotFound, "card.unknown", "no such card")

// Put stores new cards with their facets in the states given; zero states start their cycles.
func Put(ctx context.Context, tx *db.Tx, all []Card) error {
	start := func(s, d state.State) string {
		if s == "" {
			s = d
		}
		return string(s)
	}
	rows := db.Rows(all, func(c Card) db.Row {
		return db.Row{c.ID, c.City, c.Number, c.Person, c.Application, c.Batch, c.Bank, c.Generation, c.Product,
			start(c.Making, Ordered), c.Expires, start(c.Social, Sealed), start(c.Financial, Inactive), c.Chip, c.ATR}
	})
	if _, err := tx.ExecEach(ctx, `insert into card (id, city, number, person, application, batch, bank, generation, product, state, rev, remakes, chip, atr, made_at, expires_day)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6,
		cast(e.value ->> 7 as bigint), e.value ->> 8, e.value ->> 9, 0, 0, e.value ->> 13, e.value ->> 14, 0, e.value ->> 10 from each($1) e`, rows); err != nil {
		return err
	}
	if _, err := tx.ExecEach(ctx, `insert into social (card, person, state, rev, enabled_at, voided_at)
		select e.value ->> 0, e.value ->> 3, e.value ->> 11, 0, 0, 0 from each($1) e`, rows); err != nil {
		return err
	}
	_, err := tx.ExecEach(ctx, `insert into financial (card, person, state, rev, told, told_at, active_at, active_told)
		select e.value ->> 0, e.value ->> 3, e.value ->> 12, 0, '', 0, 0, 0 from each($1) e`, rows)
	return err
}

const columns = `select c.id, c.city, c.number, c.person, c.application, c.batch, c.bank, c.generation, c.product, c.state, c.remakes, c.chip, c.atr,
	c.made_at, c.expires_day, s.state, s.enabled_at, s.voided_at, f.state, f.active_at, f.told
	from card c join social s on s.card = c.id join financial f on f.card = c.id `

func scan(r *sql.Rows) (c Card, err error) {
	var made, enabled, voided, active int64
	err = r.Scan(&c.ID, &c.City, &c.Number, &c.Person, &c.Application, &c.Batch, &c.Bank, &c.Generation, &c.Product, &c.Making,
		&c.Remakes, &c.Chip, &c.ATR, &made, &c.Expires, &c.Social, &enabled, &voided, &c.Financial, &active, &c.Told)
	c.MadeAt, c.EnabledAt, c.VoidedAt, c.ActiveAt = db.Time(made), db.Time(enabled), db.Time(voided), db.Time(active)
	return c, err
}

// Get reads one card by id.
func Get(ctx context.Context, q db.Q, id ref.Card) (Card, error) {
	return one(ctx, q, "where c.id = $1", string(id))
}

// ByNumber reads one card by the number printed on it.
func ByNumber(ctx context.Context, q db.Q, number string) (Card, error) {
	return one(ctx, q, "where c.number = $1 and c.number <> ''", number)
}

func one(ctx context.Context, q db.Q, where, arg string) (Card, error) {
	c, ok, err := db.One(ctx, q, scan, columns+where, arg)
	if err == nil && !ok {
		err = ErrUnknown
	}
	return c, err
}

// Find reads cards by id, in the order of their ids.
func Find(ctx context.Context, q db.Q, ids []ref.Card) ([]Card, error) {
	return many(ctx, q, columns+"join each($1) e on c.id = e.value ->> 0 order by c.id", db.IDs(ids))
}

// FindIn is Find for those that are in a state of making.
func FindIn(ctx context.Context, q db.Q, ids []ref.Card, s state.State) ([]Card, error) {
	all, err := Find(ctx, q, ids)
	return slices.DeleteFunc(all, func(c Card) bool { return c.Making != s }), err
}

// OfPerson lists a person's cards, newest first; cards of all generations stand in it (BJ-50).
func OfPerson(ctx context.Context, q db.Q, p ref.Person) ([]Card, error) {
	return db.List(ctx, q, scan, columns+"where c.person = $1 order by c.generation desc, c.id desc", string(p))
}

// OfApplications lists the cards of a set of applications.
func OfApplications(ctx context.Context, q db.Q, apps []ref.Application) ([]Card, error) {
	return many(ctx, q, columns+"join each($1) e on c.application = e.value ->> 0 order by c.id", db.IDs(apps))
}

// InBatch lists a batch's cards in a state of making ("" for any).
func InBatch(ctx context.Context, q db.Q, b ref.Batch, s state.State) ([]Card, error) {
	return db.List(ctx, q, scan, columns+"where c.batch = $1 and ($2 = '' or c.state = $2) order by c.id", string(b), string(s))
}

// CountInBatch counts a batch's cards in a state of making.
func CountInBatch(ctx context.Context, q db.Q, b ref.Batch, s state.State) (int64, error) {
	return db.Int(ctx, q, "select count(*) from card where batch = $1 and state = $2", string(b), string(s))
}

// Latest lists the newest cards of the installation, at most limit.
func Latest(ctx context.Context, q db.Q, limit int) ([]Card, error) {
	return db.List(ctx, q, scan, columns+"order by c.id desc limit $1", limit)
}

// Holding tells which of a set of people hold a card of this generation or later that is not void.
func Holding(ctx context.Context, q db.Q, people []ref.Person, generation int64) (map[ref.Person]bool, error) {
	out := map[ref.Person]bool{}
	err := db.QueryEach(ctx, q, `select c.person from card c join social s on s.card = c.id
		where c.generation >= $2 and s.state <> '9' and c.person in (select e.value ->> 0 from each($1) e)`, db.IDs(people), func(r *sql.Rows) error {
		var p ref.Person
		err := r.Scan(&p)
		out[p] = true
		return err
	}, generation)
	return out, err
}

func many(ctx context.Context, q db.Q, query string, rows []db.Row) (out []Card, err error) {
	err = db.QueryEach(ctx, q, query, rows, func(r *sql.Rows) error {
		c, err := scan(r)
		out = append(out, c)
		return err
	})
	return out, err
}
