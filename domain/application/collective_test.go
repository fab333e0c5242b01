package application_test

import (
	"testing"

	"kawu/domain/application"
)

// The day that people are told to collect from never lies before the day the card is promised for.
func TestCollectFrom(t *testing.T) {
	for _, c := range []struct{ agreed, promised, want string }{
		{"", "", ""}, {"", "2024-03-01", ""},
		{"2024-03-05", "", "2024-03-05"}, {"2024-03-05", "2024-03-01", "2024-03-05"}, {"2024-03-05", "2024-03-12", "2024-03-12"},
	} {
		if got := (application.Collective{PickupDay: c.agreed}).CollectFrom(c.promised); got != c.want {
			t.Errorf("agreed %q, promised %q: from %q, want %q", c.agreed, c.promised, got, c.want)
		}
	}
}
