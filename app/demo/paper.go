package demo

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"kawu/domain/person"
	"kawu/kit/gb"
)

// line is one row of a roster as somebody in HR typed it.
type line struct{ name, number, mobile string }

// paper is the roster of an employer: its staff, some written oddly but right, and at the end the
// faults that people make. oddities are accepted and said; faults are refused with what to do.
func (w *World) paper(staff []person.Person, first bool) []line {
	lines := make([]line, 0, len(staff)+8)
	for i, p := range staff {
		l := line{p.Name.Reveal(), p.Number.Reveal(), p.Mobile.Reveal()}
		switch {
		case i%53 == 7:
			l.number = wide(l.number)
		case i%41 == 3:
			l.mobile = "+86 " + l.mobile[:3] + "-" + l.mobile[3:7] + "-" + l.mobile[7:]
		case strings.HasSuffix(l.number, "X"):
			l.number = strings.ToLower(l.number)
		}
		lines = append(lines, l)
	}
	if !first || len(staff) == 0 {
		return lines
	}
	a := staff[0]
	wrong := []byte(a.Number.Reveal())
	wrong[17] = "0123456789"[(strings.IndexByte("0123456789X", wrong[17])+1)%10]
	lines = append(lines,
		line{"高远", string(wrong), "19900000001"},                    // check digit
		line{"高原", "11010219900307", "19900000002"},                 // too short
		line{a.Name.Reveal(), a.Number.Reveal(), a.Mobile.Reveal()}, // the same person again
		line{"林🀄", "11010219900101001X", "19900000003"},             // an emoji in the name
		line{"罗列", "110102199013010014", "19900000004"})             // month 13
	for _, p := range w.Others { // retired, in another district, holding a new card already
		lines = append(lines, line{p.Name.Reveal(), p.Number.Reveal(), p.Mobile.Reveal()})
	}
	return lines
}

// wide writes digits full-width, as some input methods do.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

var header = line{"姓名", "身份证号", "手机号"}

// workbook writes a roster as an .xlsx file, one stream, whatever its size.
func workbook(out io.Writer, lines []line) error {
	f := excelize.NewFile()
	defer f.Close()
	s, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	for i, l := range append([]line{header}, lines...) {
		if err := s.SetRow(fmt.Sprintf("A%d", i+1), []any{l.name, l.number, l.mobile}); err != nil {
			return err
		}
	}
	if err := s.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(out)
	return err
}

// text writes a roster as .csv in GB 18030, as older systems and WPS do.
func text(out io.Writer, lines []line) error {
	for _, l := range append([]line{header}, lines...) {
		b, err := gb.Encode(l.name + "," + l.number + "," + l.mobile + "\r\n")
		if err != nil {
			return err
		}
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return nil
}
