package custody

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Lists is the cycle of a hand-over list. No step can be skipped (CD-18).
var Lists = &state.Cycle{Name: "handover", Table: "handover", Key: "id", Start: "drawn", Moves: []state.Move{
	{From: "drawn", Event: "give", To: "given", Why: "the giver counted and signed"},
	{From: "given", Event: "take", To: "taken", Why: "the taker counted the same and signed"},
	{From: "given", Event: "take_with_findings", To: "differs", Why: "the taker signed for what was there; the rest is listed"},
	{From: "differs", Event: "settle", To: "settled", Why: "every finding was cleared"},
}}

// Handover is one list.
type Handover struct {
	ID        ref.Handover
	City      ref.City
	State     state.State
	Giver     ref.Holder
	Taker     ref.Holder
	Purpose   string // "key_loading", "bank_keys", "outlet", "on_site", "courier"
	N         int64  // cards on the list
	Listed    string // digest of the list: SM3 over its card ids in order
	DrawnAt   time.Time
	GivenAt   time.Time
	TakenAt   time.Time
	GiverBy   string // staff id, or the partner whose envelope carried the signature
	GiverSign string // SM2 signature over Listed, hex
	TakerBy   string
	TakerSign string
}

// What a taker may find for a card.
const (
	Present = ""
	Missing = "missing" // on the list, not in the box
	Extra   = "extra"   // in the box, not on the list
	Damaged = "damaged" // in the box, unusable
)

// ErrUnknown is the refusal of a list that is not there or not addressed to the caller.
var ErrUnknown = fault.New(fault.NotFound, "custody.unknown_list", "no such hand-over list")

// Draw stores a new list with its cards.
func Draw(ctx context.Context, tx *db.Tx, h Handover, cards []ref.Card) error {
	if _, err := tx.Exec(ctx, `insert into handover (id, city, state, rev, giver_kind, giver, giver_place, taker_kind, taker, taker_place, n, listed,
		drawn_at, given_at, taken_at, giver_by, giver_signature, taker_by, taker_signature, purpose)
		values ($1, $2, 'drawn', 0, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, '', '', '', '', $12)`, string(h.ID), string(h.City),
		string(h.Giver.Kind), h.Giver.Name, h.Giver.Place, string(h.Taker.Kind), h.Taker.Name, h.Taker.Place, len(cards), h.Listed, tx.Micro(), h.Purpose); err != nil {
		return err
	}
	return addLines(ctx, tx, h.ID, cards, Present)
}

func addLines(ctx context.Context, tx *db.Tx, h ref.Handover, cards []ref.Card, finding string) error {
	_, err := tx.ExecEach(ctx, `insert into handover_line (handover, card, finding, settled_at) select $2, e.value ->> 0, $3, 0 from each($1) e`,
		db.IDs(cards), string(h), finding)
	return err
}

// SignGiven and SignTaken store the two signatures.
func SignGiven(ctx context.Context, tx *db.Tx, h ref.Handover, by, signature string) error {
	_, err := tx.Exec(ctx, "update handover set given_at = $1, giver_by = $2, giver_signature = $3 where id = $4", tx.Micro(), by, signature, string(h))
	return err
}

// SignTaken stores the taker's signature.
func SignTaken(ctx context.Context, tx *db.Tx, h ref.Handover, by, signature string) error {
	_, err := tx.Exec(ctx, "update handover set taken_at = $1, taker_by = $2, taker_signature = $3 where id = $4", tx.Micro(), by, signature, string(h))
	return err
}

// Find notes what the taker found: cards missing or damaged from the list, and cards that were in
// the box but not on it.
func Find(ctx context.Context, tx *db.Tx, h ref.Handover, finding string, cards []ref.Card) error {
	if finding == Extra {
		return addLines(ctx, tx, h, cards, finding)
	}
	_, err := tx.ExecEach(ctx, "update handover_line set finding = $2 where handover = $3 and card in (select e.value ->> 0 from each($1) e)", db.IDs(cards), finding, string(h))
	return err
}

// Settle clears findings of a list.
func Settle(ctx context.Context, tx *db.Tx, h ref.Handover, cards []ref.Card) error {
	_, err := tx.ExecEach(ctx, `update handover_line set settled_at = cast($2 as bigint) where handover = $3 and finding <> ''
		and card in (select e.value ->> 0 from each($1) e)`, db.IDs(cards), tx.Micro(), string(h))
	return err
}

const listColumns = `select id, city, state, giver_kind, giver, giver_place, taker_kind, taker, taker_place, purpose, n, listed, drawn_at, given_at, taken_at,
	giver_by, giver_signature, taker_by, taker_signature from handover `

func scanList(r *sql.Rows) (h Handover, err error) {
	var drawn, given, taken int64
	err = r.Scan(&h.ID, &h.City, &h.State, &h.Giver.Kind, &h.Giver.Name, &h.Giver.Place, &h.Taker.Kind, &h.Taker.Name, &h.Taker.Place, &h.Purpose, &h.N,
		&h.Listed, &drawn, &given, &taken, &h.GiverBy, &h.GiverSign, &h.TakerBy, &h.TakerSign)
	h.DrawnAt, h.GivenAt, h.TakenAt = db.Time(drawn), db.Time(given), db.Time(taken)
	return h, err
}

// GetList reads one list.
func GetList(ctx context.Context, q db.Q, id ref.Handover) (Handover, error) {
	h, ok, err := db.One(ctx, q, scanList, listColumns+"where id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return h, err
}

// Lines lists the cards of a list with what was found.
func Lines(ctx context.Context, q db.Q, id ref.Handover) (map[ref.Card]string, error) {
	out := map[ref.Card]string{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var c ref.Card
		var f string
		err := r.Scan(&c, &f)
		out[c] = f
		return err
	}, "select card, finding from handover_line where handover = $1", string(id))
	return out, err
}

// Arrived lists the cards of a list that were there when it was taken.
func Arrived(ctx context.Context, q db.Q, id ref.Handover) ([]ref.Card, error) {
	return db.Text[ref.Card](ctx, q, "select card from handover_line where handover = $1 and finding = '' order by card", string(id))
}

// Open lists the lists that wait for a party, as giver or taker, oldest first.
func Open(ctx context.Context, q db.Q, kind ref.HolderKind, holder string) ([]Handover, error) {
	return db.List(ctx, q, scanList, listColumns+`where (state = 'drawn' and giver_kind = $1 and giver = $2)
		or (state = 'given' and taker_kind = $1 and taker = $2) order by drawn_at, id`, string(kind), holder)
}

// LatestLists lists the newest lists of a city.
func LatestLists(ctx context.Context, q db.Q, city ref.City, limit int) ([]Handover, error) {
	return db.List(ctx, q, scanList, listColumns+"where city = $1 order by id desc limit $2", string(city), limit)
}

// OnOpenList tells which of a set of cards already stand on a list that is not taken yet.
func OnOpenList(ctx context.Context, q db.Q, cards []ref.Card) (map[ref.Card]ref.Handover, error) {
	out := map[ref.Card]ref.Handover{}
	err := db.QueryEach(ctx, q, `select l.card, l.handover from handover_line l join handover h on h.id = l.handover
		where h.state in ('drawn', 'given') and l.finding <> 'extra' and l.card in (select e.value ->> 0 from each($1) e)`, db.IDs(cards), func(r *sql.Rows) error {
		var c ref.Card
		var h ref.Handover
		err := r.Scan(&c, &h)
		out[c] = h
		return err
	})
	return out, err
}

// ListsOf lists the hand-over lists a card has stood on, oldest first.
func ListsOf(ctx context.Context, q db.Q, c ref.Card) ([]ref.Handover, error) {
	return db.Text[ref.Handover](ctx, q, "select handover from handover_line where card = $1 order by handover", string(c))
}
