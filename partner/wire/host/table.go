package host

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
)

// Table is a map whose changes are kept. It is used inside turns only.
type Table[V any] struct {
	m    *Memory
	name string
	rows map[string]V
}

// NewTable makes a table; all tables are made before Start, under names that never change.
func NewTable[V any](h *Host, name string) *Table[V] {
	t := &Table[V]{m: h.memory, name: name, rows: map[string]V{}}
	h.memory.wipe[name] = func() {
		for _, key := range t.Keys() {
			t.Delete(key)
		}
	}
	h.memory.load[name] = func(key string, value json.RawMessage) error {
		if string(value) == "null" {
			delete(t.rows, key)
			return nil
		}
		var v V
		if err := json.Unmarshal(value, &v); err != nil {
			return err
		}
		t.rows[key] = v
		return nil
	}
	return t
}

// Get reads a row.
func (t *Table[V]) Get(key string) (V, bool) { v, ok := t.rows[key]; return v, ok }

// Len is the number of rows.
func (t *Table[V]) Len() int { return len(t.rows) }

// Keys are the keys in their order; do not change the table while going through them.
func (t *Table[V]) Keys() []string { return slices.Sorted(maps.Keys(t.rows)) }

// All goes through the rows in no order.
func (t *Table[V]) All() iter.Seq2[string, V] { return maps.All(t.rows) }

// Put writes a row. V must hold all of it by value: what a pointer in it points to is not kept twice.
func (t *Table[V]) Put(key string, v V) {
	t.remember(key)
	t.rows[key] = v
	t.m.note(t.name, key, v)
}

// Delete takes a row out.
func (t *Table[V]) Delete(key string) {
	t.remember(key)
	delete(t.rows, key)
	t.m.note(t.name, key, nil)
}

func (t *Table[V]) remember(key string) {
	old, was := t.rows[key]
	t.m.undo = append(t.m.undo, func() {
		if was {
			t.rows[key] = old
		} else {
			delete(t.rows, key)
		}
	})
}
