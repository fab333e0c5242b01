package roster

import (
	"cmp"
	"log/slog"
	"slices"

	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/kit/sheet"
	"kawu/kit/tidy"
	"kawu/kit/wording"
)

// Entry is one good row.
type Entry struct {
	Line   int // in the file, from 1
	ID     idno.Number
	Name   name.Person
	Mobile phone.Number
}

// Problem is one thing wrong with one row. Line 0 is the file as a whole, column "" the whole row.
type Problem struct {
	Line   int
	Column string // letter
	Fault  *fault.Fault
}

// Note says what was normalised in a cell.
type Note struct {
	Line   int
	Column string
	Note   tidy.Note
}

// Result is what became of a file. Entries and Problems are in the order of lines. Every row is in
// exactly one of Entries, Raw and Out.
type Result struct {
	Info     sheet.Info
	Entries  []Entry
	Problems []Problem
	Notes    []Note
	Raw      map[int]Raw // what bad rows say, by line; rows refused by stored facts are in Out
	Out      []Entry     // entries that Against refused
}

// Raw is a bad row as it was written. It is personal data that no type of its own masks, so printing
// a Raw shows nothing.
type Raw struct{ Name, ID, Mobile string }

// String is "***".
func (Raw) String() string { return "***" }

// GoString is "***", for %#v.
func (Raw) GoString() string { return "***" }

// LogValue is "***".
func (Raw) LogValue() slog.Value { return slog.StringValue("***") }

// MarshalText is "***", for JSON.
func (Raw) MarshalText() ([]byte, error) { return []byte("***"), nil }

// Rows is the number of rows that hold something.
func (r *Result) Rows() int { return r.Info.Rows }

// Refused is the result of a file that could not be read at all.
func Refused(f *fault.Fault) *Result { return &Result{Problems: []Problem{{Fault: f}}} }

// Counts are the problems by code, for 「同一个问题，一次改完」.
func (r *Result) Counts() map[string]int {
	m := map[string]int{}
	for _, p := range r.Problems {
		m[p.Fault.Code]++
	}
	return m
}

// Marks are the problems in one language, for sheet.Annotate.
func (r *Result) Marks(l wording.Lang) []sheet.Mark {
	out := make([]sheet.Mark, len(r.Problems))
	for i, p := range r.Problems {
		out[i] = sheet.Mark{Line: p.Line, Column: p.Column, Text: wording.Of(l, p.Fault)}
	}
	return out
}

func (r *Result) sort() {
	slices.SortStableFunc(r.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(len(a.Column), len(b.Column)), cmp.Compare(a.Column, b.Column))
	})
}
