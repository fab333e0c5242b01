package menu

import "kawu/policy/term"

// Item is one code and whom it is for: any of the groups (all when empty), below an age (0: any age).
type Item struct {
	Code   string
	Groups term.Set[term.Group]
	Under  int
}

// Menu holds one list for each combination of items. A list is never changed and may be shared.
type Menu struct {
	items []Item
	lists [][]string
}

// New makes all lists. There are two to the power of the number of items, of which a notice has few.
func New(items []Item) Menu {
	m := Menu{items, make([][]string, 1<<len(items))}
	for mask := range m.lists {
		m.lists[mask] = []string{}
		for i, x := range items {
			if mask>>i&1 == 1 {
				m.lists[mask] = append(m.lists[mask], x.Code)
			}
		}
	}
	return m
}

// Pick is the list for somebody of a group and an age. An age below 0 is not told and passes as a child's.
func (m *Menu) Pick(g term.Group, age int) []string {
	mask := 0
	for i, x := range m.items {
		if x.Groups.Allows(g) && (x.Under == 0 || age < x.Under) {
			mask |= 1 << i
		}
	}
	return m.lists[mask]
}
