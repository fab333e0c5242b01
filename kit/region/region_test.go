package region

import (
	"errors"
	"testing"
)

func TestParse(t *testing.T) {
	for s, ok := range map[string]bool{
		"110105": true, "510100": true, "830000": true, "650102": true,
		"": false, "1101": false, "990000": false, "1 0105": false, "11010x": false, "1101050": false, "１１０１０５": false,
	} {
		if _, err := Parse(s); (err == nil) != ok || err != nil && !errors.Is(err, Wrong) {
			t.Errorf("Parse(%q) = %v", s, err)
		}
	}
}

func TestPlaces(t *testing.T) {
	for c, want := range map[Code][2]Code{
		"110105": {"110000", "110000"}, "500229": {"500000", "500000"}, "310101": {"310000", "310000"},
		"510107": {"510000", "510100"}, "650102": {"650000", "650100"},
	} {
		if c.Province() != want[0] || c.City() != want[1] {
			t.Errorf("%s: %s %s", c, c.Province(), c.City())
		}
	}
	for _, x := range []struct {
		c, d Code
		want bool
	}{
		{"110105", "110000", true}, {"110105", "110105", true}, {"510107", "510100", true},
		{"510107", "510000", true}, {"510107", "110000", false}, {"510107", "", false}, {"", "110000", false},
	} {
		if got := x.c.In(x.d); got != x.want {
			t.Errorf("%s in %s: %v", x.c, x.d, got)
		}
	}
}
