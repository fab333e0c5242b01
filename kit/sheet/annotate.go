package sheet

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// Mark is a fault to show in the file that goes back. Column "" marks the whole line.
type Mark struct {
	Line   int
	Column string
	Text   string
}

// maxComments is how many cells get a comment; spreadsheet programs grow slow with more, and the
// last column says it all anyway.
const maxComments = 1000

// Annotate writes the file again as .xlsx, with all its columns as text, marked cells red and
// commented, and everything that is wrong with a line in a last column under title (「问题」). The
// header is the line that Read found. Errors are faults of this package or of writing.
func Annotate(r io.ReaderAt, size int64, spec Spec, marks []Mark, title string, w io.Writer) error {
	src, err := open(r, size, spec)
	if err != nil {
		return err
	}
	h, err := survey(src, spec)
	if err != nil {
		return err
	}
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.Line, b.Line) })
	a := &annotator{f: excelize.NewFile(), marks: marks, title: title, header: h.line}
	defer a.f.Close()
	if err := a.begin(); err != nil {
		return err
	}
	if a.last, err = width(src); err != nil {
		return err
	}
	if err := src.each(a.row); err != nil {
		return err
	}
	if err := a.out.Flush(); err != nil {
		return err
	}
	return a.f.Write(w)
}

type annotator struct {
	f      *excelize.File
	out    *excelize.StreamWriter
	marks  []Mark // those not yet written
	title  string
	header int
	last   int // the column behind the widest line
	text   int // styles
	red    int
}

const annotated = "Sheet1"

func (a *annotator) begin() error {
	for _, c := range comments(a.marks) { // before the stream, which takes over what the sheet has then
		if err := a.f.AddComment(annotated, c); err != nil {
			return err
		}
	}
	var err error
	if a.text, _, err = templateStyles(a.f); err != nil {
		return err
	}
	asText := "@"
	a.red, err = a.f.NewStyle(&excelize.Style{CustomNumFmt: &asText, Font: &excelize.Font{Color: "9C0006"},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFC7CE"}}})
	if err != nil {
		return err
	}
	a.out, err = a.f.NewStreamWriter(annotated)
	return err
}

// comments are one for each marked cell, with everything that is wrong with it.
func comments(marks []Mark) []excelize.Comment {
	var out []excelize.Comment
	at := map[string]int{}
	for _, m := range marks {
		if m.Column == "" {
			continue
		}
		cell := fmt.Sprintf("%s%d", m.Column, m.Line)
		if i, twice := at[cell]; twice {
			out[i].Text += "\n" + m.Text
			continue
		}
		if len(out) == maxComments {
			break
		}
		at[cell] = len(out)
		out = append(out, excelize.Comment{Cell: cell, Text: m.Text})
	}
	return out
}

// row writes one line at its own number, so that lines quoted in faults stay true.
func (a *annotator) row(line int, cells []Cell) error {
	row := make([]any, a.last+1)
	for i, c := range cells {
		if c.Kind != Blank {
			row[i] = excelize.Cell{StyleID: a.text, Value: c.Text}
		}
	}
	problems := ""
	for len(a.marks) > 0 && a.marks[0].Line <= line {
		m := a.marks[0]
		a.marks = a.marks[1:]
		if m.Line < line {
			continue
		}
		if i := column(m.Column); i >= 0 && i < a.last {
			text := ""
			if i < len(cells) {
				text = cells[i].Text
			}
			row[i] = excelize.Cell{StyleID: a.red, Value: text}
		}
		problems += m.Text + "\n"
	}
	if line == a.header {
		row[a.last] = excelize.Cell{StyleID: a.text, Value: a.title}
	} else if problems != "" {
		row[a.last] = excelize.Cell{StyleID: a.red, Value: problems[:len(problems)-1]}
	}
	return a.out.SetRow(fmt.Sprintf("A%d", line), row)
}

// width is the number of columns of the widest line.
func width(src source) (int, error) {
	n := 0
	err := src.each(func(_ int, cells []Cell) error { n = max(n, len(cells)); return nil })
	return min(n, maxColumns-1), err
}
