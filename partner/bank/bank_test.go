package bank_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kawu/domain/account"
	"kawu/partner/bank"
	"kawu/partner/bank/conform"
	"kawu/partner/bank/sim"
	"kawu/partner/wire/trial"
)

func start(t *testing.T) (*trial.Ground[*sim.Sim], *bank.System) {
	g := trial.Start(t, sim.New)
	return g, bank.New(g.Client("bank"), "icbc")
}

func openings(n int) []account.Opening {
	out := make([]account.Opening, n)
	for i := range out {
		out[i] = account.Opening{Key: fmt.Sprintf("acc_%d", i), Number: trial.Number(i), Name: trial.Name(i),
			Mobile: trial.Mobile(i), Outlet: "out_1", Consent: "2024-02-01T09:00:00+08:00"}
	}
	return out
}

func TestConform(t *testing.T) {
	conform.Conform(t, func(t *testing.T) conform.Party {
		g, b := start(t)
		return conform.Party{Bank: b, Outside: g, Openings: openings(4), Wait: 5, Card: trial.Card(1)}
	})
}

func collect(t *testing.T, b *bank.System, after string) []account.ReturnFile {
	t.Helper()
	files, err := b.Collect(context.Background(), after)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func open(t *testing.T, b *bank.System, key string, people []account.Opening) {
	t.Helper()
	if err := b.Open(context.Background(), key, people); err != nil {
		t.Fatal(err)
	}
}

// TestWorkingDay: a file of Thursday afternoon is answered on Friday at ten; one of Friday before the
// Spring Festival of 2024 on the make-up Sunday, 18 February.
func TestWorkingDay(t *testing.T) {
	g, b := start(t)
	open(t, b, "k1", openings(1))
	g.Days(1)
	if n := len(collect(t, b, "")); n != 0 {
		t.Fatal("answered before ten o'clock")
	}
	g.Clock.Add(time.Hour)
	if n := len(collect(t, b, "")); n != 1 {
		t.Fatal("no answer at ten o'clock on the next working day")
	}
	g.Days(7) // Friday, 9 February, the last working day
	open(t, b, "k2", openings(2)[1:])
	g.Days(8)
	if n := len(collect(t, b, "")); n != 1 {
		t.Fatal("answered in the holidays")
	}
	g.Days(1)
	if n := len(collect(t, b, "")); n != 2 {
		t.Fatal("no answer on the make-up working day")
	}
}

// TestOneClassOne: a person has one class I account in a bank, and may have another in another bank.
func TestOneClassOne(t *testing.T) {
	g, b := start(t)
	people := openings(1)
	again := openings(1)
	again[0].Key = "acc_again"
	open(t, b, "k1", people)
	open(t, b, "k2", again)
	other := bank.New(g.Client("bank"), "abc")
	open(t, other, "k3", again)
	g.Days(2)
	files := collect(t, b, "")
	if len(files) != 2 || files[0].Lines[0].Outcome != account.Opened || files[1].Lines[0].Outcome != account.ClassOneExists {
		t.Fatal("one person has two class I accounts in one bank, or none")
	}
	if f := collect(t, other, ""); len(f) != 1 || f[0].Lines[0].Outcome != account.Opened {
		t.Fatal("the other bank refused")
	}
}

// TestWrongReturns: what a bank may send by mistake arrives as it is, for the room to refuse.
func TestWrongReturns(t *testing.T) {
	g, b := start(t)
	g.Tell(`{"stranger":1,"unordered":1,"class_two":{"` + trial.Number(1) + `":true}}`)
	open(t, b, "k1", openings(2))
	g.Days(2)
	f := collect(t, b, "")
	if len(f) != 1 || len(f[0].Lines) != 3 {
		t.Fatal("no line for an account never asked for")
	}
	if f[0].Lines[0].Number == trial.Number(0) || f[0].Lines[1].Number != trial.Number(1) {
		t.Fatal("the stranger is not in the first line only")
	}
	if f[0].Lines[1].Class != "2" || f[0].Lines[2].Key == "acc_0" || f[0].Lines[2].Key == "acc_1" {
		t.Fatal("class II or the line never ordered is missing")
	}
}

// TestActivated: the bank's own record follows what it was told.
func TestActivated(t *testing.T) {
	g, b := start(t)
	open(t, b, "k1", openings(1))
	g.Days(2)
	acc := collect(t, b, "")[0].Lines[0].Account
	told := []account.Enabled{{Account: acc, Card: trial.Card(1)}}
	if err := b.Enabled(context.Background(), "k2", told); err != nil {
		t.Fatal(err)
	}
	if a, err := g.Sim.Account(acc); err != nil || a.State != "N" || a.Card != trial.Card(1) {
		t.Fatal(a, err)
	}
	if err := b.Activate(context.Background(), "k3", told); err != nil {
		t.Fatal(err)
	}
	g.Restart()
	if a, err := g.Sim.Account(acc); err != nil || a.State != "A" {
		t.Fatal(a, err)
	}
}

// TestFiftyThousand: a bank's peak day in one file.
func TestFiftyThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("50,000 lines")
	}
	g, b := start(t)
	open(t, b, "k1", openings(50_000))
	g.Days(2)
	if f := collect(t, b, ""); len(f) != 1 || len(f[0].Lines) != 50_000 {
		t.Fatal("not all lines came back in one file")
	}
	if n, err := g.Sim.Accounts(); err != nil || n != 50_000 {
		t.Fatal(n, err)
	}
}
