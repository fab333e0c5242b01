package cancellation

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/state"
)

// ID names a request; its prefix is can.
type ID string

// Reason is why a card is cancelled.
type Reason string

// The reasons.
const (
	Death       Reason = "death"       // or declared missing: two persons look
	Abroad      Reason = "abroad"      // settled abroad
	Nationality Reason = "nationality" // changed
	Moved       Reason = "moved"       // out of the province
	Left        Reason = "left"        // a foreigner, or a resident of Hong Kong, Macao or Taiwan, left
	ChangeBank  Reason = "change_bank" // gives the card up to have one of another bank
	Unclaimed   Reason = "unclaimed"   // made and never collected
)

// Proof is what was shown, by its kind; the paper itself stays with who showed it.
type Proof string

// Proofs are what fits each reason, the most usual first. The reasons are in the order of the pages.
var Proofs = []struct {
	Reason Reason
	Fits   []Proof
}{
	{Death, []Proof{"death_certificate", "household_closed", "court_ruling"}},
	{Abroad, []Proof{"settlement_abroad", "household_closed"}},
	{Nationality, []Proof{"nationality_certificate"}},
	{Moved, []Proof{"move_certificate", "insurance_moved"}},
	{Left, []Proof{"exit_record", "permit_ended"}},
	{ChangeBank, []Proof{"own_request"}},
	{Unclaimed, []Proof{"overdue_list", "own_request"}},
}

// Fits says whether a proof is one for a reason.
func Fits(r Reason, p Proof) bool {
	for _, x := range Proofs {
		if x.Reason == r {
			return slices.Contains(x.Fits, p)
		}
	}
	return false
}

// Reviewed says that a second person decides: a death, because a mistake stops the pension of a living
// person.
func (r Reason) Reviewed() bool { return r == Death }

// States of a request.
const (
	Asked    state.State = "asked"
	Done     state.State = "done"
	Rejected state.State = "rejected"
)

// Cycle of a request.
var Cycle = &state.Cycle{Name: "cancellation", Table: "cancellation", Key: "id", Start: Asked, Moves: []state.Move{
	{From: Asked, Event: "agree", To: Done, Why: "the proof fits; a death by a second person"},
	{From: Asked, Event: "reject", To: Rejected, Why: "a second person found that the proof does not fit, or that the person lives"},
}}

// Request is one request.
type Request struct {
	ID        ID
	City      ref.City
	Card      ref.Card
	Person    ref.Person
	Reason    Reason
	Proof     Proof
	Channel   string
	State     state.State
	AskedBy   string // staff id
	AskedAt   time.Time
	DecidedBy string
	DecidedAt time.Time
}

// The refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "cancellation.unknown", "there is no such request to cancel a card")
	ErrDecided = fault.New(fault.Conflict, "cancellation.decided", "somebody has decided on this request already")
	ErrSame    = fault.New(fault.Refused, "cancellation.same_person", "who asked for a cancellation because of a death cannot decide on it")
)

// Put stores a new request, which waits. A card with one that waits is db.Taken.
func Put(ctx context.Context, tx *db.Tx, r Request) (ID, error) {
	n := ID(id.New("can", tx.At()))
	_, err := tx.Exec(ctx, `insert into cancellation (id, city, card, person, reason, proof, channel, state, rev, asked_by, asked_at, decided_by, decided_at)
		values ($1, $2, $3, $4, $5, $6, $7, 'asked', 0, $8, $9, '', 0)`,
		string(n), string(r.City), string(r.Card), string(r.Person), string(r.Reason), string(r.Proof), r.Channel, r.AskedBy, tx.Micro())
	return n, err
}

// Decide moves a request that waits: ErrDecided when it does not, ErrSame when the reason is reviewed
// and by is who asked.
func Decide(ctx context.Context, tx *db.Tx, r Request, e state.Event, by, sitting string) error {
	if r.Reason.Reviewed() && by == r.AskedBy {
		return ErrSame
	}
	n, err := tx.Exec(ctx, "update cancellation set decided_by = $2, decided_at = $3 where id = $1 and state = 'asked'", string(r.ID), by, tx.Micro())
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrDecided
	}
	return state.Apply(ctx, tx, Cycle, e, []ID{r.ID}, sitting)
}

const columns = "select id, city, card, person, reason, proof, channel, state, asked_by, asked_at, decided_by, decided_at from cancellation "

func scan(r *sql.Rows) (x Request, err error) {
	var asked, decided int64
	err = r.Scan(&x.ID, &x.City, &x.Card, &x.Person, &x.Reason, &x.Proof, &x.Channel, &x.State, &x.AskedBy, &asked, &x.DecidedBy, &decided)
	x.AskedAt, x.DecidedAt = db.Time(asked), db.Time(decided)
	return x, err
}

// Get reads one request. Fault: ErrUnknown.
func Get(ctx context.Context, q db.Q, n ID) (Request, error) {
	x, ok, err := db.One(ctx, q, scan, columns+"where id = $1", string(n))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return x, err
}

// Of lists a card's requests, the newest first.
func Of(ctx context.Context, q db.Q, c ref.Card) ([]Request, error) {
	return db.List(ctx, q, scan, columns+"where card = $1 order by asked_at desc, id desc", string(c))
}

// Waiting lists a city's requests that wait for a second person, the oldest first, at most limit.
func Waiting(ctx context.Context, q db.Q, city ref.City, limit int) ([]Request, error) {
	return db.List(ctx, q, scan, columns+"where city = $1 and state = 'asked' order by asked_at, id limit $2", string(city), limit)
}
