package access

import (
	"context"
	"strings"
	"time"

	"kawu/kit/db"
	"kawu/kit/fault"
)

// FirstDays is how many days a first password is good. Whoever was given it has seen somebody else see
// it, so it opens one door only: that to choosing another.
const FirstDays = 7

// loginMin is how long a login is at least that a password may not have in it: a shorter one is in many words.
const loginMin = 4

// The refusals of a first password and of the choice of another.
var (
	ErrFirst     = fault.New(fault.Forbidden, "access.first", "{login} still has the first password, which proves nobody; choose another first")
	ErrFirstOver = fault.New(fault.Forbidden, "access.first_over", "the first password of {login} has run out; it is good for {days} days", "days", FirstDays)
	ErrOld       = fault.New(fault.Invalid, "access.old_wrong", "the password that {login} has now is another one")
	ErrSame      = fault.New(fault.Invalid, "access.password_same", "the new password is the old one")
	ErrLoginIn   = fault.New(fault.Invalid, "access.password_login", "the password has the login in it")
	ErrTwice     = fault.New(fault.Invalid, "access.password_twice", "the two new passwords are not the same")
)

// Of gives a refusal with the login that it is about.
func Of(f *fault.Fault, login string) *fault.Fault {
	g := *f
	g.Args = map[string]any{"login": login}
	for k, v := range f.Args {
		g.Args[k] = v
	}
	return &g
}

// Choice is a change of the own password: what it is now, and what it shall be, typed twice.
type Choice struct{ Old, New, Again string }

// Check lists all that is wrong with a choice, at the fields "new" and "again".
func (c Choice) Check(login string) error {
	var bad fault.List
	if !long(c.New) {
		bad.Add("new", ErrPassword)
	}
	if c.New == c.Old {
		bad.Add("new", ErrSame)
	}
	if l := Login(login); len(l) >= loginMin && strings.Contains(strings.ToLower(c.New), l) {
		bad.Add("new", ErrLoginIn)
	}
	if c.New != c.Again {
		bad.Add("again", ErrTwice)
	}
	return bad.Err()
}

// Choose stores the hash of a password that its owner has chosen, if the hash of the one before is still
// old, and ends all sessions: ErrOld when somebody was quicker.
func Choose(ctx context.Context, tx *db.Tx, s Staff, old, hash string) error {
	n, err := tx.Exec(ctx, "update staff set password = $1, first_until = 0 where id = $2 and password = $3 and disabled_at = 0", hash, string(s.ID), old)
	if err == nil && n == 0 {
		err = Of(ErrOld, s.Login).At("old")
	}
	if err != nil {
		return err
	}
	return CloseOf(ctx, tx, s.ID)
}

func firstMicro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
