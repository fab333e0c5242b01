package employer

import (
	"fmt"
	"net/http"
	"strconv"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/flow/applygroup"
	"kawu/kit/idno"
	"kawu/kit/phone"
	"kawu/kit/state"
)

// Check is GET /employer/batches/{id}/check (?tab=bad|ask|good|all, ?page=): the result of the
// check, and mending in place. Forms: POST …/rows/{line} mends one row's wrong cells; POST
// …/groups/{code} mends all rows of a group; POST …/check goes on with the good rows; GET
// …/annotated is the file with the faults marked.
type Check struct {
	web.Page
	Frame
	File   Uploaded
	Total  int
	Good   int // may go on
	Bad    int // must be mended
	Ask    int // accepted with a change to look at: full-width digits, lower-case x
	Groups []Group
	Tab    string   // "bad" "ask" "good" "all"
	Cols   []string // wording keys of the columns, in the order of Row.Cells
	Rows   []Row
	Pager  web.Pager
}

// Group is the same fault in many rows, mended at once.
type Group struct {
	Code string   // the fault's code; part of the address
	What web.Said // the fault in words
	Why  web.Said // why, and what to do
	N    int
	Must bool   // must be mended; false: to look at
	Do   string // wording key of the one thing to do for all; "" when each must be mended alone
}

// Row is one line of the roster.
type Row struct {
	Line  int // in the file, as the spreadsheet counts
	Cells []Cell
	Tone  web.Tone // Bad, Watch or Plain
	Saved bool     // has just been mended
}

// Cell is one value of a row; with a fault it becomes an input.
type Cell struct {
	Key   string // column: "name" "id" "mobile"; also the input's name
	Value string // a number is masked when it has no fault
	Fault string // worded; "" when right
	Ask   bool   // the fault is only something to look at
	Mono  bool   // numbers
	Size  int    // width of the input in characters
}

// CheckView is the page, RowPart one row that htmx swaps in after it was mended.
var (
	CheckView = web.NewView[Check](files, "check")
	RowPart   = web.Part[RowBox](CheckView, "rosterrow")
)

// RowBox is one row with what its inputs need.
type RowBox struct {
	web.Page
	Frame
	Cols []string
	Row
}

// ShowRow boxes a row.
func (c Check) ShowRow(r Row) RowBox { return RowBox{c.Page, c.Frame, c.Cols, r} }

// Col is the wording key of a cell's column.
func (r RowBox) Col(i int) string {
	if i < len(r.Cols) {
		return r.Cols[i]
	}
	return "employer.check.name"
}

// Mendable says whether the row has inputs to save.
func (r RowBox) Mendable() bool {
	for _, c := range r.Cells {
		if c.Fault != "" && !c.Ask {
			return true
		}
	}
	return false
}

// Tabs are the four lists of rows.
func (c Check) Tabs() []web.Tab {
	tab := func(name, key string, n int) web.Tab {
		return web.Tab{Key: key, Href: "?tab=" + name + "#rows", N: n, Current: c.Tab == name}
	}
	return []web.Tab{
		tab("bad", "employer.check.bad", c.Bad), tab("ask", "employer.check.ask", c.Ask),
		tab("good", "employer.check.good", c.Good), tab("all", "employer.check.all", c.Total),
	}
}

// Seconds is how long the check took, to a tenth.
func (u Uploaded) Seconds() string { return fmt.Sprintf("%.1f", u.Took.Seconds()) }

// pageSize is how many lines a list shows at once.
const pageSize = 20

// columns are the roster's columns in the order of Row.Cells: the name in a stored fault, which is
// also the input's, and the wording of the head.
var columns = []struct {
	key, head string
	mono      bool
	size      int
}{{"name", "employer.col.name", false, 14}, {"id", "employer.col.id_number", true, 20}, {"mobile", "employer.col.mobile", true, 13}}

// check is GET …/check.
func (p *Portal) check(v *visit) error {
	c, err := p.checkPage(v)
	if err != nil {
		return err
	}
	return CheckView.Show(v.w, http.StatusOK, c)
}

func (p *Portal) checkPage(v *visit) (Check, error) {
	c := Check{Page: p.page(v, "employer.check"), Frame: v.frame("check"), Tab: v.r.FormValue("tab"),
		Total: int(v.rows.Rows), Good: int(v.rows.Good), Bad: int(v.rows.Bad), Ask: int(v.rows.Noted),
		File: Uploaded{File: v.col.FileName, At: v.col.OpenedAt}}
	ctx := v.r.Context()
	past, err := state.History(ctx, p.store, []ref.Collective{v.col.ID})
	if err != nil {
		return c, err
	}
	for _, s := range past {
		if s.Event == "list" && s.From == application.Opened {
			c.File.At = s.At
		}
	}
	for _, col := range columns {
		c.Cols = append(c.Cols, col.head)
	}
	if c.Groups, err = p.groups(v); err != nil {
		return c, err
	}
	return c, p.rosterRows(v, &c)
}

// rosterRows fills the page of rows that a tab shows; without a choice it is what must be mended.
func (p *Portal) rosterRows(v *visit, c *Check) error {
	parts := map[string]application.Part{"bad": application.Bad, "ask": application.Ask, "good": application.Good, "all": application.All}
	n := map[string]int{"bad": c.Bad, "ask": c.Ask, "good": c.Good, "all": c.Total}
	if _, ok := parts[c.Tab]; !ok {
		if c.Tab = "bad"; c.Bad == 0 {
			c.Tab = "good"
		}
	}
	c.Pager = pager(v, c.Tab, n[c.Tab])
	ctx := v.r.Context()
	after, err := application.Before(ctx, p.store, v.col.ID, parts[c.Tab], c.Pager.Offset())
	if err != nil {
		return err
	}
	entries, err := application.Entries(ctx, p.store, v.col.ID, parts[c.Tab], after, pageSize)
	for _, e := range entries {
		c.Rows = append(c.Rows, row(c.Page, e))
	}
	return err
}

// pager reads the page asked for; one that does not exist is the last.
func pager(v *visit, tab string, total int) web.Pager {
	n, _ := strconv.Atoi(v.r.FormValue("page"))
	last := max(1, (total+pageSize-1)/pageSize)
	return web.Pager{Page: min(max(n, 1), last), Size: pageSize, Total: total, Base: "?tab=" + tab}
}

// row words a row of the roster. What is right is masked; what is wrong must be seen to be mended.
func row(page web.Page, e application.Entry) Row {
	r := Row{Line: int(e.Line)}
	wrong, notes := applygroup.Wrongs(e.Faults), applygroup.Wrongs(e.Notes)
	values := map[string]string{"name": e.Name, "id": e.Number, "mobile": e.Mobile}
	masked := map[string]string{"name": e.Name, "id": idno.Number(e.Number).Masked(), "mobile": phone.Number(e.Mobile).Masked()}
	for _, col := range columns {
		cell := Cell{Key: col.key, Value: masked[col.key], Mono: col.mono, Size: col.size}
		for _, w := range wrong {
			if w.Column == col.key || w.Column == "" && col.key == "id" {
				cell.Value, cell.Fault = values[col.key], join(cell.Fault, page.Word(w.Fault()))
				r.Tone = web.Bad
			}
		}
		for _, n := range notes {
			if n.Column == col.key && cell.Fault == "" && r.Tone != web.Bad {
				cell.Fault, cell.Ask, r.Tone = page.T(n.Code), true, web.Watch
			}
		}
		r.Cells = append(r.Cells, cell)
	}
	return r
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + " " + b
}

// checked is POST …/check: the good rows go on.
func (p *Portal) checked(v *visit) error {
	if v.rows.Good == 0 {
		return applygroup.ErrNoGood
	}
	return p.once(v, "bank", func() error { return nil })
}

// mend is POST …/rows/{line}: one row is mended in its place. What is still wrong is stored with the
// row, so that nothing typed is lost.
func (p *Portal) mend(v *visit) error {
	line, err := strconv.ParseInt(v.r.PathValue("line"), 10, 64)
	if err != nil {
		return applygroup.ErrLine
	}
	if err := v.r.ParseForm(); err != nil {
		return web.ErrNoPage
	}
	value := func(name string) *string {
		if !v.r.PostForm.Has(name) {
			return nil
		}
		s := v.r.PostForm.Get(name)
		return &s
	}
	m := applygroup.Mend{Line: line, Name: value("name"), Number: value("id"), Mobile: value("mobile")}
	if err := p.apply.Fix(v.r.Context(), v.who, v.col.ID, []applygroup.Mend{m}); err != nil {
		return err
	}
	if v.r.Header.Get("HX-Request") == "" {
		http.Redirect(v.w, v.r, v.frame("").To("check")+"#rows", http.StatusSeeOther)
		return nil
	}
	return p.mended(v, line)
}

// mended answers htmx with the row alone: saved, or 422 with what is still wrong.
func (p *Portal) mended(v *visit, line int64) error {
	found, err := application.Entries(v.r.Context(), p.store, v.col.ID, application.All, line-1, 1)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].Line != line {
		return applygroup.ErrLine
	}
	c := Check{Page: p.page(v, "employer.check"), Frame: v.frame("check")}
	for _, col := range columns {
		c.Cols = append(c.Cols, col.head)
	}
	r, status := row(c.Page, found[0]), http.StatusUnprocessableEntity
	if r.Tone != web.Bad {
		r.Saved, status = true, http.StatusOK
	}
	return RowPart.Show(v.w, status, c.ShowRow(r))
}
