package sheet

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Field is one column of a template.
type Field struct {
	Title   string
	Width   float64  // in characters
	Hint    string   // shown while a cell of the column is chosen
	Choices []string // a drop-down; other values are refused by the spreadsheet program
}

// templateRows is how far down a template's cells are formatted and checked.
const templateRows = 10_000

// Template writes an .xlsx to fill in: one sheet with a header, every column formatted as text, so
// that identity numbers stay what was typed, with hints and drop-downs.
func Template(w io.Writer, sheetName string, fields []Field) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheetName); err != nil {
		return err
	}
	text, head, err := templateStyles(f)
	if err != nil {
		return err
	}
	for i, x := range fields { // before the stream, which takes over what the sheet has then
		if err := f.AddDataValidation(sheetName, x.validation(letter(i))); err != nil {
			return err
		}
	}
	out, err := f.NewStreamWriter(sheetName)
	if err != nil {
		return err
	}
	titles := make([]any, len(fields))
	for i, x := range fields {
		titles[i] = excelize.Cell{StyleID: head, Value: x.Title}
		if err := out.SetColWidth(i+1, i+1, x.Width); err != nil {
			return err
		}
		if err := out.SetColStyle(i+1, i+1, text); err != nil {
			return err
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := out.SetRow("A1", titles); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// templateStyles are the style of a cell kept as text, and of the header.
func templateStyles(f *excelize.File) (text, head int, err error) {
	asText := "@"
	if text, err = f.NewStyle(&excelize.Style{CustomNumFmt: &asText}); err != nil {
		return 0, 0, err
	}
	head, err = f.NewStyle(&excelize.Style{CustomNumFmt: &asText, Font: &excelize.Font{Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}}})
	return text, head, err
}

// validation is the hint and the drop-down of a column.
func (x Field) validation(col string) *excelize.DataValidation {
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s2:%s%d", col, col, templateRows))
	v.SetInput(x.Title, x.Hint)
	if x.Choices != nil {
		_ = v.SetDropList(x.Choices) // fails on more than 255 characters; then there is no drop-down
	}
	return v
}
