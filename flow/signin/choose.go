package signin

import (
	"context"
	"errors"

	"kawu/domain/access"
	"kawu/flow/desk"
)

// Choose gives a member of staff a password of the own choosing, and ends all sessions under the one
// before. All that is wrong with the new one is said before the old one is looked at; then
// access.ErrOld, access.ErrFirstOver, ErrDisabled, access.ErrLocked.
func (f *Flow) Choose(ctx context.Context, k Knock, login string, c access.Choice) error {
	if err := c.Check(login); err != nil {
		return err
	}
	hash, err := f.Cost.Hash(c.New)
	if err != nil {
		return err
	}
	_, err = f.known(ctx, k, login, c.Old, "choose", func(s *desk.Sitting, st access.Staff, now string) error {
		return access.Choose(ctx, s.Tx, st, now, hash)
	})
	if errors.Is(err, ErrWrong) {
		return access.Of(access.ErrOld, access.Login(login)).At("old")
	}
	return err
}
