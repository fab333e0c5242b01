// Package state keeps life cycles as tables.
//
// A Cycle is data: from, event, to, why. Applying an event to a set asks the table, changes the
// rows by a condition on the state they were in, and writes the history; a member whose state has
// no such move is refused by name, and a row that somebody else moved in between is a conflict,
// never ignored. The history has a foreign key to the table of allowed moves, so the database
// refuses what the Go table refuses. Owns the tables move and history; the table a cycle lives in
// belongs to its room.
package state

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"kawu/kit/db"
	"kawu/kit/fault"
)

// State is where a thing is in its life cycle; Event is what may happen to it.
type (
	State string
	Event string
)

// Move is one row of a life cycle.
type Move struct {
	From  State
	Event Event
	To    State
	Why   string // the rule or the reason, for the drawing
}

// Cycle is a whole life cycle and where its state is kept.
type Cycle struct {
	Name  string // unique, for the history: "card.making"
	Table string // the room's table; it has columns state and rev
	Key   string // the column that names the subject
	Start State
	Moves []Move
}

// Next is where event leads from from; ok is false when the table has no such move.
func (c *Cycle) Next(from State, e Event) (to State, ok bool) {
	for _, m := range c.Moves {
		if m.From == from && m.Event == e {
			return m.To, true
		}
	}
	return "", false
}

// Events lists what may happen from a state, in the table's order. Pages make their buttons of it.
func (c *Cycle) Events(from State) []Event {
	var out []Event
	for _, m := range c.Moves {
		if m.From == from {
			out = append(out, m.Event)
		}
	}
	return out
}

// Mermaid draws the cycle.
func (c *Cycle) Mermaid() string {
	var b strings.Builder
	fmt.Fprintf(&b, "stateDiagram-v2\n    [*] --> %s\n", c.Start)
	for _, m := range c.Moves {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", m.From, m.To, m.Event)
	}
	return b.String()
}

// ErrMove is the refusal when a thing is not in a state that allows the event.
var ErrMove = fault.New(fault.Refused, "state.move", "this step is not possible now")

// ErrMoved is the conflict when somebody else was faster.
var ErrMoved = fault.New(fault.Conflict, "state.moved", "somebody else changed this at the same moment; look again")

// Apply moves a whole set by one event and writes its history: one read, one update per state the
// members are in, one insert per chunk. All members must be able to move, otherwise nothing is
// changed and the fault says how many cannot. A member that was moved between the read and the
// update is ErrMoved. An empty set is nothing to do.
func Apply[T ~string](ctx context.Context, tx *db.Tx, c *Cycle, e Event, ids []T, sitting string) error {
	can, cannot, err := Split(ctx, tx, c, e, ids)
	if err != nil {
		return err
	}
	if len(cannot) > 0 {
		return fault.New(ErrMove.Kind, ErrMove.Code, ErrMove.Message,
			"cycle", c.Name, "event", string(e), "state", string(cannot[0].State), "n", len(cannot))
	}
	return apply(ctx, tx, c, e, can, sitting)
}

// ApplyWhere moves those of the set that can move and returns them; the others stay as they are.
// It is for work that is repeated after a crash, where some members have been moved already.
func ApplyWhere[T ~string](ctx context.Context, tx *db.Tx, c *Cycle, e Event, ids []T, sitting string) ([]T, error) {
	can, _, err := Split(ctx, tx, c, e, ids)
	if err != nil {
		return nil, err
	}
	out := make([]T, 0, len(can))
	for _, x := range can {
		out = append(out, T(x.ID))
	}
	return out, apply(ctx, tx, c, e, can, sitting)
}

// At is a member of a set with the state it is in and the number of its moves so far; a member that
// does not exist has state "".
type At struct {
	ID    string
	State State
	Rev   int64
}

// Split tells which members can make the move and which cannot. A member named twice counts once.
func Split[T ~string](ctx context.Context, q db.Q, c *Cycle, e Event, ids []T) (can, cannot []At, err error) {
	now := make(map[string]At, len(ids))
	query := fmt.Sprintf("select t.%s, t.state, t.rev from %s t join each($1) e on t.%s = e.value ->> 0", c.Key, c.Table, c.Key)
	err = db.QueryEach(ctx, q, query, db.IDs(ids), func(r *sql.Rows) error {
		var a At
		err := r.Scan(&a.ID, &a.State, &a.Rev)
		now[a.ID] = a
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	seen := make(map[T]bool, len(ids))
	for _, i := range ids {
		if seen[i] {
			continue
		}
		seen[i] = true
		at := now[string(i)]
		at.ID = string(i)
		if _, ok := c.Next(at.State, e); ok {
			can = append(can, at)
		} else {
			cannot = append(cannot, at)
		}
	}
	return can, cannot, nil
}

func apply(ctx context.Context, tx *db.Tx, c *Cycle, e Event, set []At, sitting string) error {
	by := map[State][]db.Row{}
	for _, x := range set {
		by[x.State] = append(by[x.State], db.Row{x.ID, x.Rev})
	}
	for _, from := range slices.Sorted(maps.Keys(by)) {
		rows := by[from]
		to, _ := c.Next(from, e)
		// The revision alone is the condition: it moves with every state. A condition on the state as
		// well would lead SQLite to its index on states, and from there through the set once a row.
		n, err := tx.ExecEach(ctx, fmt.Sprintf(`update %[1]s set state = $2, rev = %[1]s.rev + 1
			from (select x.value ->> 0 as id, cast(x.value ->> 1 as bigint) as rev from each($1) x) e
			where %[1]s.%[2]s = e.id and %[1]s.rev = e.rev`, c.Table, c.Key), rows, string(to))
		if err != nil {
			return err
		}
		if n != int64(len(rows)) {
			return ErrMoved
		}
		if _, err := tx.ExecEach(ctx, `insert into history (subject, cycle, rev, from_state, event, to_state, at, sitting)
			select e.value ->> 0, $2, cast(e.value ->> 1 as bigint) + 1, $3, $4, $5, cast($6 as bigint), $7 from each($1) e`, rows,
			c.Name, string(from), string(e), string(to), tx.Micro(), sitting); err != nil {
			return err
		}
	}
	return nil
}

// Declare writes the allowed moves of all cycles into the table that the history refers to. It is
// run once at start; moves are added, and never taken away while history refers to them.
func Declare(ctx context.Context, tx *db.Tx, cycles []*Cycle) error {
	var rows []db.Row
	for _, c := range cycles {
		for _, m := range c.Moves {
			rows = append(rows, db.Row{c.Name, string(m.From), string(m.Event), string(m.To)})
		}
	}
	_, err := tx.ExecEach(ctx, `insert into move (cycle, from_state, event, to_state)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3 from each($1) e
		where true on conflict do nothing`, rows)
	return err
}

// Step is one line of a subject's history.
type Step struct {
	Cycle    string
	Subject  string
	From, To State
	Event    Event
	At       time.Time
	Sitting  string
}

// History reads what happened to a set of subjects, oldest first.
func History[T ~string](ctx context.Context, q db.Q, ids []T) ([]Step, error) {
	var out []Step
	err := db.QueryEach(ctx, q, `select h.cycle, h.subject, h.from_state, h.to_state, h.event, h.at, h.sitting
		from history h join each($1) e on h.subject = e.value ->> 0 order by h.at, h.subject, h.cycle, h.rev`, db.IDs(ids),
		func(r *sql.Rows) error {
			var s Step
			var at int64
			err := r.Scan(&s.Cycle, &s.Subject, &s.From, &s.To, &s.Event, &at, &s.Sitting)
			s.At = time.UnixMicro(at)
			out = append(out, s)
			return err
		})
	return out, err
}
