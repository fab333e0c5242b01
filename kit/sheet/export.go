package sheet

import (
	"encoding/csv"
	"io"
)

// Export writes a .csv that spreadsheet programs open right: UTF-8 with its mark, Windows line ends,
// and no value that they would take for a formula.
type Export struct{ w *csv.Writer }

// NewExport writes the mark.
func NewExport(w io.Writer) (*Export, error) {
	if _, err := io.WriteString(w, bom); err != nil {
		return nil, err
	}
	e := &Export{csv.NewWriter(w)}
	e.w.UseCRLF = true
	return e, nil
}

// Row writes one line.
func (e *Export) Row(fields ...string) error {
	safe := make([]string, len(fields))
	for i, f := range fields {
		safe[i] = Safe(f)
	}
	return e.w.Write(safe)
}

// End writes what is left and gives the first error of all.
func (e *Export) End() error { e.w.Flush(); return e.w.Error() }

// Safe puts an apostrophe before a text that a spreadsheet program would compute: people can put
// formulas into forms that another person's computer then runs.
func Safe(text string) string {
	if text == "" {
		return text
	}
	switch text[0] {
	case '=', '+', '-', '@', '\t', '\r':
		return "'" + text
	}
	return text
}
