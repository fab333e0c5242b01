package sheet

import (
	"io"
	"path"
	"strings"

	"kawu/kit/fault"
)

func partName(s string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(s, `\`, "/"), "/"))
}

// read opens a part; what lies beyond limit is the fault TooBig.
func (b *book) read(part string, limit int64) (io.ReadCloser, error) {
	f := b.parts[partName(part)]
	if f == nil {
		return nil, Broken
	}
	if int64(f.UncompressedSize64) > limit {
		return nil, tooBig(b.spec)
	}
	r, err := f.Open()
	if err != nil {
		return nil, Broken.Because(err)
	}
	return &limited{ReadCloser: r, left: limit, full: tooBig(b.spec)}, nil
}

type limited struct {
	io.ReadCloser
	left int64
	full error
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, l.full
	}
	n, err := l.ReadCloser.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// walk gives every tag and text of a part; f ends it early with enough.
func (b *book) walk(part string, limit int64, f func(*markup) error) error {
	r, err := b.read(part, limit)
	if err != nil {
		return err
	}
	defer r.Close()
	m, depth := newMarkup(r), 0
	for {
		err := m.next()
		switch {
		case err == nil:
			if m.open && !m.close {
				depth++
			} else if m.close && !m.open {
				depth--
			}
			err = f(m)
		case err == io.EOF && depth == 0:
			return nil
		case fault.Of(err) == nil: // also a part that ends in the middle: its last rows would be missing
			return Broken.Because(err)
		}
		if err == enough {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

type relation struct{ id, kind, part string }

type relations []relation

func (b *book) relations(part, dir string) (relations, error) {
	var out relations
	err := b.walk(part, maxPart, func(m *markup) error {
		if m.open && m.name == "Relationship" {
			target := m.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out = append(out, relation{m.attr("Id"), m.attr("Type"), target})
		}
		return nil
	})
	return out, err
}

func (r relations) byType(suffix string) string {
	for _, x := range r {
		if strings.HasSuffix(x.kind, suffix) {
			return x.part
		}
	}
	return ""
}

func (r relations) byID(id string) string {
	for _, x := range r {
		if x.id == id {
			return x.part
		}
	}
	return ""
}
