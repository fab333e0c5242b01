package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// markup reads the XML of a workbook's parts tag by tag. It exists beside encoding/xml because one
// roster is 60 MB of XML: this is some ten times faster, and it bounds what one token may take, so
// that a hostile file cannot fill the memory with one cell. It reads what spreadsheet programs
// write: elements, attributes, text, CDATA; a DOCTYPE is refused.
type markup struct {
	r     *bufio.Reader
	buf   []byte // the token, reused
	name  string // of the present tag, without its prefix
	attrs []byte
	open  bool // start tag
	close bool // end tag; <c/> is both
	text  []byte
}

// maxToken bounds one tag or text; a cell holds at most 32,767 characters.
const maxToken = 1 << 20

var errMarkup = errors.New("not well-formed")

func newMarkup(r io.Reader) *markup { return &markup{r: bufio.NewReaderSize(r, 1<<16)} }

// next moves to the next tag or text. At a text, name is "". io.EOF ends the part.
func (m *markup) next() error {
	m.name, m.open, m.close, m.text, m.buf = "", false, false, nil, m.buf[:0]
	b, err := m.r.Peek(1)
	if err != nil {
		return err
	}
	if b[0] != '<' {
		if err := m.until('<'); err != nil && err != io.EOF {
			return err
		}
		m.text = unescape(m.buf)
		return nil
	}
	_, _ = m.r.Discard(1)
	if b, err = m.r.Peek(1); err != nil {
		return errMarkup
	}
	switch b[0] {
	case '?':
		return m.skip("?>")
	case '!':
		return m.declaration()
	}
	return m.tag()
}

// until reads up to the delimiter, which stays.
func (m *markup) until(delim byte) error {
	for {
		part, err := m.r.ReadSlice(delim)
		if err == nil {
			m.buf = append(m.buf, part[:len(part)-1]...)
			return m.r.UnreadByte()
		}
		m.buf = append(m.buf, part...)
		if len(m.buf) > maxToken {
			return errMarkup
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
}

// tag reads to the > that is not inside an attribute's quotes.
func (m *markup) tag() error {
	for quotes := 0; ; m.buf = append(m.buf, '>') {
		counted := len(m.buf)
		if err := m.until('>'); err != nil {
			return errMarkup
		}
		_, _ = m.r.Discard(1)
		if quotes += bytes.Count(m.buf[counted:], []byte{'"'}); quotes%2 == 0 {
			break
		}
	}
	t := m.buf
	m.open = true
	if len(t) > 0 && t[0] == '/' {
		m.open, m.close, t = false, true, t[1:]
	} else if len(t) > 0 && t[len(t)-1] == '/' {
		m.close, t = true, t[:len(t)-1]
	}
	end := bytes.IndexAny(t, " \t\r\n")
	if end < 0 {
		end = len(t)
	}
	m.attrs = t[end:]
	m.name = known(t[bytes.IndexByte(t[:end], ':')+1 : end])
	if m.name == "" || strings.Contains(m.name, "<") {
		return errMarkup
	}
	return nil
}

// known spares an allocation for the names of which a sheet has millions.
func known(name []byte) string {
	switch string(name) {
	case "c":
		return "c"
	case "v":
		return "v"
	case "t":
		return "t"
	case "row":
		return "row"
	case "is":
		return "is"
	case "si":
		return "si"
	}
	return string(name)
}

// declaration reads a comment (skipped) or CDATA (a text); anything else, above all a DOCTYPE with
// its entities, is refused.
func (m *markup) declaration() error {
	if b, _ := m.r.Peek(8); string(b) == "![CDATA[" {
		_, _ = m.r.Discard(8)
		if err := m.skip("]]>"); err != nil {
			return err
		}
		m.text = m.buf[:len(m.buf)-3]
		return nil
	}
	if b, _ := m.r.Peek(3); string(b) != "!--" {
		return errMarkup
	}
	_, _ = m.r.Discard(3)
	return m.skip("-->")
}

func (m *markup) skip(end string) error {
	for !bytes.HasSuffix(m.buf, []byte(end)) {
		c, err := m.r.ReadByte()
		if m.buf = append(m.buf, c); err != nil || len(m.buf) > maxToken {
			return errMarkup
		}
	}
	return nil
}

// attr is the value of an attribute by its local name; "" when there is none.
func (m *markup) attr(name string) string {
	rest := m.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) < 2 {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key[bytes.IndexByte(key, ':')+1:]) == name {
			return string(unescape(rest[1 : 1+end]))
		}
		rest = rest[end+2:]
	}
}
