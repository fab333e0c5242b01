package story

import (
	_ "embed"
	"testing"

	"kawu/kit/db/dbtest"
)

//go:embed testdata/scans.txt
var scanned string

// TestPlans: no statement of the journey goes through a table that grows with the city.
func TestPlans(t *testing.T) {
	t.Parallel()
	d := found(t, dbtest.Made(t, dbtest.Engines[0]), 12)
	plans := dbtest.Watch(d.House.Store)
	steps(t, d.Apply, d.Journey)
	if n := plans.Check(t, scanned); n < 100 {
		t.Errorf("only %d statements were seen", n)
	}
}
