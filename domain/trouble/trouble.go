// Package trouble is the room of what somebody has to act on (异常件).
//
// Owns: one open row per kind and subject, with the party that owns it, why, since when and by
// when; what was done stays as a settled row. Does not own: the act itself (flows). Invariants: no
// trouble without an owner; a kind has one playbook, the one thing to do about it, and the page
// offers that. Table: trouble.
package trouble

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/id"
	"kawu/kit/state"
)

// Kind of trouble; each has its wording "trouble.<kind>" and one thing to do, "trouble.<kind>.do".
type Kind string

// The kinds.
const (
	NameDiffers     Kind = "name_differs" // population register
	NotInRegister   Kind = "not_in_register"
	Dead            Kind = "dead"
	CardElsewhere   Kind = "card_elsewhere"  // province: transfer or cancel there first (CD-40 …)
	AccountRefused  Kind = "account_refused" // bank; the reason says why
	WrongAccount    Kind = "wrong_account"   // bank answered for somebody else
	FaceHeld        Kind = "face_held"       // a printed name is wrong, or nobody looks at it: the card is not ordered
	CardUnmade      Kind = "card_unmade"     // factory cannot make it from this data
	CardRemade      Kind = "card_remade"     // factory failed; it is being made again
	UnknownReturn   Kind = "unknown_return"  // a result for a card never ordered
	NoCertificate   Kind = "no_certificate"  // authority refused
	HandoverDiffers Kind = "handover_differs"
	ParcelFailed    Kind = "parcel_failed"
	UnknownParcel   Kind = "unknown_parcel"
	MessageFailed   Kind = "message_failed"
	PartnerFails    Kind = "partner_fails" // an exchange that cannot be done
	Overdue         Kind = "overdue"       // the promised day has passed
	NotCollected    Kind = "not_collected"
	NotEnabled      Kind = "not_enabled"
	CardMissing     Kind = "card_missing" // custody says the drawer has it, the clerk does not find it
	ModuleLost      Kind = "psam_lost"    // a terminal's module; the province has to be told
)

// Cycle of a trouble.
var Cycle = &state.Cycle{Name: "trouble", Table: "trouble", Key: "id", Start: "open", Moves: []state.Move{
	{From: "open", Event: "settle", To: "settled", Why: "somebody did the one thing, or it went away by itself"},
}}

// Trouble is one thing to act on.
type Trouble struct {
	ID        ref.Trouble
	City      ref.City
	Kind      Kind
	Subject   string // id of the application, card, list …: unique among the open ones of its kind
	About     string // id people look up: collective application, batch, parcel
	OwnerKind ref.HolderKind
	Owner     string
	Reason    string // code from the partner
	State     state.State
	Since     time.Time
	Due       time.Time
	SettledAt time.Time
	SettledBy string
}

// Raise opens troubles; one that is open already for the same kind and subject stays as it is.
func Raise(ctx context.Context, tx *db.Tx, all []Trouble) error {
	ids := id.Many("trb", tx.At(), len(all))
	rows := make([]db.Row, len(all))
	for i, t := range all {
		rows[i] = db.Row{ids[i], t.City, t.Kind, t.Subject, t.About, t.OwnerKind, t.Owner, t.Reason, t.Due.UnixMicro()}
	}
	_, err := tx.ExecEach(ctx, `insert into trouble (id, city, kind, subject, about, owner_kind, owner, reason, state, rev, since, due_at, settled_at, settled_by)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6, e.value ->> 7, 'open', 0,
		cast($2 as bigint), cast(e.value ->> 8 as bigint), 0, '' from each($1) e where true on conflict do nothing`, rows, tx.Micro())
	return err
}

// Pass moves open troubles on to those who have the case now.
func Pass(ctx context.Context, tx *db.Tx, all []Trouble) error {
	_, err := tx.ExecEach(ctx, `update trouble set owner_kind = e.kind, owner = e.owner, reason = e.reason
		from (select x.value ->> 0 as trouble, x.value ->> 1 as subject, x.value ->> 2 as kind, x.value ->> 3 as owner, x.value ->> 4 as reason from each($1) x) e
		where trouble.kind = e.trouble and trouble.subject = e.subject and trouble.settled_at = 0`,
		db.Rows(all, func(t Trouble) db.Row { return db.Row{t.Kind, t.Subject, t.OwnerKind, t.Owner, t.Reason} }))
	return err
}

// Settle closes the open troubles of a kind for a set of subjects.
func Settle(ctx context.Context, tx *db.Tx, k Kind, subjects []string, by, sitting string) error {
	var open []ref.Trouble
	err := db.QueryEach(ctx, tx, "select id from trouble where kind = $2 and settled_at = 0 and subject in (select e.value ->> 0 from each($1) e)", db.IDs(subjects),
		func(r *sql.Rows) error {
			var t ref.Trouble
			err := r.Scan(&t)
			open = append(open, t)
			return err
		}, string(k))
	if err != nil {
		return err
	}
	if err := state.Apply(ctx, tx, Cycle, "settle", open, sitting); err != nil {
		return err
	}
	_, err = tx.ExecEach(ctx, "update trouble set settled_at = cast($2 as bigint), settled_by = $3 where id in (select e.value ->> 0 from each($1) e)", db.IDs(open), tx.Micro(), by)
	return err
}

const columns = "select id, city, kind, subject, about, owner_kind, owner, reason, state, since, due_at, settled_at, settled_by from trouble "

func scan(r *sql.Rows) (t Trouble, err error) {
	var since, due, settled int64
	err = r.Scan(&t.ID, &t.City, &t.Kind, &t.Subject, &t.About, &t.OwnerKind, &t.Owner, &t.Reason, &t.State, &since, &due, &settled, &t.SettledBy)
	t.Since, t.Due, t.SettledAt = db.Time(since), db.Time(due), db.Time(settled)
	return t, err
}

// Get reads one trouble.
func Get(ctx context.Context, q db.Q, id ref.Trouble) (Trouble, bool, error) {
	return db.One(ctx, q, scan, columns+"where id = $1", string(id))
}

// OpenIn lists a city's open troubles, the most urgent first, at most limit.
func OpenIn(ctx context.Context, q db.Q, city ref.City, limit int) ([]Trouble, error) {
	return db.List(ctx, q, scan, columns+"where city = $1 and settled_at = 0 order by due_at, id limit $2", string(city), limit)
}

// OpenOf lists the open troubles one party owns.
func OpenOf(ctx context.Context, q db.Q, kind ref.HolderKind, owner string, limit int) ([]Trouble, error) {
	return db.List(ctx, q, scan, columns+"where owner_kind = $1 and owner = $2 and settled_at = 0 order by due_at, id limit $3", string(kind), owner, limit)
}

// All lists a city's troubles, open and settled, oldest first, at most limit.
func All(ctx context.Context, q db.Q, city ref.City, limit int) ([]Trouble, error) {
	return db.List(ctx, q, scan, columns+"where city = $1 order by since, id limit $2", string(city), limit)
}

// About lists the troubles of one subject, newest first.
func About(ctx context.Context, q db.Q, subject string) ([]Trouble, error) {
	return db.List(ctx, q, scan, columns+"where subject = $1 order by since desc, id desc", subject)
}
