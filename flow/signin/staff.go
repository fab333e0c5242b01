package signin

import (
	"context"

	"kawu/domain/access"
	"kawu/flow/desk"
)

// Staff signs a member of staff in. The try is counted before the password is looked at, so that
// many guesses at once are counted one by one, and given back when it was right.
func (f *Flow) Staff(ctx context.Context, k Knock, login, password string) (Entry, error) {
	st, hash, err := access.ByLogin(ctx, f.Desk.DB, login)
	if err != nil {
		return Entry{}, err
	}
	if err := f.sit(ctx, k, string(st.ID), "password", func(s *desk.Sitting) (refused, err error) {
		return count(ctx, s, counter{access.PerAddress, k.Address}, counter{access.PerLogin, access.Login(login)})
	}); err != nil {
		return Entry{}, err
	}
	ok, stale := f.Cost.Matches(password, hash) // takes its time for an unknown login too
	switch {
	case !ok:
		return Entry{}, ErrWrong
	case st.Disabled:
		return Entry{}, ErrDisabled
	case stale:
		if hash, err = f.Cost.Hash(password); err != nil {
			return Entry{}, err
		}
	}
	var session access.Session
	var cookie string
	err = f.sit(ctx, k, string(st.ID), "in", func(s *desk.Sitting) (_, err error) {
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
		session, cookie, err = access.Open(ctx, s.Tx, access.Session{Staff: st.ID, City: st.City}, k.Cookie)
		return nil, err
	})
	return staff(st, session, cookie, k), err
}
