package publish

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"kawu/domain/edition"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/kit/wording"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/part"
	"kawu/policy/term"
)

// Reading is a text held against the book in force.
type Reading struct {
	File     string          // as findings name it: the city and the edition's id
	Edition  *policy.Edition // ready to decide by; nil when the text cannot be used
	Before   *policy.Edition // what it takes over from on its first day, or replaces
	Changes  []part.Change   // against Before
	Unquoted []part.Unquoted // figures that changed while the quoted words did not
	Findings notice.Findings // everything wrong; none: it can be published
	Keep     int64           // open cases that keep Before
	Late     int64           // open cases that stand in the way of its first day

	no int64 // of the last publication in the book it was held against
}

// idLine is the edition's id as a person writes it; the strict reader decides what it is.
var idLine = regexp.MustCompile(`(?m)^id:[ \t]*["']?([a-z0-9][a-z0-9-]{2,39})["']?[ \t]*(?:#.*)?\r?$`)

// File names a text as findings do. A file is called as its edition; a text without a proper id is
// called "edition.yaml" and then does not fit.
func (f *Flow) File(text string) string {
	name := "edition"
	if m := idLine.FindStringSubmatch(text); m != nil {
		name = m[1]
	}
	return string(f.City) + "/" + name + ".yaml"
}

// Read checks a text against the book in force and says what would change. Findings are part of the
// answer; the error is for what has nothing to do with the text.
func (f *Flow) Read(ctx context.Context, text string) (Reading, error) {
	r := Reading{File: f.File(text)}
	if _, err := f.Shelf.Now(ctx); err != nil {
		return r, err
	}
	book, no := f.Shelf.Book()
	old, err := book.City(string(f.City))
	if err != nil {
		return r, err
	}
	r.no = no
	next, err := book.With(string(f.City), r.File, []byte(text))
	if errors.As(err, &r.Findings) {
		named(r.Findings)
		return r, nil
	}
	if err != nil {
		return r, err
	}
	city, err := next.City(string(f.City))
	if err != nil {
		return r, err
	}
	if r.Edition = fresh(city, r.File); r.Edition == nil {
		return r, nil
	}
	r.Before = old.On(r.Edition.InForce.From.Time())
	if same, err := old.Edition(r.Edition.ID); err == nil {
		r.Before = same
	}
	r.Changes = part.Diff(r.Before, r.Edition)
	r.Unquoted = part.Unquote(r.Changes, r.Edition)
	return r, f.against(ctx, &r, old)
}

// ReadNew is Read for a text that nobody has proposed yet: it also must not be about an edition for
// which a proposal waits, because the second of two that were agreed to would silently replace the first.
func (f *Flow) ReadNew(ctx context.Context, text string) (Reading, error) {
	r, err := f.Read(ctx, text)
	if err != nil || r.Edition == nil {
		return r, err
	}
	all, err := edition.All(ctx, f.Desk.DB, f.City, lookBack)
	for _, p := range all {
		if p.State == edition.Proposed && string(p.Edition) == r.Edition.ID {
			r.add("id", "", "publish.id_waits", "id", r.Edition.ID, "first", string(p.ID), "at", p.ProposedAt, "from", p.From)
			break
		}
	}
	return r, err
}

// lookBack is how many of the newest proposals are looked through for those that wait.
const lookBack = 1000

// fresh finds the edition that a file has brought.
func fresh(c *policy.City, file string) *policy.Edition {
	for _, e := range c.Editions() {
		if c.ID+"/"+e.ID+".yaml" == file {
			return e
		}
	}
	return nil
}

// against looks at what only the cases can tell.
func (f *Flow) against(ctx context.Context, r *Reading, old *policy.City) error {
	cases, err := report.ByEdition(ctx, f.Desk.DB, f.City)
	if err != nil {
		return err
	}
	e, today := r.Edition, term.DateOf(f.Desk.Clock.Now())
	r.Keep = cases[ref.Edition(r.Before.ID)].Open
	if n := cases[ref.Edition(e.ID)].All; n > 0 {
		r.add("id", "", "publish.id_used", "id", e.ID, "n", n)
	} else if same, err := old.Edition(e.ID); err == nil && same.InForce.From <= today {
		r.add("id", "", "publish.id_begun", "id", e.ID, "from", same.InForce.From.Time())
	}
	if e.InForce.From > today {
		return nil
	}
	if r.Late, err = report.OpenSince(ctx, f.Desk.DB, f.City, since(e, today)); err != nil || r.Late == 0 {
		return err
	}
	var open []string
	for id, n := range cases {
		if n.Open > 0 {
			open = append(open, string(id))
		}
	}
	slices.Sort(open)
	r.add("in_force.from", e.InForce.ID, "publish.starts_late", "from", e.InForce.From.Time(), "n", r.Late, "old", strings.Join(open, ", "))
	return nil
}

// since is from when on an open case stands in the way of an edition that begins today or before: from
// today's start for today's; with a start in the past, any open case, because what was told to people
// on those days would be another edition's afterwards.
func since(e *policy.Edition, today term.Date) time.Time {
	if e.InForce.From < today {
		return time.Time{}
	}
	return e.InForce.From.Time()
}

// add adds a finding of this flow.
func (r *Reading) add(path, clause, code string, args ...any) {
	r.Findings = append(r.Findings, said(r.Edition.Find(path, clause, code), code, args...))
}

// said gives a finding this flow's words, which stand with those of other faults.
func said(x notice.Finding, code string, args ...any) notice.Finding {
	x.Code = code
	x.Message = notice.Text{ZH: wording.T(wording.ZH, code, args...), EN: wording.T(wording.EN, code, args...)}
	return x
}

// named: at run time the file is named by the id, so an id that is not the file's name has a wrong form.
func named(found notice.Findings) {
	for i, x := range found {
		if x.Code == "policy.wrong_file" {
			found[i] = said(x, "publish.id_form", "id", x.Args["id"])
		}
	}
}
