package cell

import "slices"

// Store keeps a card's memory outside the process. Append takes the changes of one command and
// returns when they cannot be lost any more; it keeps all of them or none.
type Store interface {
	Append(changes []byte) error
}

// Memory is cells in the order of their addresses. Changes of a command gather in pending until
// Commit. The zero value is empty and stored nowhere.
type Memory struct {
	cells   []change
	pending []change
	store   Store
}

type change struct {
	at    Address
	value []byte
}

// most is how many cells a finished card fills, about: a blank fills half of them.
const most = 52

// New is an empty memory; store may be nil.
func New(store Store) Memory {
	return Memory{cells: make([]change, 0, most), pending: make([]change, 0, most/2), store: store}
}

// Load restores a memory from its image, or from changes one after another: ErrImage.
func Load(image []byte, store Store) (Memory, error) {
	list, err := decode(image)
	if err != nil {
		return Memory{}, err
	}
	m := Memory{cells: make([]change, 0, min(len(list), most)), store: store}
	m.apply(list)
	return m, nil
}

// Get is what a cell holds, changes of this command included; nil when nothing was set. Do not change
// it.
func (m *Memory) Get(a Address) []byte {
	for i := len(m.pending) - 1; i >= 0; i-- {
		if m.pending[i].at == a {
			return m.pending[i].value
		}
	}
	if i, there := m.find(a); there {
		return m.cells[i].value
	}
	return nil
}

// find gives the place of a cell, or where it would stand. Every command looks up about ten cells.
func (m *Memory) find(a Address) (int, bool) {
	n, low, high := a.number(), 0, len(m.cells)
	for low < high {
		if middle := (low + high) / 2; m.cells[middle].at.number() < n {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(m.cells) && m.cells[low].at == a
}

// Set takes the value over: the caller does not change it any more.
func (m *Memory) Set(a Address, value []byte) { m.pending = append(m.pending, change{a, value}) }

// Rollback forgets what was set since the last Commit.
func (m *Memory) Rollback() { m.pending = m.pending[:0] }

// Commit stores what was set since the last one, all of it or, with an error of the store, nothing.
func (m *Memory) Commit() error {
	if len(m.pending) == 0 {
		return nil
	}
	if m.store != nil {
		if err := m.store.Append(encode(m.pending)); err != nil {
			m.Rollback()
			return err
		}
	}
	m.apply(m.pending)
	m.Rollback()
	return nil
}

// apply puts changes into their cells, the last one of an address counts.
func (m *Memory) apply(list []change) {
	for _, c := range list {
		if i, there := m.find(c.at); there {
			m.cells[i].value = c.value
		} else {
			m.cells = slices.Insert(m.cells, i, c)
		}
	}
}

// Image is all cells in one order, so that equal cards have equal images.
func (m *Memory) Image() []byte { return encode(m.cells) }
