package menu_test

import (
	"slices"
	"testing"

	"kawu/policy/menu"
	"kawu/policy/term"
)

// TestPick: each item is for a group, below an age, or for everybody.
func TestPick(t *testing.T) {
	m := menu.New([]menu.Item{{Code: "id_card"}, {Code: "student_card", Groups: term.SetOf(term.Pupil)}, {Code: "household_register", Under: 16}})
	for _, x := range []struct {
		group term.Group
		age   int
		want  []string
	}{
		{term.Retired, 70, []string{"id_card"}},
		{term.Pupil, 16, []string{"id_card", "student_card"}},
		{term.Pupil, 15, []string{"id_card", "student_card", "household_register"}},
		{term.Resident, 15, []string{"id_card", "household_register"}},
		{0, -1, []string{"id_card", "student_card", "household_register"}},
	} {
		if got := m.Pick(x.group, x.age); !slices.Equal(got, x.want) {
			t.Errorf("%s, %d: %v", x.group, x.age, got)
		}
	}
}
