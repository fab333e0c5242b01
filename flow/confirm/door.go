package confirm

import (
	"context"
	"time"

	"kawu/domain/access"
	"kawu/domain/application"
	"kawu/flow/desk"
)

// The limits of codes typed by people who are not signed in. An office behind one address is let
// through on a day when hundreds confirm; a code of one's own is never typed wrong twenty times.
var (
	perAddress = access.Limit{Name: "confirm.address", Most: 300, Window: 15 * time.Minute}
	perCode    = access.Limit{Name: "confirm.code", Most: 20, Window: 24 * time.Hour}
)

// Ask is Find for somebody at the door: every try is counted by network address and by code, so
// that neither the code nor the four characters can be found by trying. The refusals are those of
// Find, and access.ErrTooMany.
func (f *Flow) Ask(ctx context.Context, address, code, last4 string) (application.Application, error) {
	var refused error
	err := f.Desk.Sit(ctx, desk.Actor{Role: desk.Visitor, Channel: "web"}, desk.SignIn, func(s *desk.Sitting) (err error) {
		s.About("confirm", 1)
		if refused, err = access.Count(ctx, s.Tx, perAddress, address); refused != nil || err != nil {
			return err
		}
		refused, err = access.Count(ctx, s.Tx, perCode, code)
		return err
	})
	if err == nil {
		err = refused
	}
	if err != nil {
		return application.Application{}, err
	}
	return f.Find(ctx, code, last4)
}
