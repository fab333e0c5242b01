// Package conform is what every register behind person.Population must keep, whether it is our
// adapter with the simulator or a real one's test system. Only tests import it.
package conform

import (
	"context"
	"errors"
	"testing"

	"kawu/domain/person"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

// Party is a register under trial, with one person that it knows for every outcome.
type Party struct {
	person.Population
	trial.Outside
	Known map[person.Outcome]person.Asked
}

// Conform runs the suite; start gives a fresh party.
func Conform(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	t.Run("every person is answered once, in the order asked", func(t *testing.T) {
		p := start(t)
		var asked []person.Asked
		var want []person.Found
		for outcome, a := range p.Known {
			asked = append(asked, a)
			want = append(want, person.Found{Key: a.Key, Outcome: outcome})
		}
		got, err := p.Compare(ctx, "k1", asked)
		if err != nil || len(got) != len(want) {
			t.Fatalf("%d answers, %v", len(got), err)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("got %v, want %v", got[i], want[i])
			}
		}
	})
	t.Run("a wrong check character is refused", func(t *testing.T) {
		p := start(t)
		_, err := p.Compare(ctx, "k1", []person.Asked{{Key: "1", Number: "110102199001010010", Name: "某"}})
		if !errors.Is(err, wire.Refused) {
			t.Fatal(err)
		}
	})
	trial.Asking(t, func(t *testing.T) (trial.Outside, trial.Ask, trial.Ask) {
		p := start(t)
		asking := func(outcome person.Outcome) trial.Ask {
			return func(key string) (any, error) { return p.Compare(ctx, key, []person.Asked{p.Known[outcome]}) }
		}
		return p, asking(person.Same), asking(person.Dead)
	})
}
