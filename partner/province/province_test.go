package province_test

import (
	"context"
	"testing"

	"kawu/domain/card"
	"kawu/partner/province"
	"kawu/partner/province/conform"
	"kawu/partner/province/sim"
	"kawu/partner/wire/trial"
)

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g := trial.Start(t, sim.New)
		if err := g.Sim.Load([]sim.Holding{{Number: trial.Number(2), City: "130100", State: "4"}}); err != nil {
			t.Fatal(err)
		}
		return conform.Party{Province: province.New(g.Client("province"), "110000"), Outside: g,
			Free: card.Inquiry{Key: "a", Number: trial.Number(1)}, Holder: card.Inquiry{Key: "b", Number: trial.Number(2)},
			Elsewhere: card.Elsewhere{Key: "b", City: "130100", State: "4"}, Card: trial.Card(1), Old: trial.Card(2)}
	})
}

// TestCancelled: a cancelled card hinders nobody, neither by answer nor when the new one is reported.
func TestCancelled(t *testing.T) {
	g := trial.Start(t, sim.New)
	b := province.New(g.Client("province"), "110000")
	if err := g.Sim.Load([]sim.Holding{{Number: trial.Number(1), City: "130100", State: "9"}}); err != nil {
		t.Fatal(err)
	}
	got, err := b.Elsewhere(context.Background(), "k1", []card.Inquiry{{Key: "a", Number: trial.Number(1)}})
	if err != nil || got[0].City != "" {
		t.Fatal(got, err)
	}
	if err := b.Enabled(context.Background(), "k2", []card.Upload{{Number: trial.Number(1), Card: trial.Card(1), Voided: trial.Card(2)}}); err != nil {
		t.Fatal(err)
	}
	c, voided, err := g.Sim.Holding(trial.Number(1))
	if err != nil || c.City != "110000" || c.Card != trial.Card(1) || voided != 1 {
		t.Fatal(c, voided, err)
	}
}
