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
}

// MovedChips lists the cards of a city whose social security application was enabled, reported lost,
// released, locked, unlocked or voided at a time or after it, as they stand now.
func MovedChips(ctx context.Context, q db.Q, city ref.City, since time.Time) ([]Chip, error) {
	return db.List(ctx, q, func(r *sql.Rows) (c Chip, err error) { return c, r.Scan(&c.Card, &c.Code, &c.Social) },
		`select c.id, c.chip, s.state from card c join social s on s.card = c.id where c.city = $1 and c.chip <> '' and c.id in
		(select h.subject from history h where h.cycle = 'card.social' and h.to_state in ('1', '2', '3', '4', '9') and h.at >= $2) order by c.id`,
		string(city), since.UnixMicro())
}
