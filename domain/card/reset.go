package card

import (
	"context"
	"database/sql"
	"strings"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// ByReset finds cards of a city by the historical bytes of their answer to reset, 26 hexadecimal
// digits in either case; the key of the result has lower case. Resets that no card has are left out.
func ByReset(ctx context.Context, q db.Q, city ref.City, resets []string) (map[string]Card, error) {
	spellings := make([]db.Row, 0, 2*len(resets))
	for _, r := range resets {
		spellings = append(spellings, db.Row{strings.ToUpper(r)}, db.Row{strings.ToLower(r)})
	}
	out := make(map[string]Card, len(resets))
	err := db.QueryEach(ctx, q, columns+"where c.atr <> '' and c.atr in (select e.value ->> 0 from each($1) e) and c.city = $2 order by c.id", spellings, func(r *sql.Rows) error {
		c, err := scan(r)
		out[strings.ToLower(c.ATR)] = c
		return err
	}, string(city))
	return out, err
}
