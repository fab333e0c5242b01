package sheet

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// Encodings of a .csv.
const (
	utf8Name = "utf-8"
	gbName   = "gb18030"
)

// table of values separated by commas, semicolons or tabs.
type values struct {
	r        io.ReaderAt
	size     int64
	encoding string
	comma    rune
}

// openCSV tells the encoding. Everything that is not wholly UTF-8 is taken for GB 18030, unless some
// lines are UTF-8 all the same: a file put together from two sources has lines of both, and reading
// all of it in one of them would turn names into other names without an error.
func openCSV(r io.ReaderAt, size int64, _ Spec) (source, error) {
	v := &values{r: r, size: size, encoding: utf8Name}
	var utf, other lineCount
	err := v.lines(func(n int, line []byte) error {
		if n == 1 {
			v.comma = separator(line)
		}
		if bytes.IndexByte(line, 0) >= 0 {
			return with(WrongType, "type", "binary")
		}
		if !utf8.Valid(line) {
			other.add(n)
		}
		return nil
	})
	if err != nil || other.n == 0 {
		return v, err
	}
	v.encoding = gbName
	err = v.lines(func(n int, line []byte) error {
		if utf8.Valid(line) && ratherUTF8(line) {
			utf.add(n)
		}
		return nil
	})
	if err == nil && utf.n > 0 {
		rarer := other
		if utf.n < other.n {
			rarer = utf
		}
		err = with(MixedEncodings, "line", rarer.first)
	}
	return v, err
}

// lines gives the bytes of every line.
func (v *values) lines(f func(n int, line []byte) error) error {
	r := bufio.NewReaderSize(io.NewSectionReader(v.r, 0, v.size), 1<<16)
	for n := 1; ; n++ {
		line, err := r.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			return with(WrongType, "type", "text") // no table has lines of 64 KB
		}
		if err != nil && err != io.EOF {
			return err
		}
		if wrong := f(n, line); wrong != nil || err == io.EOF {
			return wrong
		}
	}
}

// separator is the mark that the first line has most of.
func separator(line []byte) rune {
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(line, []byte(string(c))) > bytes.Count(line, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func (v *values) each(give func(line int, cells []Cell) error) error {
	c := csv.NewReader(&decoded{lines: bufio.NewReaderSize(io.NewSectionReader(v.r, 0, v.size), 1<<16), gb: v.encoding == gbName})
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = v.comma, -1, true
	var cells []Cell
	for {
		record, err := c.Read()
		var wrong *csv.ParseError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &wrong):
			return with(Quotes, "line", wrong.StartLine)
		case err != nil:
			return err
		}
		cells = cells[:0]
		for i, text := range record {
			if i < maxColumns && strings.TrimSpace(text) != "" {
				for len(cells) <= i {
					cells = append(cells, Cell{})
				}
				cells[i] = Cell{Text: text, Kind: textKind(text)}
			}
		}
		if len(cells) > 0 {
			line, _ := c.FieldPos(0)
			if err := give(line, cells); err != nil {
				return err
			}
		}
	}
}

// textKind: ="110" is how programs keep digits as text in a .csv; any other = begins a formula.
func textKind(text string) Kind {
	switch {
	case strings.HasPrefix(text, `="`) && strings.Count(text, `"`) == 2 && strings.HasSuffix(text, `"`):
		return Text
	case strings.HasPrefix(text, "="):
		return Formula
	case strings.HasPrefix(text, "#N/A"), strings.HasPrefix(text, "#REF!"), strings.HasPrefix(text, "#VALUE!"), strings.HasPrefix(text, "#NAME?"):
		return Error
	}
	return Text
}

func (v *values) merged() []area { return nil }

func (v *values) info() Info { return Info{Format: "csv", Encoding: v.encoding} }
