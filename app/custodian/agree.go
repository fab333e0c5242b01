package custodian

import (
	"context"

	"kawu/domain/access"
	"kawu/flow/desk"
	"kawu/flow/hire"
	"kawu/flow/signin"
)

// Actor is who does something, for commands that pass on who has agreed.
type Actor = desk.Actor

// Newcomer is somebody to be hired.
type Newcomer = hire.Newcomer

// Hired is who was hired or given a first password again, with that password.
type Hired = hire.Hired

// ErrWrong is Prove's refusal of a password, or of a login that nobody has.
var ErrWrong = signin.ErrWrong

// Prove makes sure who a member of staff is, by login and password, for one act at the command line.
// Nobody is signed in by it; tries are counted as at the portals' doors.
func (r *Room) Prove(ctx context.Context, login, password string) (Actor, error) {
	f := signin.Flow{Desk: r.Desk, Cost: access.Standard}
	return f.Prove(ctx, signin.Knock{Channel: "line", Address: "line"}, login, password)
}

// Choose gives a member of staff a password of the own choosing.
func (r *Room) Choose(ctx context.Context, login string, c access.Choice) error {
	f := signin.Flow{Desk: r.Desk, Cost: access.Standard}
	return f.Choose(ctx, signin.Knock{Channel: "line", Address: "line"}, login, c)
}

// Staff keeps the register of staff.
func (r *Room) Staff() *hire.Flow {
	bank := func(code string) bool { _, has := r.Here.Bank(code); return has }
	return &hire.Flow{Desk: r.Desk, City: r.City, Cost: access.Standard, Bank: bank}
}
