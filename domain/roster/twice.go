package roster

import (
	"strings"

	"kawu/kit/fault"
	"kawu/kit/idno"
)

// twice: the same person again is one fault; with another name nobody knows which row is right, so
// neither goes on.
func (c *checker) twice(e Entry, first seen) {
	if first.entry < 0 || e.Name == "" || c.res.Entries[first.entry].Name == e.Name {
		c.problem(e.Line, c.column, with(Duplicate, "first", first.line))
		return
	}
	c.problem(e.Line, c.column, with(Conflict, "first", first.line))
	if !c.out[first.entry] {
		c.bad(first.entry, with(Conflict, "first", e.Line))
	}
}

func (c *checker) bad(entry int, f *fault.Fault) {
	if c.out == nil {
		c.out = map[int]bool{}
	}
	c.out[entry] = true
	c.problem(c.res.Entries[entry].Line, c.column, f)
}

// rounded: where a file holds numbers that a spreadsheet rounded, one in eleven of them fits its
// check digit by chance and names a stranger. So none that ends in 000 is believed there.
func (c *checker) rounded() {
	if !c.losses {
		return
	}
	for i, e := range c.res.Entries {
		if !c.out[i] && strings.HasSuffix(e.ID.Reveal(), "000") {
			c.bad(i, idno.ExcelRounded)
		}
	}
}

func (c *checker) good() []Entry {
	if len(c.out) == 0 {
		return c.res.Entries
	}
	kept := c.res.Entries[:0]
	for i, e := range c.res.Entries {
		if !c.out[i] {
			kept = append(kept, e)
		} else {
			c.keep(e.Line, Raw{e.Name.Reveal(), e.ID.Reveal(), e.Mobile.Reveal()})
		}
	}
	return kept
}
