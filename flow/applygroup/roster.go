package applygroup

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"io"
	"sort"

	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/employer"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/roster"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/idno"
	"kawu/kit/region"
	"kawu/kit/sm"
	"kawu/kit/state"
	"kawu/policy"
	"kawu/policy/term"
)

// Wrong is a fault of one cell as it is stored with its row: no value of the cell in it.
type Wrong struct {
	Column string         `json:"column,omitempty"` // "name", "id", "mobile"; "" for the row
	Code   string         `json:"code"`
	Args   map[string]any `json:"args,omitempty"`
}

// Upload is step 1: the roster is read, every row checked against its form and against what is
// stored, and the good rows become applications. All faults of all rows are found at once. A roster
// uploaded again takes the place of the one before.
func (f *Flow) Upload(ctx context.Context, who desk.Actor, id ref.Collective, name string, r io.ReaderAt, size int64) (*roster.Result, error) {
	col, err := f.own(ctx, who, id)
	if err != nil {
		return nil, err
	}
	mark, err := fingerprint(r, size)
	if err != nil {
		return nil, err
	}
	res, err := roster.Read(r, size, 0, f.Desk.Clock.Now())
	if err != nil {
		return nil, err
	}
	e, err := employer.Get(ctx, f.Desk.DB, col.Employer)
	if err != nil {
		return nil, err
	}
	people, err := f.against(ctx, res, e, col)
	if err != nil {
		return nil, err
	}
	return res, f.Desk.Sit(ctx, who, desk.ListRoster, func(s *desk.Sitting) error {
		s.About(string(id), res.Rows(), "good", len(res.Entries), "problems", len(res.Problems))
		if err := f.clear(ctx, s, col); err != nil {
			return err
		}
		return f.list(ctx, s, col, res, people, name, mark)
	})
}

// fingerprint recognises the same file.
func fingerprint(r io.ReaderAt, size int64) (string, error) {
	h := sm.NewHash()
	if _, err := io.Copy(h, io.NewSectionReader(r, 0, size)); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// against asks the rooms about everybody in the file, in sets, and moves those who cannot go on to
// the problems. It returns the person of every line that may.
func (f *Flow) against(ctx context.Context, res *roster.Result, e employer.Employer, col application.Collective) (map[int]ref.Person, error) {
	numbers := make([]idno.Number, len(res.Entries))
	for i, x := range res.Entries {
		numbers[i] = x.ID
	}
	marks := person.Marks(f.Desk.DB.Box(), numbers)
	known, err := person.ByMarks(ctx, f.Desk.DB, marks)
	if err != nil {
		return nil, err
	}
	ids := make([]ref.Person, 0, len(known))
	for _, b := range known {
		ids = append(ids, b.ID)
	}
	open, err := application.OpenOf(ctx, f.Desk.DB, ids)
	if err != nil {
		return nil, err
	}
	holding, err := card.Holding(ctx, f.Desk.DB, ids, 3)
	if err != nil {
		return nil, err
	}
	ed, err := f.edition(ctx, col.Edition)
	if err != nil {
		return nil, err
	}
	facts := make(map[int]roster.Stored, len(res.Entries))
	people := make(map[int]ref.Person, len(res.Entries))
	for i, x := range res.Entries {
		b, ok := known[marks[i]]
		if !ok {
			facts[x.Line] = roster.Stored{Unknown: true}
			continue
		}
		people[x.Line] = b.ID
		s := roster.Stored{HoldsThird: holding[b.ID], NotInService: b.Category != "employed" || b.Employer != e.ID, OutsidePilot: f.outside(b, ed)}
		if other := open[b.ID]; other != "" && other != col.ID {
			s.OtherBatch = short(other)
		}
		facts[x.Line] = s
	}
	res.Against(facts)
	return people, nil
}

// short is the end of an id, which people can read out.
func short(c ref.Collective) string { return string(c[len(c)-8:]) }

// outside tells whether the notice has not begun where a person is insured.
func (f *Flow) outside(b person.Brief, ed *policy.Edition) bool {
	p := policy.Person{Group: term.Employed, District: region.Code(b.District), Age: -1}
	d := ed.Decide(&p, term.CampaignReason, term.EmployerOnline, f.Desk.Clock.Now(), f.Policy.Calendar())
	return !d.Allowed
}

// clear takes back the roster before: its applications are withdrawn.
func (f *Flow) clear(ctx context.Context, s *desk.Sitting, col application.Collective) error {
	if err := state.Apply(ctx, s.Tx, application.Collectively, "list", []ref.Collective{col.ID}, s.ID); err != nil {
		return err
	}
	before, err := application.IDsIn(ctx, s.Tx, col.ID, application.OnList)
	if err != nil {
		return err
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "withdraw", before, s.ID); err != nil {
		return err
	}
	if err := application.Close(ctx, s.Tx, before); err != nil {
		return err
	}
	return application.ClearEntries(ctx, s.Tx, col.ID)
}

func (f *Flow) list(ctx context.Context, s *desk.Sitting, col application.Collective, res *roster.Result, people map[int]ref.Person, name, mark string) error {
	apps, byLine := f.applications(s, col, res.Entries, people)
	if err := application.Put(ctx, s.Tx, apps); err != nil {
		return err
	}
	entries, err := rows(res, byLine, s.Box().DigestAll)
	if err != nil {
		return err
	}
	if err := application.PutEntries(ctx, s.Tx, col.ID, entries); err != nil {
		return err
	}
	return application.SetFile(ctx, s.Tx, col.ID, name, mark, res.Rows())
}

func (f *Flow) applications(s *desk.Sitting, col application.Collective, good []roster.Entry, people map[int]ref.Person) ([]application.Application, map[int]ref.Application) {
	ids := id.Many("app", s.At(), len(good))
	apps := make([]application.Application, len(good))
	byLine := make(map[int]ref.Application, len(good))
	for i, e := range good {
		apps[i] = application.Application{ID: ref.Application(ids[i]), City: f.City, Collective: col.ID, Employer: col.Employer, Person: people[e.Line],
			Reason: term.CampaignReason.String(), Channel: term.EmployerOnline.String(), Edition: col.Edition, Bank: col.Bank, Mode: col.Mode,
			Outlet: col.Outlet, Number: e.ID, Name: e.Name, Mobile: e.Mobile}
		byLine[e.Line] = apps[i].ID
	}
	return apps, byLine
}

// rows makes the stored rows of a roster, good and bad.
func rows(res *roster.Result, byLine map[int]ref.Application, digest func(purpose string, plain []string) []string) ([]application.Entry, error) {
	all := map[int]*application.Entry{}
	row := func(line int) *application.Entry {
		e, ok := all[line]
		if !ok {
			e = &application.Entry{Line: int64(line), Faults: "[]", Notes: "[]"}
			all[line] = e
		}
		return e
	}
	for line, raw := range res.Raw {
		e := row(line)
		e.Name, e.Number, e.Mobile = raw.Name, raw.ID, raw.Mobile
	}
	for _, set := range [][]roster.Entry{res.Entries, res.Out} {
		for _, x := range set {
			e := row(x.Line)
			e.Name, e.Number, e.Mobile, e.Application = x.Name.Reveal(), x.ID.Reveal(), x.Mobile.Reveal(), byLine[x.Line]
		}
	}
	wrong, notes := map[int][]Wrong{}, map[int][]Wrong{}
	column := map[string]string{}
	for key, letter := range res.Info.Columns {
		column[letter] = key
	}
	for _, p := range res.Problems {
		wrong[p.Line] = append(wrong[p.Line], Wrong{column[p.Column], p.Fault.Code, p.Fault.Args})
	}
	for _, n := range res.Notes {
		notes[n.Line] = append(notes[n.Line], Wrong{Column: column[n.Column], Code: string(n.Note)})
	}
	out := make([]application.Entry, 0, len(all))
	for line, e := range all {
		var err error
		if e.Faults, err = list(wrong[line]); err != nil {
			return nil, err
		}
		if e.Notes, err = list(notes[line]); err != nil {
			return nil, err
		}
		out = append(out, *e)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Line < out[j].Line })
	plain := make([]string, len(out))
	for i, e := range out {
		plain[i] = e.Number
	}
	for i, m := range digest("identity", plain) {
		out[i].Mark = m
	}
	return out, nil
}

func list(w []Wrong) (string, error) {
	if len(w) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(w)
	return string(b), err
}

// Wrongs reads what is stored with a row.
func Wrongs(stored string) (out []Wrong) {
	_ = json.Unmarshal([]byte(stored), &out) // only list writes it
	return out
}

// Fault opens a stored fault for wording.
func (w Wrong) Fault() *fault.Fault {
	return &fault.Fault{Kind: fault.Invalid, Code: w.Code, Field: w.Column, Args: w.Args}
}
