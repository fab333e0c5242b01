package roster

import (
	"time"

	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/sheet"
)

// Line is one row of a roster that is checked again after it was mended on a page.
type Line struct {
	At int // its line in the file
	Raw
}

// Again checks rows by themselves, in the order of their lines, as of the day on; the same person
// twice among them is found. Columns of the result are A for the name, B for the identity number and
// C for the mobile.
func Again(lines []Line, on time.Time) *Result {
	c := &checker{on: on, seen: map[idno.Number]seen{}, faults: map[string]*fault.Fault{}}
	c.res.Info = sheet.Info{Rows: len(lines), Columns: map[string]string{"name": "A", "id": "B", "mobile": "C"}}
	for _, l := range lines {
		cells := make([]sheet.Cell, len(Columns))
		for i, text := range []string{colName: l.Name, colID: l.ID, colMobile: l.Mobile} {
			cells[i] = sheet.Cell{Column: string(rune('A' + i)), Text: text, Kind: sheet.Text}
		}
		_ = c.row(sheet.Row{Line: l.At, Cells: cells}) // never fails: it only notes
	}
	c.res.Entries = c.good()
	c.res.sort()
	return &c.res
}
