package card

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Chip is what the factory reports of a card it made.
type Chip struct {
	Card ref.Card
	Code string // card identification code, 32 hex digits
	ATR  string // 26 hex digits
}

// SetChips stores what the factory reported for a set.
func SetChips(ctx context.Context, tx *db.Tx, all []Chip) error {
	_, err := tx.ExecEach(ctx, `update card set chip = e.chip, atr = e.atr, made_at = cast($2 as bigint)
		from (select x.value ->> 0 as id, x.value ->> 1 as chip, x.value ->> 2 as atr from each($1) x) e where card.id = e.id`,
		db.Rows(all, func(c Chip) db.Row { return db.Row{c.Card, c.Code, c.ATR} }), tx.Micro())
	return err
}

// Rebatch moves failed cards into a remake batch and counts the remake.
func Rebatch(ctx context.Context, tx *db.Tx, cards []ref.Card, b ref.Batch) error {
	_, err := tx.ExecEach(ctx, "update card set batch = $2, remakes = remakes + 1 where id in (select e.value ->> 0 from each($1) e)", db.IDs(cards), string(b))
	return err
}

// Enabling is the outcome of enabling a set of new cards.
type Enabling struct {
	Enabled []ref.Card
	Voided  []ref.Card // the old cards, one for every new one that replaced one
}

// ErrNewer is the refusal to enable a card whose holder uses a newer one: it would void that one.
var ErrNewer = fault.New(fault.Refused, "card.newer_in_use", "the holder uses a newer card; an older one cannot take its place")

// inUse counts the cards of a set whose holders use a card of a later generation.
func inUse(ctx context.Context, tx *db.Tx, cards []ref.Card) (newer int64, err error) {
	err = db.QueryEach(ctx, tx, `select count(*) from card n join social o on o.person = n.person and o.card <> n.id
		join card c on c.id = o.card where o.state in ('1', '2', '3', '4') and c.generation > n.generation
		and n.id in (select e.value ->> 0 from each($1) e)`, db.IDs(cards), func(r *sql.Rows) error {
		var n int64
		err := r.Scan(&n)
		newer += n
		return err
	})
	return newer, err
}

// Enable switches the social security application of a set of cards on and voids every other card
// of the same people, in this one transaction and not a moment before. The old card goes first, so
// that the rule of one card in use holds at every instant; the bank is to be told ("due").
func Enable(ctx context.Context, tx *db.Tx, cards []ref.Card, sitting string) (Enabling, error) {
	out := Enabling{Enabled: cards}
	newer, err := inUse(ctx, tx, cards)
	if err != nil {
		return out, err
	}
	if newer > 0 {
		return out, ErrNewer
	}
	err = db.QueryEach(ctx, tx, `select o.card from social n join social o on o.person = n.person and o.card <> n.card
		where o.state in ('1', '2', '3', '4') and n.card in (select e.value ->> 0 from each($1) e) order by o.card`, db.IDs(cards), func(r *sql.Rows) error {
		var c ref.Card
		err := r.Scan(&c)
		out.Voided = append(out.Voided, c)
		return err
	})
	if err != nil {
		return out, err
	}
	if err := End(ctx, tx, out.Voided, "void", sitting); err != nil {
		return out, err
	}
	if err := state.Apply(ctx, tx, Social, "enable", cards, sitting); err != nil {
		return out, err
	}
	if _, err := tx.ExecEach(ctx, "update social set enabled_at = cast($2 as bigint) where card in (select e.value ->> 0 from each($1) e)", db.IDs(cards), tx.Micro()); err != nil {
		return out, err
	}
	_, err = tx.ExecEach(ctx, "update financial set told = 'due' where card in (select e.value ->> 0 from each($1) e)", db.IDs(cards))
	return out, err
}

// End ends the social security application of a set of cards for good, by the event "void" or "cancel".
// Their accounts live on (BJ-38).
func End(ctx context.Context, tx *db.Tx, cards []ref.Card, e state.Event, sitting string) error {
	if err := state.Apply(ctx, tx, Social, e, cards, sitting); err != nil {
		return err
	}
	_, err := tx.ExecEach(ctx, "update social set voided_at = cast($2 as bigint) where card in (select e.value ->> 0 from each($1) e)", db.IDs(cards), tx.Micro())
	return err
}

// DueToTell lists cards of a bank whose enabling it has not been told yet.
func DueToTell(ctx context.Context, q db.Q, bank ref.Bank, limit int) ([]Card, error) {
	return db.List(ctx, q, scan, columns+"where f.told = 'due' and c.bank = $1 order by c.id limit $2", string(bank), limit)
}

// SetTelling and SetTold move the saga on: asked, and confirmed by the bank.
func SetTelling(ctx context.Context, tx *db.Tx, cards []ref.Card) error {
	return told(ctx, tx, cards, "asked")
}

// SetTold notes that the bank has answered.
func SetTold(ctx context.Context, tx *db.Tx, cards []ref.Card) error {
	return told(ctx, tx, cards, "told")
}

func told(ctx context.Context, tx *db.Tx, cards []ref.Card, word string) error {
	_, err := tx.ExecEach(ctx, "update financial set told = $2, told_at = cast($3 as bigint) where card in (select e.value ->> 0 from each($1) e)",
		db.IDs(cards), word, tx.Micro())
	return err
}

// Activate switches the financial application of a set on.
func Activate(ctx context.Context, tx *db.Tx, cards []ref.Card, sitting string) error {
	if err := state.Apply(ctx, tx, Financial, "activate", cards, sitting); err != nil {
		return err
	}
	_, err := tx.ExecEach(ctx, "update financial set active_at = cast($2 as bigint) where card in (select e.value ->> 0 from each($1) e)", db.IDs(cards), tx.Micro())
	return err
}

// DueToTellActive lists cards of a bank, applied for here and activated at a counter, that its card system has not been
// told of yet.
func DueToTellActive(ctx context.Context, q db.Q, bank ref.Bank, limit int) ([]Card, error) {
	return db.List(ctx, q, scan, columns+"where f.state = 'active' and f.active_told = 0 and c.application <> '' and c.bank = $1 order by c.id limit $2", string(bank), limit)
}

// SetActiveTold notes that the bank is being told of a set's activation.
func SetActiveTold(ctx context.Context, tx *db.Tx, cards []ref.Card) error {
	_, err := tx.ExecEach(ctx, "update financial set active_told = cast($2 as bigint) where card in (select e.value ->> 0 from each($1) e)", db.IDs(cards), tx.Micro())
	return err
}
