package factory_test

import (
	"context"
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/chip/cos"
	"kawu/chip/face"
	"kawu/chip/key"
	"kawu/chip/photo"
	"kawu/chip/reader"
	"kawu/chip/safe"
	"kawu/chip/tray"
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
		n := trial.Number(i)
		out[i] = production.Order{Key: fmt.Sprintf("crd_%d", i), CardNumber: trial.Card(i), Number: n, Name: trial.Name(i),
			Sex: "1", Ethnic: "99", Birth: n[6:14], Birthplace: n[:6],
			Account: trial.BankCard(i), Bank: "icbc", City: "110000", Product: "gen3", Issued: "20240201", Expires: "20340201"}
	}
	return out
}

// look is a city's of nobody.
var look = production.Look{Title: "中华人民共和国社会保障卡", Region: "示例市", Issuer: "示例市人力资源和社会保障局", Hotline: "12333", Note: "请妥善保管。",
	Version: "KW-3.0-A", Ground: "#7eb2e2", Accent: "#265ca0", Motifs: []string{"peak"}, Bank: "示例银行", BankHotline: "95500"}

// sketch is a photo that can be printed.
func sketch(t *testing.T, seed uint64) []byte {
	t.Helper()
	p, err := photo.Prepare(photo.Sketch(seed, 800, 1000, color.RGBA{250, 250, 250, 255}), photo.Default)
	if err != nil {
		t.Fatal(err)
	}
	return p.JPEG
}

func send(t *testing.T, p *factory.Plant, batch string, list []production.Order) {
	t.Helper()
	if err := p.Send(context.Background(), batch, production.Work{Batch: batch, Look: look, Orders: list}); err != nil {
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
		_, err := face.OpenFonts(face.Debian)
		return conform.Party{Factory: p, Outside: g, Look: look, Orders: orders(4), Photo: sketch(t, 1), Wait: 6, Blank: err != nil}
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

// TestManyBoxes: a large batch, over several calls of Collect.
func TestManyBoxes(t *testing.T) {
	const n = 5_000
	if testing.Short() {
		t.Skip("5,000 cards")
	}
	g, p := start(t)
	send(t, p, "b1", orders(n))
	g.Days(10)
	after, lines := "", 0
	for files := collect(t, p, ""); len(files) > 0; files = collect(t, p, after) {
		for _, f := range files {
			lines += len(f.Lines)
		}
		after = files[len(files)-1].No
	}
	if lines != n {
		t.Fatal(lines)
	}
}

// TestChip: what lies in the tray is the card that was ordered; a terminal with the city's keys reads
// it, and a name that the chip cannot hold stops a card before anything is written.
func TestChip(t *testing.T) {
	g, p := start(t)
	list := orders(2)
	list[1].Name = strings.Repeat("𠮷", 13)
	send(t, p, "b1", list)
	g.Days(6)
	lines := collect(t, p, "")[0].Lines
	if lines[1].Result != production.Exception || lines[1].Reason != "unprintable" || lines[1].Waste {
		t.Error(lines[1].Result, lines[1].Reason)
	}
	data, keys := g.Folders()
	plastic, err := tray.Open(sim.Tray(data))
	if err != nil {
		t.Fatal(err)
	}
	c, err := plastic.Copy(list[0].Key)
	if err != nil {
		t.Fatal(err)
	}
	s, err := safe.Open(keys, "")
	if err != nil {
		t.Fatal(err)
	}
	masters, err := s.Masters("110000", "icbc")
	if err != nil {
		t.Fatal(err)
	}
	d, err := reader.Read(context.Background(), c, c.Power(cos.Contactless), reader.Office{Keys: s.Keys, Internal: key.Ref{Name: masters.City + "/ssse/irk", Version: 1},
		Read: key.Ref{Name: masters.City + "/ssse/rk", Version: 1}})
	if err != nil || d.Number != list[0].Number || d.Name != list[0].Name || d.CardNumber != list[0].CardNumber || d.CardID != lines[0].Chip {
		t.Fatal(err)
	}
}
