package population_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"

	"kawu/chip/photo"
	"kawu/domain/person"
	"kawu/domain/portrait"
	"kawu/kit/fault"
	"kawu/partner/population"
	"kawu/partner/population/conform"
	"kawu/partner/population/sim"
	"kawu/partner/wire"
	"kawu/partner/wire/trial"
)

func start(t *testing.T) (*trial.Ground[*sim.Sim], *population.Register) {
	g := trial.Start(t, sim.New)
	return g, population.New(g.Client("population"))
}

func asked(i int) person.Asked {
	return person.Asked{Key: trial.Number(i)[10:], Number: trial.Number(i), Name: trial.Name(i)}
}

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g, r := start(t)
		known := map[person.Outcome]person.Asked{person.Same: asked(1), person.NameDiffers: asked(2), person.Dead: asked(3),
			person.Missing: asked(4), person.Unknown: asked(5)}
		err := g.Sim.Load([]sim.Person{{Number: trial.Number(1), Name: trial.Name(1)}, {Number: trial.Number(2), Name: "别人"},
			{Number: trial.Number(3), Name: trial.Name(3), State: population.Dead},
			{Number: trial.Number(4), Name: trial.Name(4), State: population.Missing}})
		if err != nil {
			t.Fatal(err)
		}
		return conform.Party{Population: r, Register: r, Outside: g, Known: known}
	})
}

// TestStates: imprisonment takes no right to a card away; a register that does not know whether
// somebody lives has confirmed nothing.
func TestStates(t *testing.T) {
	for state, want := range map[string]person.Outcome{population.Normal: person.Same, population.Imprisoned: person.Same,
		population.Dead: person.Dead, population.Missing: person.Missing, population.NotKnown: person.Unknown} {
		g, r := start(t)
		if err := g.Sim.Load([]sim.Person{{Number: trial.Number(1), Name: trial.Name(1), State: state}}); err != nil {
			t.Fatal(err)
		}
		got, err := r.Compare(context.Background(), "k", []person.Asked{asked(1)})
		if err != nil || got[0].Outcome != want {
			t.Errorf("state %s: %v, %v; want %s", state, got, err, want)
		}
	}
}

func TestUnknownStateIsMalformed(t *testing.T) {
	g, r := start(t)
	if err := g.Sim.Load([]sim.Person{{Number: trial.Number(1), Name: trial.Name(1), State: "7"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Compare(context.Background(), "k", []person.Asked{asked(1)}); !errors.Is(err, wire.Malformed) {
		t.Fatal(err)
	}
}

// Each of the register's photos is what it was told to be, in the eyes of what prepares it for the card.
func TestPhotos(t *testing.T) {
	g, r := start(t)
	kinds := []string{"fine", "blue", "dark", "damaged", "none"}
	var people []sim.Person
	var q []portrait.Wanted
	orders := map[string]string{}
	for i, kind := range kinds {
		people = append(people, sim.Person{Number: trial.Number(i + 1), Name: trial.Name(i + 1)})
		q = append(q, portrait.Wanted{Key: kind, Number: trial.Number(i + 1)})
		orders[trial.Number(i+1)] = kind
	}
	if err := g.Sim.Load(people); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"photo": orders})
	if err != nil {
		t.Fatal(err)
	}
	g.Tell(string(text))
	first, err := r.Photos(context.Background(), "p1", q)
	if err != nil {
		t.Fatal(err)
	}
	again, err := r.Photos(context.Background(), "p2", q)
	if err != nil || !reflect.DeepEqual(first, again) {
		t.Error("a person's photo changed", err)
	}
	for i, want := range []string{"", photo.Background.Code, photo.Dark.Code, photo.NotAPhoto.Code, photo.NotAPhoto.Code} {
		_, err := photo.Prepare(first[i].JPEG, photo.Default)
		var all fault.List
		if errors.As(err, &all); len(all) == 0 && err != nil {
			all = fault.List{fault.Of(err)}
		}
		if want == "" && err != nil || want != "" && !slices.ContainsFunc(all, func(f *fault.Fault) bool { return f.Code == want }) {
			t.Errorf("%s: %v, want %s", kinds[i], err, want)
		}
	}
	if first[4].JPEG != nil || len(first[3].JPEG) == 0 {
		t.Error("none is no file, damaged is one")
	}
	if err := g.Sim.Host.Tell([]byte(`{"photo":{"x":"green"}}`)); err == nil {
		t.Error("an order that it does not know was taken")
	}
}
