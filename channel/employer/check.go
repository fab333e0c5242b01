package employer

import (
	"fmt"

	"kawu/channel/web"
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
	Name  string
	Cells []Cell
	Tone  web.Tone // Bad, Watch or Plain
	Saved bool     // has just been mended
}

// Cell is one value of a row; with a fault it becomes an input.
type Cell struct {
	Key   string // column: "id_number" "mobile" …
	Value string // masked when it has no fault
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
