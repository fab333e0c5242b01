package production

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/name"
	"kawu/kit/state"
)

// States of a proof.
const (
	ProofWaiting state.State = "waiting"
	ProofRight   state.State = "right"
	ProofWrong   state.State = "wrong"
)

// Proofs is the cycle of a proof.
var Proofs = &state.Cycle{Name: "proof", Table: "proof", Key: "application", Start: ProofWaiting, Moves: []state.Move{
	{From: ProofWaiting, Event: "pass", To: ProofRight, Why: "somebody looked at the name as it will be printed"},
	{From: ProofWaiting, Event: "doubt", To: ProofWrong, Why: "a character is not the person's: the card waits, the batch does not"},
	{From: ProofWaiting, Event: "drop", To: ProofRight, Why: "the application was withdrawn: nothing will be printed"},
	{From: ProofWrong, Event: "drop", To: ProofRight, Why: "the application was withdrawn: nothing will be printed"},
	{From: ProofWrong, Event: "again", To: ProofWaiting, Why: "the name or the font was mended"},
	{From: ProofRight, Event: "again", To: ProofWaiting, Why: "the name is another one now"},
}}

// Proof is a name with characters that the card's typeface lacks (字样): a person looks at it before
// the card is ordered. The name itself stays with the application.
type Proof struct {
	Application ref.Application
	City        ref.City
	Name        name.Person // written only: by its mark a look is found out of date
	State       state.State
	Reason      string // code of what is wrong; "" otherwise
	Since       time.Time
	Due         time.Time // by when somebody shall have looked
	DecidedAt   time.Time
	DecidedBy   string // staff id
	mark        string
}

// ErrProof is the refusal of a proof that is not there.
var ErrProof = fault.New(fault.NotFound, "production.unknown_proof", "nobody has to look at this name")

const markProof = "proof.name"

// Of tells whether the proof is of this name.
func (p Proof) Of(q db.Q, n name.Person) bool { return p.mark == q.Box().Digest(markProof, n.Reveal()) }

// Hold puts names before an eye; those that were looked at under another name, or found wrong, wait
// again.
func Hold(ctx context.Context, tx *db.Tx, all []Proof, sitting string) error {
	ids := make([]ref.Application, len(all))
	rows := make([]db.Row, len(all))
	for i, p := range all {
		ids[i] = p.Application
		rows[i] = db.Row{p.Application, p.City, tx.Box().Digest(markProof, p.Name.Reveal()), p.Due.UnixMicro()}
	}
	if _, err := tx.ExecEach(ctx, `insert into proof (application, city, name_mark, state, rev, reason, since, due_at, decided_at, decided_by)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, 'waiting', 0, '', cast($2 as bigint), cast(e.value ->> 3 as bigint), 0, '' from each($1) e where true
		on conflict (application) do update set name_mark = excluded.name_mark, reason = '', since = excluded.since, due_at = excluded.due_at`,
		rows, tx.Micro()); err != nil {
		return err
	}
	_, err := state.ApplyWhere(ctx, tx, Proofs, "again", ids, sitting)
	return err
}

// Decide notes what an eye has seen: "pass", or "doubt" with a reason.
func Decide(ctx context.Context, tx *db.Tx, a ref.Application, e state.Event, reason, by, sitting string) error {
	if err := state.Apply(ctx, tx, Proofs, e, []ref.Application{a}, sitting); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "update proof set reason = $1, decided_at = $2, decided_by = $3 where application = $4", reason, tx.Micro(), by, string(a))
	return err
}

// Drop ends the proofs of applications that were withdrawn.
func Drop(ctx context.Context, tx *db.Tx, apps []ref.Application, sitting string) error {
	_, err := state.ApplyWhere(ctx, tx, Proofs, "drop", apps, sitting)
	return err
}

const proofColumns = "select p.application, p.city, p.name_mark, p.state, p.reason, p.since, p.due_at, p.decided_at, p.decided_by from proof p "

func scanProof(r *sql.Rows) (p Proof, err error) {
	var since, due, decided int64
	err = r.Scan(&p.Application, &p.City, &p.mark, &p.State, &p.Reason, &since, &due, &decided, &p.DecidedBy)
	p.Since, p.Due, p.DecidedAt = db.Time(since), db.Time(due), db.Time(decided)
	return p, err
}

// ProofOf reads one proof: ErrProof when nobody has to look.
func ProofOf(ctx context.Context, q db.Q, a ref.Application) (Proof, error) {
	p, ok, err := db.One(ctx, q, scanProof, proofColumns+"where p.application = $1", string(a))
	if err == nil && !ok {
		err = ErrProof
	}
	return p, err
}

// ProofsOf reads the proofs of a set of applications; one that needs none is not in the map.
func ProofsOf(ctx context.Context, q db.Q, apps []ref.Application) (map[ref.Application]Proof, error) {
	out := map[ref.Application]Proof{}
	err := db.QueryEach(ctx, q, proofColumns+"join each($1) e on p.application = e.value ->> 0", db.IDs(apps), func(r *sql.Rows) error {
		p, err := scanProof(r)
		out[p.Application] = p
		return err
	})
	return out, err
}

// ProofsIn lists a city's proofs in a state that is not right, the most urgent first.
func ProofsIn(ctx context.Context, q db.Q, city ref.City, s state.State, offset, limit int) ([]Proof, error) {
	return db.List(ctx, q, scanProof, proofColumns+`where p.city = $1 and p.state <> 'right' and p.state = $2
		order by p.due_at, p.application limit $3 offset $4`, string(city), string(s), limit, offset)
}

// CountProofs counts a city's proofs that hold a card up.
func CountProofs(ctx context.Context, q db.Q, city ref.City) (waiting, wrong int, err error) {
	err = db.Scan(ctx, q, func(r *sql.Rows) error { return r.Scan(&waiting, &wrong) },
		`select coalesce(sum(case when state = 'waiting' then 1 else 0 end), 0), coalesce(sum(case when state = 'wrong' then 1 else 0 end), 0)
		from proof where city = $1 and state <> 'right'`, string(city))
	return waiting, wrong, err
}

// Unseen lists a city's proofs that nobody has looked at in time.
func Unseen(ctx context.Context, q db.Q, city ref.City, now time.Time) ([]Proof, error) {
	return db.List(ctx, q, scanProof, proofColumns+"where p.city = $1 and p.state <> 'right' and p.state = 'waiting' and p.due_at <= $2", string(city), now.UnixMicro())
}
