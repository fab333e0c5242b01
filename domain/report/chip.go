package report

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/state"
)

// Chip is a card that was made, with the state of its social security application.
type Chip struct {
	Card   ref.Card
	Code   string // card identification code
	Social state.State
	At     time.Time // when it last moved
}

// MovedChips lists the cards of a city whose social security application was enabled, reported lost,
// released, locked, unlocked or voided at a time or after it, as they stand now.
func MovedChips(ctx context.Context, q db.Q, city ref.City, since time.Time) ([]Chip, error) {
	return db.List(ctx, q, func(r *sql.Rows) (c Chip, err error) {
		var at int64
		err = r.Scan(&c.Card, &c.Code, &c.Social, &at)
		c.At = db.Time(at)
		return c, err
	}, `select c.id, c.chip, s.state, m.at from (select h.subject, max(h.at) as at from history h
		where h.cycle = 'card.social' and h.to_state in ('1', '2', '3', '4', '9') and h.at >= $2 group by h.subject) m
		join card c on c.id = m.subject join social s on s.card = c.id where c.city = $1 and c.chip <> '' order by c.id`,
		string(city), since.UnixMicro())
}
