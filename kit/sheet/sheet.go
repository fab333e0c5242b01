package sheet

import (
	"io"
	"strings"
)

// Column is a column that the caller wants.
type Column struct {
	Key      string            // the caller's name: "id"
	Names    []string          // how headers name it, the best first; compared without spaces and remarks in brackets
	Required bool              // without it the file is refused
	Looks    func(string) bool // does a value look like one of this column; nil when that cannot be told
}

// Spec says what to look for.
type Spec struct {
	Columns  []Column
	MaxRows  int   // rows under the header; 0 is 100,000
	MaxBytes int64 // size of the file; 0 is 20 MB
}

// Kind is what a cell holds.
type Kind byte

// The kinds of cells. In a .csv everything is Text but what begins like a formula.
const (
	Blank   Kind = iota
	Text         // what was typed or kept as text
	Number       // a quantity: at most 15 of its digits are true
	Formula      // computed; Text is the result that was stored, which need not be the present one
	Error        // #N/A and its kind
)

// Cell is one value. Text of a Number is its digits as the file has them, such as 1.10105E+17.
type Cell struct {
	Column string // letter: "C"
	Text   string
	Kind   Kind
}

// Row is one line of the table under the header; Cells are in the order of Spec.Columns, Blank for
// columns that the file does not have.
type Row struct {
	Line  int // as the spreadsheet program numbers it, from 1
	Cells []Cell
}

// Info is what was found out about the file.
type Info struct {
	Format   string            `json:"format"`             // xlsx or csv
	Encoding string            `json:"encoding,omitempty"` // of a csv: utf-8 or gb18030
	Sheet    string            `json:"sheet,omitempty"`    // name of the sheet that was read
	Header   int               `json:"header"`             // its line
	Columns  map[string]string `json:"columns"`            // key to letter
	Ignored  []string          `json:"ignored,omitempty"`  // letters of columns that nobody asked for
	Rows     int               `json:"rows"`               // under the header; lines without a wanted cell do not count
}

const (
	defaultRows  = 100_000
	defaultBytes = 20 << 20
)

func (s Spec) rows() int {
	if s.MaxRows > 0 {
		return s.MaxRows
	}
	return defaultRows
}

func (s Spec) bytes() int64 {
	if s.MaxBytes > 0 {
		return s.MaxBytes
	}
	return defaultBytes
}

// source is an open file that can be gone through as often as needed.
type source interface {
	// each gives every line that holds something, in order. cells are all cells up to the last one
	// that holds something, by column from 0; they are valid during the call only.
	each(func(line int, cells []Cell) error) error
	// merged are the ranges of merged cells, known after each went to the end.
	merged() []area
	info() Info
}

// Read finds the table in a file and gives its rows to each, in order, after the whole file has
// been found fit. Errors are faults of this package, an error of each, or an error of reading.
// A Row and its cells belong to the callee.
func Read(r io.ReaderAt, size int64, spec Spec, each func(Row) error) (Info, error) {
	src, err := open(r, size, spec)
	if err != nil {
		return Info{}, err
	}
	h, err := survey(src, spec)
	if err != nil {
		return src.info(), err
	}
	info := src.info()
	info.Header, info.Columns, info.Ignored = h.line, h.letters(spec), h.ignored
	err = src.each(func(line int, cells []Cell) error {
		if line <= h.line {
			return nil
		}
		row, some := h.row(line, cells)
		if !some {
			return nil
		}
		info.Rows++
		return each(row)
	})
	if err == nil && info.Rows == 0 {
		err = with(NoRows, "line", h.line)
	}
	return info, err
}

// row picks the wanted cells. some is false when none of them holds anything: a line with nothing
// but a number of its own, as in forms that were numbered beforehand, is no row.
func (h header) row(line int, cells []Cell) (row Row, some bool) {
	row = Row{Line: line, Cells: make([]Cell, len(h.at))}
	for i, col := range h.at {
		if col >= 0 && col < len(cells) {
			row.Cells[i] = cells[col]
			some = some || cells[col].Kind != Blank
		}
		row.Cells[i].Column = letter(col)
	}
	return row, some
}

// open tells by the content what the file is.
func open(r io.ReaderAt, size int64, spec Spec) (source, error) {
	if size == 0 {
		return nil, EmptyFile
	}
	if size > spec.bytes() {
		return nil, tooBig(spec)
	}
	head := make([]byte, min(size, 4096))
	if _, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, err
	}
	switch kind := sniff(head); {
	case kind == "zip":
		return openBook(r, size, spec)
	case kind == "ole":
		return nil, insideOLE(r, size)
	case kind == "utf-16":
		return nil, UTF16
	case kind != "":
		return nil, with(WrongType, "type", kind)
	}
	return openCSV(r, size, spec)
}

func tooBig(spec Spec) error { return with(TooBig, "max", spec.bytes()>>20) }

// shown joins words for an argument.
func shown(words []string) string { return strings.Join(words, ", ") }
