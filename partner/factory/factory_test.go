package factory_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"kawu/domain/production"
	"kawu/partner/factory"
	"kawu/partner/factory/conform"
	"kawu/partner/factory/sim"
	"kawu/partner/wire/trial"
)

func start(t *testing.T) (*trial.Ground[*sim.Sim], *factory.Plant) {
	g := trial.Start(t, sim.New)
	return g, factory.New(g.Client("factory"))
}

func orders(n int) []production.Order {
	out := make([]production.Order, n)
	for i := range out {
		out[i] = production.Order{Key: fmt.Sprintf("crd_%d", i), CardNumber: trial.Card(i), Number: trial.Number(i), Name: trial.Name(i),
			Account: trial.BankCard(i), Bank: "icbc", City: "110000", Product: "gen3", Issued: "20240201", Expires: "20340201"}
	}
	return out
}

func send(t *testing.T, p *factory.Plant, batch string, list []production.Order) {
	t.Helper()
	if err := p.Send(context.Background(), batch, production.Work{Batch: batch, Orders: list}); err != nil {
		t.Fatal(err)
	}
}

func collect(t *testing.T, p *factory.Plant, after string) []production.ReturnFile {
	t.Helper()
	files, err := p.Collect(context.Background(), after)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g, p := start(t)
		return conform.Party{Factory: p, Outside: g, Orders: orders(4), Wait: 6}
	})
}

// TestDays: the larger the batch, the longer it takes; five days at least, nine at most.
func TestDays(t *testing.T) {
	for size, days := range map[int]int{1: 5, 500: 5, 501: 6, 2_001: 7} {
		g, p := start(t)
		send(t, p, "b1", orders(size))
		g.Days(days)
		if len(collect(t, p, "")) > 0 {
			t.Errorf("%d cards are ready too early", size)
		}
		g.Clock.Add(8 * time.Hour)
		if len(collect(t, p, "")) == 0 {
			t.Errorf("%d cards are not ready after %d days", size, days)
		}
	}
}

// TestBoxes: a return speaks of the cards in its box; a box that lacks one is found by opening it.
func TestBoxes(t *testing.T) {
	g, p := start(t)
	g.Tell(`{"hold_back":1,"fail_next":2}`)
	send(t, p, "b1", orders(sim.BoxSize+10))
	g.Days(8)
	files := collect(t, p, "")
	if len(files) != 2 || files[0].Box == files[1].Box {
		t.Fatalf("%d files", len(files))
	}
	for i, lacks := range []int{1, 0} {
		var made []string
		for _, l := range files[i].Lines {
			if l.Result == production.Made {
				made = append(made, l.Key)
			}
		}
		inside, err := g.Sim.Box(files[i].Box)
		if err != nil || len(inside) != len(made)-lacks {
			t.Fatalf("box %d: %d cards inside, %d made, %v", i, len(inside), len(made), err)
		}
		for _, c := range inside {
			if !slices.Contains(made, c) {
				t.Errorf("box %d: %s is inside and was not made", i, c)
			}
		}
	}
	if n, err := g.Sim.Made(); err != nil || n != sim.BoxSize+8 {
		t.Fatal(n, err)
	}
}

// TestNoBox: a return of failures only has no box.
func TestNoBox(t *testing.T) {
	g, p := start(t)
	g.Tell(`{"fail_next":1}`)
	send(t, p, "b1", orders(1))
	g.Days(6)
	if f := collect(t, p, ""); len(f) != 1 || f[0].Box != "" {
		t.Fatal("a box without cards")
	}
}

// TestUnordered: a line for a card never ordered arrives as it is, for the room to refuse.
func TestUnordered(t *testing.T) {
	g, p := start(t)
	g.Tell(`{"unordered":1}`)
	send(t, p, "b1", orders(2))
	g.Days(6)
	f := collect(t, p, "")
	if len(f) != 1 || len(f[0].Lines) != 3 || f[0].Lines[2].Key == "crd_0" || f[0].Lines[2].Key == "crd_1" {
		t.Fatal("no line for a card never ordered")
	}
}

// TestFiftyThousand: the largest batch, over several calls of Collect.
func TestFiftyThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("50,000 lines")
	}
	g, p := start(t)
	send(t, p, "b1", orders(50_000))
	g.Days(10)
	after, lines := "", 0
	for files := collect(t, p, ""); len(files) > 0; files = collect(t, p, after) {
		for _, f := range files {
			lines += len(f.Lines)
		}
		after = files[len(files)-1].No
	}
	if lines != 50_000 {
		t.Fatal(lines)
	}
}
