package cell

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// A memory against a map: what is set and committed, in any order, is there, also after its image or
// its stored changes were loaded; what is rolled back or refused by the store is not.
func TestMemoryIsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &store{}
		m, want, waiting := New(s), map[Address]string{}, map[Address]string{}
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			switch a := (Address{App: rapid.Byte().Draw(t, "app") % 3, Kind: rapid.Byte().Draw(t, "kind") % 3, ID: uint16(rapid.IntRange(0, 3).Draw(t, "id")) << 7}); rapid.IntRange(0, 5).Draw(t, "what") {
			case 0:
				m.Rollback()
				clear(waiting)
			case 1:
				s.full = rapid.Bool().Draw(t, "full")
				if err := m.Commit(); err == nil {
					for a, v := range waiting {
						want[a] = v
					}
				} else if !s.full {
					t.Fatal(err)
				}
				clear(waiting)
			default:
				v := rapid.StringN(0, 5, 9).Draw(t, "value")
				m.Set(a, []byte(v))
				if waiting[a] = v; string(m.Get(a)) != v {
					t.Fatal("what was set is not seen")
				}
			}
		}
		m.Rollback()
		again, err := Load(m.Image(), nil)
		replayed, rerr := Load(s.changes, nil)
		if err != nil || rerr != nil || len(again.cells) != len(want) || !bytes.Equal(again.Image(), replayed.Image()) {
			t.Fatal(len(again.cells), len(want), err, rerr)
		}
		for a, v := range want {
			if string(m.Get(a)) != v || string(again.Get(a)) != v || again.Get(Address{App: 9}) != nil {
				t.Fatalf("%v is %q and %q, not %q", a, m.Get(a), again.Get(a), v)
			}
		}
	})
}

type store struct {
	changes []byte
	full    bool
}

func (s *store) Append(b []byte) error {
	if s.full {
		return errors.New("full")
	}
	s.changes = append(s.changes, b...)
	return nil
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("\x01\x02\x00\x03\x04\x00\x01x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Load(b, nil)
		if err != nil {
			return
		}
		if again, err := Load(m.Image(), nil); err != nil || !bytes.Equal(again.Image(), m.Image()) {
			t.Fatal("an image does not come back", err)
		}
	})
}
