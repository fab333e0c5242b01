package roster

import (
	"fmt"
	"io"
	"strings"
	"time"

	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/kit/sheet"
	"kawu/kit/tidy"
)

// The columns of a roster, in the order in which cells come.
const (
	colName = iota
	colID
	colMobile
)

// Columns is what Read looks for; the first name of each is the template's.
var Columns = []sheet.Column{
	{Key: "name", Required: true,
		Names: []string{"姓名", "职工姓名", "员工姓名", "学生姓名", "人员姓名", "名字", "name"}},
	{Key: "id", Required: true,
		Names: []string{"证件号码", "公民身份号码", "身份证号码", "身份证号", "居民身份证号码", "公民身份证号码", "证件号", "社会保障号码", "社会保障号", "身份证", "id number"},
		Looks: func(s string) bool { _, _, err := idno.Parse(s); return err == nil }},
	{Key: "mobile", Required: true,
		Names: []string{"手机号码", "手机号", "移动电话", "手机", "联系手机", "联系电话", "联系方式", "电话", "mobile", "phone"},
		Looks: func(s string) bool { _, _, err := phone.Parse(s); return err == nil }},
}

// Read checks a file of at most maxRows people (0 is kit/sheet's limit) as of the day on. The error
// is a fault of kit/sheet when the file as a whole cannot be read; faults of rows are in the result.
func Read(r io.ReaderAt, size int64, maxRows int, on time.Time) (*Result, error) {
	c := &checker{on: on, seen: map[idno.Number]seen{}, faults: map[string]*fault.Fault{}}
	info, err := sheet.Read(r, size, sheet.Spec{Columns: Columns, MaxRows: maxRows}, c.row)
	c.res.Info = info
	if err != nil {
		return nil, err
	}
	c.rounded()
	c.res.Entries = c.good()
	c.res.sort()
	return &c.res, nil
}

// checker holds what the rows so far have in common.
type checker struct {
	on     time.Time
	res    Result
	seen   map[idno.Number]seen
	out    map[int]bool // entries that a later row showed to be bad, by index
	faults map[string]*fault.Fault
	column string // letter of the identity number's column
	losses bool   // a number that a spreadsheet rounded was seen
}

// seen is where an identity number stood first.
type seen struct {
	line  int
	entry int // index in res.Entries, -1 when the row had another fault
}

func (c *checker) row(row sheet.Row) error {
	e := Entry{Line: row.Line}
	before := len(c.res.Problems)
	e.Name = check(c, row, colName, name.Parse)
	e.ID = check(c, row, colID, c.id(row.Cells[colID]))
	e.Mobile = check(c, row, colMobile, phone.Parse)
	c.column = row.Cells[colID].Column
	clean := len(c.res.Problems) == before
	if !clean {
		c.keep(row.Line, said(row))
	}
	if e.ID == "" {
		return nil
	}
	if first, twice := c.seen[e.ID]; twice {
		c.keep(row.Line, said(row))
		c.twice(e, first)
		return nil
	}
	entry := -1
	if clean {
		entry = len(c.res.Entries)
		c.res.Entries = append(c.res.Entries, e)
	}
	c.seen[e.ID] = seen{row.Line, entry}
	return nil
}

// keep holds on to what a bad row says, so that it can be mended where it stands.
func (c *checker) keep(line int, r Raw) {
	if c.res.Raw == nil {
		c.res.Raw = map[int]Raw{}
	}
	c.res.Raw[line] = r
}

func said(row sheet.Row) Raw {
	return Raw{row.Cells[colName].Text, row.Cells[colID].Text, row.Cells[colMobile].Text}
}

// check reads one cell. What a formula or an error stands for is not guessed.
func check[T ~string](c *checker, row sheet.Row, col int, parse func(string) (T, []tidy.Note, error)) T {
	cell := row.Cells[col]
	switch cell.Kind {
	case sheet.Formula:
		c.problem(row.Line, cell.Column, sheet.FormulaCell)
		return ""
	case sheet.Error:
		c.problem(row.Line, cell.Column, sheet.ErrorCell)
		return ""
	}
	v, notes, err := parse(cell.Text)
	if f := fault.Of(err); f != nil {
		c.problem(row.Line, cell.Column, f)
		return ""
	}
	for _, n := range notes {
		c.res.Notes = append(c.res.Notes, Note{row.Line, cell.Column, n})
	}
	return v
}

// id reads the identity number knowing the kind of its cell: a quantity of 18 digits has lost the
// last three, whatever they look like now.
func (c *checker) id(cell sheet.Cell) func(string) (idno.Number, []tidy.Note, error) {
	return func(text string) (idno.Number, []tidy.Note, error) {
		if cell.Kind == sheet.Number && (len(text) > 15 || strings.ContainsAny(text, "Ee")) {
			return "", nil, idno.ExcelRounded
		}
		n, notes, err := idno.Parse(text)
		if err == nil && !n.BornBy(c.on) {
			return "", nil, idno.NotBorn
		}
		if fault.Of(err) == idno.ExcelRounded {
			c.losses = true
		}
		return n, notes, err
	}
}

// problem notes a fault. Equal faults are kept once: a file of 100,000 wrong rows has few kinds.
func (c *checker) problem(line int, column string, f *fault.Fault) {
	key := f.Code
	for _, arg := range []string{"got", "at", "code", "bytes", "first"} {
		if v, ok := f.Args[arg]; ok {
			key += fmt.Sprintf(" %v", v)
		}
	}
	if same, ok := c.faults[key]; ok {
		f = same
	} else {
		c.faults[key] = f
	}
	c.res.Problems = append(c.res.Problems, Problem{line, column, f})
}

func with(f *fault.Fault, arg string, v any) *fault.Fault {
	return fault.New(f.Kind, f.Code, f.Message, arg, v)
}
