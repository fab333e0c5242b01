package hire

import (
	"context"

	"kawu/domain/access"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/kit/fault"
)

// Reset gives somebody who works here a first password again, because the own one was forgotten or the
// first one has run out; it is drawn and told once. ErrUnknown, ErrMore, ErrOwn.
func (f *Flow) Reset(ctx context.Context, by []desk.Actor, login string) (Hired, error) {
	h := Hired{Password: draw()}
	hash, err := f.Cost.Hash(h.Password)
	if err != nil {
		return Hired{}, err
	}
	err = f.sit(ctx, desk.ResetStaff, by, func(s *desk.Sitting) error {
		x, err := f.other(ctx, s.Tx, by, login)
		if err != nil {
			return err
		}
		h.Staff = x
		s.About(string(h.ID), 1, "role", h.Role, "agreed", len(by))
		return f.give(ctx, s, &h, hash)
	})
	return h, err
}

// give stores a first password, and ends what was open under the one before.
func (f *Flow) give(ctx context.Context, s *desk.Sitting, h *Hired, hash string) error {
	h.First = s.At().AddDate(0, 0, access.FirstDays)
	if err := access.CloseOf(ctx, s.Tx, h.ID); err != nil {
		return err
	}
	return access.Put(ctx, s.Tx, []access.Staff{h.Staff}, []string{hash})
}

// other reads somebody who works here and is none of those who agree: ErrUnknown, ErrOwn.
func (f *Flow) other(ctx context.Context, tx *db.Tx, by []desk.Actor, login string) (access.Staff, error) {
	x, _, err := access.ByLogin(ctx, tx, login)
	if err == nil && (x.ID == "" || x.Disabled || x.City != f.City) {
		err = fault.New(ErrUnknown.Kind, ErrUnknown.Code, ErrUnknown.Message, "login", access.Login(login))
	}
	for _, a := range by {
		if err == nil && a.ID == string(x.ID) {
			err = fault.New(ErrOwn.Kind, ErrOwn.Code, ErrOwn.Message, "login", x.Login)
		}
	}
	return x, err
}
