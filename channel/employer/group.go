package employer

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"slices"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/roster"
	"kawu/flow/applygroup"
	"kawu/kit/sheet"
	"kawu/kit/wording"
)

// alike says what can be done to all rows with the same fault at once; what is not here must be
// typed again, row by row. The first of two equal rows stays, because only the second has the fault.
var alike = map[string]string{
	roster.Duplicate.Code:    "employer.do.keep_first",
	roster.InOtherBatch.Code: "employer.do.remove",
	roster.HoldsThird.Code:   "employer.do.remove",
	roster.OutsidePilot.Code: "employer.do.remove",
	roster.NotInService.Code: "employer.do.remove",
	roster.Unknown.Code:      "employer.do.remove",
}

// groups are the faults of the roster by their code, the most frequent first.
func (p *Portal) groups(v *visit) ([]Group, error) {
	lines, first, err := p.linesBy(v)
	if err != nil {
		return nil, err
	}
	out := make([]Group, 0, len(lines))
	for code, l := range lines {
		g := Group{Code: code, N: len(l), Must: true, Do: alike[code], What: about(first[code])}
		if wording.Has(code + ".do") {
			g.Why = web.Say(code + ".do")
		}
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b Group) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Code, b.Code)) })
	return out, nil
}

// linesBy collects the lines that have each fault, and one fault of each kind.
func (p *Portal) linesBy(v *visit) (map[string][]int64, map[string]applygroup.Wrong, error) {
	bad, err := application.BadFaults(v.r.Context(), p.store, v.col.ID)
	lines, first := map[string][]int64{}, map[string]applygroup.Wrong{}
	for _, e := range bad {
		for _, w := range applygroup.Wrongs(e.Faults) {
			if l := lines[w.Code]; len(l) > 0 && l[len(l)-1] == e.Line {
				continue
			}
			lines[w.Code], first[w.Code] = append(lines[w.Code], e.Line), w
		}
	}
	return lines, first, err
}

// about names a fault without what differs from row to row, where there is a wording for that.
func about(w applygroup.Wrong) web.Said {
	if key := "employer.group." + w.Code; wording.Has(key) {
		return web.Say(key)
	}
	var args []any
	for k, v := range w.Args {
		args = append(args, k, v)
	}
	return web.Say(w.Code, args...)
}

// mendGroup is POST …/groups/{code}: the rows with this fault are taken off the roster.
func (p *Portal) mendGroup(v *visit) error {
	code := v.r.PathValue("code")
	if alike[code] == "" {
		return web.ErrNoPage
	}
	return p.once(v, "check", func() error {
		lines, _, err := p.linesBy(v)
		if err != nil || len(lines[code]) == 0 {
			return err
		}
		return p.apply.Remove(v.r.Context(), v.who, v.col.ID, lines[code])
	})
}

// annotated is GET …/annotated: the roster as it stands now, what is wrong marked. It is made anew
// from the stored rows, so that what was mended on the page is in it; the line of the uploaded file
// stands in a column of its own.
func (p *Portal) annotated(v *visit) error {
	entries, err := application.Entries(v.r.Context(), p.store, v.col.ID, application.All, 0, maxRows)
	if err != nil {
		return err
	}
	page := p.page(v, "employer.check")
	var text, out bytes.Buffer
	marks, err := plain(&text, page, entries)
	if err != nil {
		return err
	}
	spec := sheet.Spec{Columns: roster.Columns, MaxRows: maxRows, MaxBytes: int64(text.Len()) + 1}
	if err := sheet.Annotate(bytes.NewReader(text.Bytes()), int64(text.Len()), spec, marks, page.T("employer.annotated.problems"), &out); err != nil {
		return err
	}
	download(v.w, "roster-"+number(v.col.ID)+".xlsx", xlsx)
	v.w.Header().Set("Content-Length", fmt.Sprint(out.Len()))
	v.w.WriteHeader(http.StatusOK)
	_, _ = out.WriteTo(v.w)
	return nil
}

// plain writes the rows as a table and says where it is wrong.
func plain(to *bytes.Buffer, page web.Page, entries []application.Entry) ([]sheet.Mark, error) {
	x, err := sheet.NewExport(to)
	if err != nil {
		return nil, err
	}
	head := make([]string, len(roster.Columns))
	for i, c := range roster.Columns {
		head[i] = c.Names[0]
	}
	if err := x.Row(append(head, page.T("employer.annotated.line"))...); err != nil {
		return nil, err
	}
	letter := map[string]string{"name": "A", "id": "B", "mobile": "C"}
	var marks []sheet.Mark
	for i, e := range entries {
		if err := x.Row(e.Name, e.Number, e.Mobile, fmt.Sprint(e.Line)); err != nil {
			return nil, err
		}
		for _, w := range applygroup.Wrongs(e.Faults) {
			marks = append(marks, sheet.Mark{Line: i + 2, Column: letter[w.Column], Text: page.Word(w.Fault())})
		}
	}
	return marks, x.End()
}
