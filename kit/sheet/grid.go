package sheet

import (
	"regexp"
	"strconv"
	"strings"
)

// reader turns the tags of one sheet into rows.
type reader struct {
	b    *book
	give func(line int, cells []Cell) error

	line  int
	cells []Cell
	col   int
	kind  string // the attribute t of the cell
	text  []byte
	in    bool // inside a value
	aid   bool // inside a reading aid of a rich text
	calc  bool // the cell has a formula
}

// each goes through the sheet. Lines and cells may lack their reference; then they follow the one
// before.
func (b *book) each(give func(line int, cells []Cell) error) error {
	b.areas = nil
	r := &reader{b: b, give: give}
	return b.walk(b.sheet.part, maxSheet, r.token)
}

func (r *reader) token(m *markup) error {
	switch m.name {
	case "":
		if r.in && !r.aid {
			r.text = append(r.text, m.text...)
		}
	case "row":
		return r.row(m)
	case "c":
		r.cell(m)
	case "v", "t":
		r.in = m.open && !m.close
	case "rPh":
		r.aid = m.open && !m.close
	case "f":
		r.calc = true
	case "mergeCell":
		if m.open {
			r.b.merge(m.attr("ref"))
		}
	}
	return nil
}

func (r *reader) row(m *markup) error {
	if m.open {
		r.line++
		if n, err := strconv.Atoi(m.attr("r")); err == nil && n > 0 {
			r.line = n
		}
		r.cells, r.col = r.cells[:0], -1
	}
	if m.close && len(r.cells) > 0 {
		cells := r.cells
		r.cells = r.cells[:0]
		return r.give(r.line, cells)
	}
	return nil
}

func (r *reader) cell(m *markup) {
	if m.open {
		r.col++
		if ref := m.attr("r"); ref != "" {
			r.col = column(ref)
		}
		r.kind, r.text, r.calc = m.attr("t"), r.text[:0], false
	}
	if !m.close || r.col < 0 || r.col >= maxColumns {
		return
	}
	c := r.value()
	if c.Kind == Blank {
		return
	}
	for len(r.cells) <= r.col {
		r.cells = append(r.cells, Cell{})
	}
	r.cells[r.col] = c
}

// value is the cell that has just ended.
func (r *reader) value() Cell {
	text := string(r.text)
	kind := Text
	switch r.kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			i = -1
		}
		text = r.b.strings.at(i)
	case "", "n", "d":
		kind = Number
	case "e":
		kind = Error
	}
	if strings.Contains(text, "_x") {
		text = escaped.ReplaceAllStringFunc(text, func(s string) string {
			n, _ := strconv.ParseUint(s[2:6], 16, 16)
			return string(rune(n))
		})
	}
	if r.calc {
		return Cell{Text: text, Kind: Formula}
	}
	if strings.TrimSpace(text) == "" {
		return Cell{}
	}
	if kind == Number {
		text = quantity(text)
	}
	return Cell{Text: text, Kind: kind}
}

// Workbooks write characters that XML cannot hold as _x000D_.
var escaped = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)

// exact is where a double begins to lose whole numbers of the spreadsheet: it keeps 15 digits.
const exact = 1e15

// quantity writes a number as its digits, as long as they are all true: programs may store
// 13800002209 as 1.3800002209E10. Beyond 15 digits the text stays as the file has it.
func quantity(text string) string {
	f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || f >= exact || f <= -exact {
		return text
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
