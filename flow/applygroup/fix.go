package applygroup

import (
	"context"
	"slices"

	"kawu/domain/application"
	"kawu/domain/employer"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/roster"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/state"
)

// Mend is what an employer writes in the place of a wrong row. A nil value keeps what is there.
type Mend struct {
	Line                 int64
	Name, Number, Mobile *string
}

// ErrLine is the refusal to mend a row that is not on the roster, or not any more.
var ErrLine = fault.New(fault.NotFound, "applygroup.line", "this row is not on the roster any more; look at the list again")

// Fix mends rows of the roster where they stand. They are checked again like a new roster, together
// with all rows that have the same identity number as before or now; what is still wrong is stored
// with the row. Possible until the staff are told; a choice of bank made before is made again.
func (f *Flow) Fix(ctx context.Context, who desk.Actor, id ref.Collective, mends []Mend) error {
	col, e, err := f.open(ctx, who, id)
	if err != nil {
		return err
	}
	lines, marks := make([]int64, len(mends)), []string{}
	by := make(map[int64]Mend, len(mends))
	for i, m := range mends {
		lines[i], by[m.Line] = m.Line, m
		if m.Number != nil {
			if n, _, err := idno.Parse(*m.Number); err == nil {
				marks = append(marks, person.Mark(f.Desk.DB.Box(), n))
			}
		}
	}
	return f.Desk.Sit(ctx, who, desk.FixRoster, func(s *desk.Sitting) error {
		s.About(string(id), len(mends))
		if err := state.Apply(ctx, s.Tx, application.Collectively, "list", []ref.Collective{id}, s.ID); err != nil {
			return err
		}
		before, err := application.Kin(ctx, s.Tx, id, lines, marks)
		if err != nil {
			return err
		}
		after, n := slices.Clone(before), 0
		for i, x := range after {
			if m, ok := by[x.Line]; ok {
				after[i], n = m.over(x), n+1
			}
		}
		if n < len(by) {
			return ErrLine
		}
		return f.again(ctx, s, col, e, before, after)
	})
}

// Remove takes rows off the roster. Rows that were wrong only because of them become right.
func (f *Flow) Remove(ctx context.Context, who desk.Actor, id ref.Collective, lines []int64) error {
	col, e, err := f.open(ctx, who, id)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.FixRoster, func(s *desk.Sitting) error {
		s.About(string(id), len(lines), "removed", len(lines))
		if err := state.Apply(ctx, s.Tx, application.Collectively, "list", []ref.Collective{id}, s.ID); err != nil {
			return err
		}
		before, err := application.Kin(ctx, s.Tx, id, lines, nil)
		if err != nil {
			return err
		}
		if err := application.RemoveEntries(ctx, s.Tx, id, lines); err != nil {
			return err
		}
		after := slices.DeleteFunc(slices.Clone(before), func(x application.Entry) bool { return slices.Contains(lines, x.Line) })
		return f.again(ctx, s, col, e, before, after)
	})
}

func (f *Flow) open(ctx context.Context, who desk.Actor, id ref.Collective) (application.Collective, employer.Employer, error) {
	col, err := f.own(ctx, who, id)
	if err != nil {
		return col, employer.Employer{}, err
	}
	e, err := employer.Get(ctx, f.Desk.DB, col.Employer)
	return col, e, err
}

// over writes the mended values over the row. A row that differs starts a new application.
func (m Mend) over(x application.Entry) application.Entry {
	for _, c := range []struct {
		from *string
		to   *string
	}{{m.Name, &x.Name}, {m.Number, &x.Number}, {m.Mobile, &x.Mobile}} {
		if c.from != nil && *c.from != *c.to {
			*c.to, x.Application = *c.from, ""
		}
	}
	return x
}

// again checks rows anew and stores what came of it: a row that has become good gets an application,
// one that is not good any more or was taken off loses its own.
func (f *Flow) again(ctx context.Context, s *desk.Sitting, col application.Collective, e employer.Employer, before, after []application.Entry) error {
	lines, kept := make([]roster.Line, len(after)), make(map[int]ref.Application, len(after))
	for i, x := range after {
		lines[i] = roster.Line{At: int(x.Line), Raw: roster.Raw{Name: x.Name, ID: x.Number, Mobile: x.Mobile}}
		kept[int(x.Line)] = x.Application
	}
	res := roster.Again(lines, s.At())
	people, err := f.against(ctx, res, e, col)
	if err != nil {
		return err
	}
	var fresh []roster.Entry
	byLine, staying := make(map[int]ref.Application, len(res.Entries)), map[ref.Application]bool{}
	for _, x := range res.Entries {
		if a := kept[x.Line]; a != "" {
			byLine[x.Line], staying[a] = a, true
		} else {
			fresh = append(fresh, x)
		}
	}
	var leaving []ref.Application
	for _, x := range before {
		if x.Application != "" && !staying[x.Application] {
			leaving = append(leaving, x.Application)
		}
	}
	if err := f.withdraw(ctx, s, leaving); err != nil {
		return err
	}
	apps, ids := f.applications(s, col, fresh, people)
	for line, a := range ids {
		byLine[line] = a
	}
	if err := application.Put(ctx, s.Tx, apps); err != nil {
		return err
	}
	entries, err := rows(res, byLine, s.Box().DigestAll)
	if err != nil {
		return err
	}
	return application.PutEntries(ctx, s.Tx, col.ID, entries)
}

func (f *Flow) withdraw(ctx context.Context, s *desk.Sitting, ids []ref.Application) error {
	if err := state.Apply(ctx, s.Tx, application.Cycle, "withdraw", ids, s.ID); err != nil {
		return err
	}
	return application.Close(ctx, s.Tx, ids)
}
