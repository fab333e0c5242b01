package rules

import (
	"errors"
	"fmt"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// holder is somebody with an application, the new card and the old one.
type holder struct {
	application.Application
	card, old card.Card
}

// next is somebody whom no scenario has used, who collects in a mode and whose application is in a state.
func (h *house) next(mode application.Mode, s state.State) (holder, error) {
	for _, e := range h.World.Employers[:3] {
		all, err := application.OfEmployer(h.ctx, h.House.Store, e.ID)
		if err != nil {
			return holder{}, err
		}
		for _, c := range all {
			apps, err := application.In(h.ctx, h.House.Store, c.ID, s, "", 1000)
			if err != nil {
				return holder{}, err
			}
			for _, a := range apps {
				if a.Mode == mode && !h.used[a.ID] && a.Person != h.mailed().ID {
					h.used[a.ID] = true
					return h.holder(a)
				}
			}
		}
	}
	return holder{}, fmt.Errorf("nobody is left who collects by %s and is %s", mode, s)
}

// holder looks everything about an application up anew.
func (h *house) holder(a application.Application) (x holder, err error) {
	if x.Application, err = application.Get(h.ctx, h.House.Store, a.ID); err != nil {
		return x, err
	}
	cards, err := card.OfPerson(h.ctx, h.House.Store, a.Person)
	if err != nil {
		return x, err
	}
	for _, c := range cards {
		if c.Application == a.ID {
			x.card = c
		} else {
			x.old = c
		}
	}
	return x, nil
}

// again is the holder after something was done.
func (x *holder) again(h *house) (err error) {
	*x, err = h.holder(x.Application)
	return err
}

// inUse is how many of the holder's cards work for social security.
func (h *house) inUse(p ref.Person) (n int, err error) {
	cards, err := card.OfPerson(h.ctx, h.House.Store, p)
	for _, c := range cards {
		if c.Social == card.Normal {
			n++
		}
	}
	return n, err
}

// refused wants an error with one of these codes.
func refused(err error, codes ...string) error {
	f := fault.Of(err)
	if f == nil {
		return fmt.Errorf("this was not refused: %v", err)
	}
	for _, c := range codes {
		if f.Code == c {
			return nil
		}
	}
	return fmt.Errorf("this was refused with %s, not %v: %w", f.Code, codes, err)
}

// want is an error unless all hold; each comes with its name.
func want(all ...any) error {
	var out []error
	for i := 0; i+1 < len(all); i += 2 {
		if !all[i+1].(bool) {
			out = append(out, fmt.Errorf("it does not hold that %s", all[i]))
		}
	}
	return errors.Join(out...)
}
