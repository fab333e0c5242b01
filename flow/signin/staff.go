package signin

import (
	"context"

	"kawu/domain/access"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

// Staff signs a member of staff in.
func (f *Flow) Staff(ctx context.Context, k Knock, login, password string) (Entry, error) {
	var session access.Session
	var cookie string
	st, err := f.known(ctx, k, login, password, "in", func(s *desk.Sitting, st access.Staff, _ string) (err error) {
		session, cookie, err = access.Open(ctx, s.Tx, access.Session{Staff: st.ID, City: st.City}, k.Cookie)
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	return staff(st, session, cookie, k), nil
}

// Prove makes sure who a member of staff is, for one act at a command line; nobody is signed in by it.
// A first password proves nobody: somebody else has seen it (access.ErrFirst).
func (f *Flow) Prove(ctx context.Context, k Knock, login, password string) (desk.Actor, error) {
	st, err := f.known(ctx, k, login, password, "prove", func(*desk.Sitting, access.Staff, string) error { return nil })
	if err != nil {
		return desk.Actor{}, err
	}
	return staff(st, access.Session{}, "", k).Actor, nil
}

// known looks at login and password, and does the rest, which is given the hash that was right, in the
// sitting that says so. The try
// is counted before the password is looked at, so that many guesses at once are counted one by one,
// and given back when it was right.
func (f *Flow) known(ctx context.Context, k Knock, login, password, step string, rest func(*desk.Sitting, access.Staff, string) error) (access.Staff, error) {
	st, hash, err := access.ByLogin(ctx, f.Desk.DB, login)
	if err != nil {
		return access.Staff{}, err
	}
	if err := f.sit(ctx, k, string(st.ID), "password", func(s *desk.Sitting) (refused, err error) {
		if refused, err = count(ctx, s, counter{access.PerAddress, k.Address}); refused != nil || err != nil {
			return refused, err
		}
		if refused, err = access.Count(ctx, s.Tx, access.PerLogin, access.Login(login)); refused != nil {
			lock := *access.ErrLocked // which login it is tells nothing: one that nobody has is locked alike
			lock.Args = fault.Of(refused).Args
			refused = access.Of(&lock, access.Login(login))
		}
		return refused, err
	}); err != nil {
		return access.Staff{}, err
	}
	ok, stale := f.Cost.Matches(password, hash) // takes its time for an unknown login too
	switch {
	case !ok:
		return access.Staff{}, ErrWrong
	case st.Disabled:
		return access.Staff{}, ErrDisabled
	case !st.First.IsZero() && !st.First.After(f.Desk.Clock.Now()):
		return access.Staff{}, access.Of(access.ErrFirstOver, st.Login)
	case !st.First.IsZero() && step == "prove":
		return access.Staff{}, access.Of(access.ErrFirst, st.Login)
	case stale:
		if hash, err = f.Cost.Hash(password); err != nil {
			return access.Staff{}, err
		}
	}
	return st, f.sit(ctx, k, string(st.ID), step, func(s *desk.Sitting) (_, err error) {
		if err = access.GiveBack(ctx, s.Tx, access.PerAddress, k.Address); err != nil {
			return nil, err
		}
		if err = access.GiveBack(ctx, s.Tx, access.PerLogin, access.Login(login)); err != nil {
			return nil, err
		}
		if stale {
			if err = access.SetHash(ctx, s.Tx, st.ID, hash); err != nil {
				return nil, err
			}
		}
		return nil, rest(s, st, hash)
	})
}
