package city_test

import (
	"testing"

	"kawu/city"
	"kawu/policy"
)

// TestNothingWrong: the embedded folders open, with every rule of every city in some clause.
func TestNothingWrong(t *testing.T) {
	for _, f := range policy.Check(city.Files) {
		t.Error(f)
	}
}
