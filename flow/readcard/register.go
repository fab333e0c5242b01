package readcard

import (
	"context"
	"time"

	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/domain/terminal"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/name"
	"kawu/kit/state"
)

// Enter puts modules that came from the province into the register: the faults of terminal.Check.
func (f *Flow) Enter(ctx context.Context, who desk.Actor, all []terminal.Module) error {
	for i := range all {
		all[i].City = f.City
	}
	return f.Desk.Sit(ctx, who, desk.KeepTerminals, func(s *desk.Sitting) error {
		s.About("psam", len(all), "event", "enter")
		_, err := terminal.Enter(ctx, s.Tx, all)
		return err
	})
}

// Given is a terminal with the token that is told once.
type Given struct {
	Terminal string `json:"terminal"`
	Token    string `json:"token"`
}

// Give gives modules, by terminal or serial number, to a place and a keeper there. One that is in
// service passes from its keeper to the next. Every terminal gets a new token.
func (f *Flow) Give(ctx context.Context, who desk.Actor, numbers []string, to terminal.Place, keeper string) ([]Given, error) {
	person, err := terminal.CheckGiving(to, keeper)
	if err != nil {
		return nil, err
	}
	if to.Kind == terminal.AtOutlet {
		if _, err := outlet.Get(ctx, f.Desk.DB, ref.Outlet(to.Name)); err != nil {
			return nil, err
		}
	}
	var out []Given
	err = f.Desk.Sit(ctx, who, desk.KeepTerminals, func(s *desk.Sitting) error {
		modules, ids, err := f.find(ctx, s, numbers)
		if err != nil {
			return err
		}
		by := map[state.Event][]terminal.ID{}
		for _, m := range modules {
			e := terminal.Give
			if m.State == terminal.InService {
				e = terminal.Pass
			}
			by[e] = append(by[e], m.ID)
		}
		s.About(subject(ids), len(ids), "event", terminal.Give, "place_kind", to.Kind)
		for _, e := range []state.Event{terminal.Give, terminal.Pass} {
			if err := state.Apply(ctx, s.Tx, terminal.Cycle, e, by[e], s.ID); err != nil {
				return err
			}
		}
		if err := terminal.Hand(ctx, s.Tx, ids, to, person); err != nil {
			return err
		}
		tokens, err := terminal.NewTokens(ctx, s.Tx, ids)
		for i, t := range tokens {
			out = append(out, Given{modules[i].Terminal, t})
		}
		return err
	})
	return out, err
}

// tellProvince is how long the centre has to report a lost module to the province. No source gives a
// number; a day is what "at once" can mean in an office.
const tellProvince = 24 * time.Hour

// Move lets one of the other events happen to modules, by terminal or serial number: Return, also of
// lost ones that were found; ReportLost, from when the terminals are refused and the centre has the
// case; WriteOff, which ends them. Destroy is nobody's alone: desk.ErrForbidden.
func (f *Flow) Move(ctx context.Context, who desk.Actor, e state.Event, numbers []string) error {
	if e == terminal.Destroy {
		return desk.ErrForbidden
	}
	return f.Desk.Sit(ctx, who, desk.KeepTerminals, func(s *desk.Sitting) error {
		modules, ids, err := f.find(ctx, s, numbers)
		if err != nil {
			return err
		}
		s.About(subject(ids), len(ids), "event", e)
		if err := state.Apply(ctx, s.Tx, terminal.Cycle, e, ids, s.ID); err != nil {
			return err
		}
		switch e {
		case terminal.Return:
			if err := terminal.Hand(ctx, s.Tx, ids, terminal.Centre, name.Person("")); err != nil {
				return err
			}
			if err := terminal.EndTokens(ctx, s.Tx, ids); err != nil {
				return err
			}
			return settled(ctx, s, ids)
		case terminal.WriteOff:
			return settled(ctx, s, ids)
		case terminal.ReportLost:
			return f.raise(ctx, s, modules)
		}
		return nil
	})
}

// Destroy ends modules that two members of the centre's staff saw destroyed: desk.ErrSamePerson.
func (f *Flow) Destroy(ctx context.Context, a, b desk.Actor, numbers []string) error {
	both, err := desk.Together(desk.DestroyTerminals, a, b)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, both, desk.DestroyTerminals, func(s *desk.Sitting) error {
		_, ids, err := f.find(ctx, s, numbers)
		if err != nil {
			return err
		}
		s.About(subject(ids), len(ids), "event", terminal.Destroy)
		return state.Apply(ctx, s.Tx, terminal.Cycle, terminal.Destroy, ids, s.ID)
	})
}

func (f *Flow) raise(ctx context.Context, s *desk.Sitting, modules []terminal.Module) error {
	all := make([]trouble.Trouble, len(modules))
	for i, m := range modules {
		all[i] = trouble.Trouble{City: f.City, Kind: trouble.ModuleLost, Subject: string(m.ID), About: m.Terminal,
			OwnerKind: ref.HeldByCentre, Owner: terminal.Centre.Name, Due: s.At().Add(tellProvince)}
	}
	return trouble.Raise(ctx, s.Tx, all)
}

// settled ends the cases of modules that were lost.
func settled(ctx context.Context, s *desk.Sitting, ids []terminal.ID) error {
	subjects := make([]string, len(ids))
	for i, m := range ids {
		subjects[i] = string(m)
	}
	return trouble.Settle(ctx, s.Tx, trouble.ModuleLost, subjects, s.Actor.ID, s.ID)
}

// find reads modules by number, each once.
func (f *Flow) find(ctx context.Context, s *desk.Sitting, numbers []string) (out []terminal.Module, ids []terminal.ID, err error) {
	all, err := terminal.Find(ctx, s.Tx, f.City, numbers)
	seen := map[terminal.ID]bool{}
	for _, m := range all {
		if !seen[m.ID] {
			seen[m.ID] = true
			out, ids = append(out, m), append(ids, m.ID)
		}
	}
	return out, ids, err
}

// subject is what the trail names: the module, or the register when there are many.
func subject(ids []terminal.ID) string {
	if len(ids) == 1 {
		return string(ids[0])
	}
	return "psam"
}
