package sheet

import (
	"errors"
	"slices"
	"strings"

	"kawu/kit/tidy"
)

// header is the line that names the columns.
type header struct {
	line    int
	at      []int // for each column of the Spec, where it is from 0; -1 when it is not there
	ignored []string
}

// A header stands under titles and instructions, but not farther down than this many lines that
// hold something.
const searchLines = 20

type headLine struct {
	line  int
	cells []Cell
}

var enough = errors.New("seen enough")

// survey goes through the file once: it finds the header among the first lines, counts the lines
// under it, and refuses what cannot be read as one table.
func survey(src source, spec Spec) (header, error) {
	var head []headLine
	lines := 0
	err := src.each(func(line int, cells []Cell) error {
		if len(head) < searchLines {
			head = append(head, headLine{line, append([]Cell(nil), cells...)})
		}
		if lines++; lines > spec.rows()+searchLines {
			return enough
		}
		return nil
	})
	if err != nil && err != enough {
		return header{}, err
	}
	if lines == 0 {
		return header{}, EmptyFile
	}
	h, above, err := find(head, spec)
	if lines-above > spec.rows() {
		return header{}, with(TooManyRows, "max", spec.rows())
	}
	if err != nil {
		return header{}, err
	}
	for _, a := range src.merged() {
		for _, col := range h.at {
			if col >= 0 && a.holds(h.line, col) {
				return header{}, with(HeaderMerged, "range", a.String())
			}
		}
	}
	return h, nil
}

// find takes the line that names most of the columns; above counts the lines up to and with it.
func find(head []headLine, spec Spec) (header, int, error) {
	var best header
	bestFound, above := 0, 0
	var twice error
	for i, l := range head {
		h, found, err := match(l, spec)
		if found > bestFound {
			best, bestFound, above, twice = h, found, i+1, err
		}
	}
	if bestFound == 0 {
		return header{}, 0, with(HeaderNotFound, "guess", guess(head, spec))
	}
	if twice != nil {
		return header{}, above, twice
	}
	var missing []string
	for i, c := range spec.Columns {
		if c.Required && best.at[i] < 0 {
			missing = append(missing, c.Names[0])
		}
	}
	if missing != nil {
		return header{}, above, with(HeaderMissing, "line", best.line, "missing", shown(missing))
	}
	return best, above, nil
}

// match reads one line as a header. found counts the columns that it names. Where two headers name
// the same column, the better name wins (手机号码 before 联系电话); the same name twice is a fault.
func match(l headLine, spec Spec) (h header, found int, err error) {
	h = header{line: l.line, at: make([]int, len(spec.Columns))}
	for i := range h.at {
		h.at[i] = -1
	}
	ranks := make([]int, len(spec.Columns))
	for col, cell := range l.cells {
		i, rank := named(cell, spec)
		switch {
		case i < 0:
		case h.at[i] < 0:
			h.at[i], ranks[i] = col, rank
			found++
		case rank < ranks[i]:
			h.at[i], ranks[i] = col, rank
		case rank == ranks[i]:
			err = with(HeaderTwice, "line", l.line, "name", spec.Columns[i].Names[rank],
				"columns", shown([]string{letter(h.at[i]), letter(col)}))
		}
	}
	for col, cell := range l.cells {
		if cell.Kind != Blank && !slices.Contains(h.at, col) {
			h.ignored = append(h.ignored, letter(col))
		}
	}
	return h, found, err
}

// named is the column that a header names and the place of that name in Column.Names; -1 for none.
func named(cell Cell, spec Spec) (column, rank int) {
	if cell.Kind != Text {
		return -1, 0
	}
	word := plainName(cell.Text)
	for i, c := range spec.Columns {
		for rank, n := range c.Names {
			if word == plainName(n) {
				return i, rank
			}
		}
	}
	return -1, 0
}

// plainName takes off what people add to a header: spaces, stars for "required", remarks in
// brackets. 「* 姓 名（必填）」 is 姓名.
func plainName(s string) string {
	s, _ = tidy.Compact(s)
	if i := strings.IndexAny(s, "(（[【"); i > 0 {
		s = s[:i]
	}
	return strings.ToLower(strings.Trim(s, "*＊:："))
}

// letters maps the keys of the columns that are there to their letters.
func (h header) letters(spec Spec) map[string]string {
	m := map[string]string{}
	for i, c := range spec.Columns {
		if h.at[i] >= 0 {
			m[c.Key] = letter(h.at[i])
		}
	}
	return m
}
