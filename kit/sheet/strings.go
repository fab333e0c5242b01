package sheet

// table is the list of shared strings, kept as one text with the ends of its entries: a hundred
// thousand names and numbers are a few megabytes so.
type table struct {
	text []byte
	ends []uint32
}

func (t *table) at(i int) string {
	if t == nil || i < 0 || i >= len(t.ends) {
		return ""
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.text[from:t.ends[i]])
}

// readStrings reads the shared strings; runs of rich text are joined, and the reading aids that
// East Asian versions add (rPh) left out. A workbook need not have any.
func (b *book) readStrings(part string) (*table, error) {
	t := &table{}
	if part == "" {
		return t, nil
	}
	in, aid := false, false
	err := b.walk(part, maxStrings, func(m *markup) error {
		switch {
		case m.name == "rPh":
			aid = m.open && !m.close
		case m.name == "t":
			in = m.open && !m.close
		case m.name == "si" && m.close:
			t.ends = append(t.ends, uint32(len(t.text)))
		case m.name == "" && in && !aid:
			t.text = append(t.text, m.text...)
		}
		return nil
	})
	return t, err
}
