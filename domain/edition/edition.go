package edition

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// ID of a proposal, "edn_…". The edition's own id is ref.Edition: two proposals may be about one
// edition, when the first was not agreed to.
type ID string

// The states of a proposal.
const (
	Proposed  state.State = "proposed"
	Published state.State = "published"
	Rejected  state.State = "rejected"
	Withdrawn state.State = "withdrawn"
)

// Cycle of a proposal. Nothing leads out of published.
var Cycle = &state.Cycle{Name: "edition", Table: "edition", Key: "id", Start: Proposed, Moves: []state.Move{
	{From: Proposed, Event: "publish", To: Published, Why: "a second person agreed; it takes effect on its first day"},
	{From: Proposed, Event: "reject", To: Rejected, Why: "a second person did not agree, and said why"},
	{From: Proposed, Event: "withdraw", To: Withdrawn, Why: "who proposed it took it back"},
}}

// Proposal is an edition that somebody wants to publish, and what became of it.
type Proposal struct {
	ID         ID
	City       ref.City
	Edition    ref.Edition
	File       string // "beijing/2025-city.yaml", as findings name it
	Text       string // YAML; empty in lists
	From       string // YYYY-MM-DD, its first day
	State      state.State
	No         int64  // place in the order of publication, from 1; 0 until published
	Note       string // why, in the words of who proposed
	ProposedBy string // staff id
	ProposedAt time.Time
	DecidedBy  string
	DecidedAt  time.Time
	Words      string // of the decision
}

// The refusals.
var (
	ErrUnknown = fault.New(fault.NotFound, "edition.unknown", "there is no such proposal")
	ErrDecided = fault.New(fault.Conflict, "edition.decided", "somebody has decided on this proposal already")
)

// Put stores a new proposal in state proposed.
func Put(ctx context.Context, tx *db.Tx, p Proposal) error {
	_, err := tx.Exec(ctx, `insert into edition (id, city, edition, file, body, starts_on, state, rev, no, note, proposed_by, proposed_at, decided_by, decided_at, words)
		values ($1, $2, $3, $4, $5, $6, 'proposed', 0, 0, $7, $8, $9, '', 0, '')`,
		string(p.ID), string(p.City), string(p.Edition), p.File, p.Text, p.From, p.Note, p.ProposedBy, tx.Micro())
	return err
}

// Decide writes who decided and with which words, and moves the proposal. no is its place in the
// order of publication, 0 for what is not published; one that another took is db.Taken. A proposal
// that was decided before is ErrDecided.
func Decide(ctx context.Context, tx *db.Tx, id ID, e state.Event, by, words string, no int64, sitting string) error {
	n, err := tx.Exec(ctx, "update edition set decided_by = $2, decided_at = $3, words = $4, no = $5 where id = $1 and state = 'proposed'",
		string(id), by, tx.Micro(), words, no)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrDecided
	}
	return state.Apply(ctx, tx, Cycle, e, []ID{id}, sitting)
}

const columns = "id, city, edition, file, starts_on, state, no, note, proposed_by, proposed_at, decided_by, decided_at, words"

func (p *Proposal) scan(r *sql.Rows, more ...any) error {
	var proposed, decided int64
	err := r.Scan(append([]any{&p.ID, &p.City, &p.Edition, &p.File, &p.From, &p.State, &p.No, &p.Note, &p.ProposedBy, &proposed,
		&p.DecidedBy, &decided, &p.Words}, more...)...)
	p.ProposedAt, p.DecidedAt = db.Time(proposed), db.Time(decided)
	return err
}

func whole(r *sql.Rows) (p Proposal, err error) { return p, p.scan(r, &p.Text) }

// Get reads one proposal with its text.
func Get(ctx context.Context, q db.Q, id ID) (Proposal, error) {
	p, found, err := db.One(ctx, q, whole, "select "+columns+", body from edition where id = $1", string(id))
	if err == nil && !found {
		err = ErrUnknown
	}
	return p, err
}

// All lists a city's proposals without their texts, the newest first, at most limit.
func All(ctx context.Context, q db.Q, city ref.City, limit int) ([]Proposal, error) {
	return db.List(ctx, q, func(r *sql.Rows) (p Proposal, err error) { return p, p.scan(r) },
		"select "+columns+" from edition where city = $1 order by proposed_at desc, id desc limit $2", string(city), limit)
}

// Waiting counts a city's proposals that nobody has decided on.
func Waiting(ctx context.Context, q db.Q, city ref.City) (int64, error) {
	return db.Int(ctx, q, "select count(*) from edition where city = $1 and state = 'proposed'", string(city))
}

// Last is the number of the city's last publication, 0 when there was none.
func Last(ctx context.Context, q db.Q, city ref.City) (int64, error) {
	return db.Int(ctx, q, "select coalesce(max(no), 0) from edition where city = $1", string(city))
}

// After lists what a city published after a number, with texts, in the order of publication.
func After(ctx context.Context, q db.Q, city ref.City, no int64) ([]Proposal, error) {
	return db.List(ctx, q, whole, "select "+columns+", body from edition where city = $1 and state = 'published' and no > $2 order by no", string(city), no)
}
