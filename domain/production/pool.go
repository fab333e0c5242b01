package production

import (
	"context"
	"fmt"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/ident"
)

// States of a number in the pool, as the ministry's systems name them.
const (
	free     = "00"
	reserved = "01"
	used     = "02"
	locked   = "03"
)

// ErrPool is the refusal when the pool has too few numbers left.
var ErrPool = fault.New(fault.Refused, "production.pool_empty", "the pool of card numbers has too few left: {left} for {wanted} cards; load more")

// Fill adds numbers to a city's pool: prefix, then digits from first on, eight characters in all,
// and the check character. Numbers that are there already are left alone.
func Fill(ctx context.Context, tx *db.Tx, city ref.City, prefix string, first, n int) error {
	rows := make([]db.Row, n)
	for i := range rows {
		body := fmt.Sprintf("%s%0*d", prefix, 8-len(prefix), first+i)
		rows[i] = db.Row{body + string(ident.CardCheck(body))}
	}
	_, err := tx.ExecEach(ctx, `insert into card_number (number, city, state, card)
		select e.value ->> 0, $2, $3, '' from each($1) e where true on conflict (number) do nothing`, rows, string(city), free)
	return err
}

// Left is how many numbers a city's pool has.
func Left(ctx context.Context, q db.Q, city ref.City) (int64, error) {
	return db.Int(ctx, q, "select count(*) from card_number where city = $1 and state = $2", string(city), free)
}

// Draw gives each card of a set the next free number and reserves it.
func Draw(ctx context.Context, tx *db.Tx, city ref.City, cards []ref.Card) (map[ref.Card]string, error) {
	numbers, err := db.Text[string](ctx, tx, `select number from card_number where city = $1 and state = $2
		order by number limit $3 for update skip locked`, string(city), free, len(cards))
	if err != nil {
		return nil, err
	}
	if len(numbers) < len(cards) {
		return nil, fault.New(ErrPool.Kind, ErrPool.Code, ErrPool.Message, "left", len(numbers), "wanted", len(cards))
	}
	out := make(map[ref.Card]string, len(cards))
	rows := make([]db.Row, len(cards))
	for i, c := range cards {
		out[c], rows[i] = numbers[i], db.Row{numbers[i], c}
	}
	_, err = tx.ExecEach(ctx, `update card_number set state = $2, card = e.card
		from (select x.value ->> 0 as number, x.value ->> 1 as card from each($1) x) e where card_number.number = e.number`, rows, reserved)
	return out, err
}

// Use marks the numbers of cards that were made as used for good.
func Use(ctx context.Context, tx *db.Tx, cards []ref.Card) error {
	_, err := tx.ExecEach(ctx, `update card_number set state = $2 where state = $3 and card <> '' and card in (select e.value ->> 0 from each($1) e)`,
		db.IDs(cards), used, reserved)
	return err
}

// Lock takes free numbers out of use, for a range that was given away elsewhere.
func Lock(ctx context.Context, tx *db.Tx, numbers []string) error {
	_, err := tx.ExecEach(ctx, `update card_number set state = $2 where state = $3 and number in (select e.value ->> 0 from each($1) e)`,
		db.IDs(numbers), locked, free)
	return err
}
