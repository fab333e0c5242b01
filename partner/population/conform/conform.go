// Package conform is what every register behind person.Population and portrait.Register must keep,
// whether it is our adapter with the simulator or a real one's test system. Only tests import it.
package conform

import (
	"context"
	"errors"
	"testing"

	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

// Party is a register under trial, with one person that it knows for every outcome.
type Party struct {
	person.Population
	portrait.Register
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
	photos(t, start)
}

func photos(t *testing.T, start func(t *testing.T) Party) {
	ctx := context.Background()
	wanted := func(p Party, outcomes ...person.Outcome) (out []portrait.Wanted) {
		for _, o := range outcomes {
			out = append(out, portrait.Wanted{Key: p.Known[o].Key, Number: p.Known[o].Number})
		}
		return out
	}
	t.Run("every photo is answered once, in the order asked, and a person without one has none", func(t *testing.T) {
		p := start(t)
		q := wanted(p, person.Unknown, person.Same)
		got, err := p.Photos(ctx, "p1", q)
		if err != nil || len(got) != 2 || got[0].Key != q[0].Key || got[0].JPEG != nil || got[1].Key != q[1].Key || len(got[1].JPEG) < 1000 {
			t.Fatalf("%d photos, %v", len(got), err)
		}
	})
	t.Run("more photos than a question may ask for are refused", func(t *testing.T) {
		p := start(t)
		q := make([]portrait.Wanted, portrait.Lines+1)
		for i := range q {
			q[i] = portrait.Wanted{Key: trial.Number(i), Number: trial.Number(i)}
		}
		if _, err := p.Photos(ctx, "p1", q); !errors.Is(err, wire.Refused) {
			t.Fatal(err)
		}
	})
	trial.Repeating(t, func(t *testing.T) (trial.Outside, trial.Ask) {
		p := start(t)
		return p, func(key string) (any, error) { return p.Photos(ctx, key, wanted(p, person.Same)) }
	})
}
