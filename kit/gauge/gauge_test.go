package gauge

import (
	"errors"
	"testing"
)

func TestSpreadAndShare(t *testing.T) {
	rounds := []Round{{300, 30}, {100, 10}, {200, 20}}
	if s := Of(rounds); s.Wall != (Spread{100, 200, 300}) || s.CPU != (Spread{10, 20, 30}) {
		t.Error(s)
	}
	if s := ShareOf(rounds, []Round{{300, 60}, {200, 20}, {800, 40}}); s != (Share{0.5, 0.5}) {
		t.Error(s)
	}
	if s := ShareOf(rounds, []Round{{300, 0}, {100, 10}, {200, 20}}); s != (Share{1, 0}) {
		t.Error("a round without processor time is not left out:", s)
	}
}

func TestMeasure(t *testing.T) {
	failed := errors.New("failed")
	sum := 0
	r, err := Measure(1000, func() error {
		for i := range 50_000_000 {
			sum += i
		}
		return failed
	})
	if !errors.Is(err, failed) || r.Wall <= 0 || r.CPU < 0 || sum == 0 {
		t.Error(r, err)
	}
}
