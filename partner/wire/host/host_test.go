package host_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kawu/kit/clock"
	"kawu/partner/wire"
	"kawu/partner/wire/host"
	"kawu/partner/wire/trial"
)

// till is the smallest simulator: it adds what it is given to a sum, reminds of every sum an hour
// later, and refuses zero.
type till struct {
	*host.Host
	orders *orders
	sums   *host.Table[int]
}

type orders struct {
	host.Faults
	Double bool `json:"double,omitempty"`
}

func open(o host.Options) (*till, error) {
	h, err := host.Open("bank", o)
	if err != nil {
		return nil, err
	}
	s := &till{Host: h, sums: host.NewTable[int](h, "sums")}
	s.orders = host.Orders(h, func(o *orders) *host.Faults { return &o.Faults })
	host.Handle(h, "add", s.add)
	host.OnDue(h, func(t *host.Turn, sum int) error { return t.Post("sums", sum) })
	return s, h.Start(o)
}

func (s *till) add(t *host.Turn, n int) (int, error) {
	sum, _ := s.sums.Get("")
	s.sums.Put("", sum+n)
	t.Worked(1)
	if n == 0 {
		return 0, host.Refuse("zero", 1)
	}
	if s.orders.Double {
		s.sums.Put("", sum+2*n)
	}
	return sum + n, t.Schedule(t.Now().Add(time.Hour), sum+n)
}

func (s *till) sum() (n int) {
	_ = s.Do(func(*host.Turn) error { n, _ = s.sums.Get(""); return nil })
	return n
}

func ask(g *trial.Ground[*till], key string, n int) (sum int, err error) {
	return sum, g.Client("bank").Ask(context.Background(), "add", key, n, &sum)
}

// TestExactlyOnce: whatever goes wrong on the way, and however often a question is asked again, every
// key's work is done once and every key has one answer.
func TestExactlyOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		g := trial.Start(t, open)
		answers := map[string]int{}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			switch rapid.SampledFrom([]string{"ask", "ask", "ask", "fail", "lose", "spoil", "restart", "later"}).Draw(r, "step") {
			case "fail":
				g.Tell(`{"fail":1}`)
			case "lose":
				g.Tell(`{"lose":1}`)
			case "spoil":
				g.Tell(`{"bad_answer":1}`)
			case "restart":
				g.Restart()
			case "later":
				g.Clock.Add(40 * time.Minute)
			case "ask":
				k := rapid.IntRange(1, 5).Draw(r, "key")
				key := fmt.Sprint("k", k)
				got, err := ask(g, key, k)
				for range 5 {
					if err == nil {
						break
					}
					got, err = ask(g, key, k)
				}
				if err != nil {
					r.Fatal("no answer after six tries:", err)
				}
				if was, ok := answers[key]; ok && was != got {
					r.Fatalf("%s was answered %d and then %d", key, was, got)
				}
				answers[key] = got
			}
		}
		want := 0
		for key := range answers {
			want += int(key[1] - '0')
		}
		if g.Sim.sum() != want || g.Work() != len(answers) {
			r.Fatalf("sum %d after %d additions, want %d after %d", g.Sim.sum(), g.Work(), want, len(answers))
		}
		g.Tell(`{"fail":0,"lose":0,"bad_answer":0}`)
		g.Clock.Add(2 * time.Hour)
		got, err := g.Client("bank").Collect(context.Background(), "sums", "")
		if err != nil || len(got) != len(answers) {
			r.Fatalf("%d reminders of %d sums, %v", len(got), len(answers), err)
		}
	})
}

// TestRefusalLeavesNothing: what a handler changed before it refused is undone, in memory and on disk.
func TestRefusalLeavesNothing(t *testing.T) {
	g := trial.Start(t, open)
	if _, err := ask(g, "k1", 3); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		_, err := ask(g, "k2", 0)
		if wire.ReasonOf(err) != "zero" || g.Sim.sum() != 3 || g.Work() != 1 {
			t.Fatal(err, g.Sim.sum(), g.Work())
		}
		g.Restart()
	}
}

func TestQuestionsThatAreNone(t *testing.T) {
	g := trial.Start(t, open)
	c := g.Client("bank")
	for want, err := range map[string]error{
		"unknown_kind": c.Ask(context.Background(), "subtract", "k", 1, nil),
		"no_key":       c.Ask(context.Background(), "add", "", 1, nil),
		"unreadable":   c.Ask(context.Background(), "add", "k", "one", nil),
	} {
		if wire.ReasonOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	for _, body := range []string{"", "{", `{"from":"kawu","to":"bank"}`, `{"from":"nobody"}`} {
		res, err := http.Post(g.Address()+wire.Path, "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %d", body, res.StatusCode)
		}
	}
}

func TestLimit(t *testing.T) {
	g := trial.Start(t, func(o host.Options) (*till, error) { o.Limit = 4000; return open(o) })
	if _, err := ask(g, "k", 1); err != nil {
		t.Fatal(err)
	}
	err := g.Client("bank").Ask(context.Background(), "add", "k2", strings.Repeat("x", 5000), nil)
	if !errors.Is(err, wire.Rejected) {
		t.Fatal(err)
	}
}

// TestTornJournal: a journal cut anywhere gives the state after some whole turn, and goes on from it.
func TestTornJournal(t *testing.T) {
	dir := t.TempDir()
	o := host.Options{Data: filepath.Join(dir, "data"), Keys: filepath.Join(dir, "keys"), Clock: clock.At(time.Date(2024, 2, 1, 9, 0, 0, 0, clock.Zone))}
	if err := wire.Setup(o.Keys); err != nil {
		t.Fatal(err)
	}
	s, err := open(o)
	if err != nil {
		t.Fatal(err)
	}
	add := func(s *till, n int) error {
		return s.Do(func(t *host.Turn) error { _, err := s.add(t, n); return err })
	}
	valid := map[int]bool{0: true}
	for _, n := range []int{1, 10, 100} {
		if err := add(s, n); err != nil {
			t.Fatal(err)
		}
		valid[s.sum()] = true
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(o.Data, "bank.journal")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for cut := 0; cut <= len(whole); cut++ {
		torn := "" // after a whole line more lines of the block, longer than what is written after them
		if cut > 0 && whole[cut-1] == '\n' {
			torn = strings.Repeat(`{"t":"sums","k":"","v":7}`+"\n", 100)
		}
		if err := os.WriteFile(path, append(whole[:cut:cut], torn...), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := open(o)
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		was := s.sum()
		if !valid[was] {
			t.Fatalf("cut at %d: sum %d", cut, was)
		}
		seen[was] = true
		if err := errors.Join(add(s, 1000), s.Close()); err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if s, err = open(o); err != nil || s.sum() != was+1000 {
			t.Fatalf("cut at %d: goes on to %d, %v", cut, s.sum(), err)
		}
		_ = s.Close()
	}
	if len(seen) != len(valid) {
		t.Fatalf("only %d of %d states were met", len(seen), len(valid))
	}
}

func TestSpoiledJournal(t *testing.T) {
	for name, text := range map[string]string{
		"a line that is none":       "x\n",
		"a table nobody knows":      `{"t":"other","k":"","v":1}` + "\n" + `{"end":1}` + "\n",
		"a block that lacks a line": `{"t":"sums","k":"","v":1}` + "\n" + `{"end":2}` + "\n",
		"a value of another form":   `{"t":"sums","k":"","v":"x"}` + "\n" + `{"end":1}` + "\n",
	} {
		dir := t.TempDir()
		o := host.Options{Data: dir, Keys: filepath.Join(dir, "keys")}
		if err := errors.Join(wire.Setup(o.Keys), os.WriteFile(filepath.Join(dir, "bank.journal"), []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
		if _, err := open(o); err == nil {
			t.Errorf("%s: the simulator started", name)
		}
	}
}

// TestClock: without a clock of its own a simulator lives in the caller's time and keeps it over a
// restart; with one it does not care for the caller's.
func TestClock(t *testing.T) {
	now := func(s *till) (at time.Time) {
		_ = s.Do(func(t *host.Turn) error { at = t.Now(); return nil })
		return at
	}
	g := trial.Start(t, open)
	g.Days(30)
	if _, err := ask(g, "k", 1); err != nil {
		t.Fatal(err)
	}
	g.Restart()
	if !now(g.Sim).Equal(g.Clock.Now()) {
		t.Fatal(now(g.Sim))
	}
	own := clock.At(time.Date(2025, 1, 1, 0, 0, 0, 0, clock.Zone))
	g = trial.Start(t, func(o host.Options) (*till, error) { o.Clock = own; return open(o) })
	if _, err := ask(g, "k", 1); err != nil || !now(g.Sim).Equal(own.Now()) {
		t.Fatal(now(g.Sim), err)
	}
}

func TestOrders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "orders.json")
	if err := os.WriteFile(file, []byte(`{"fail":1,"double":true}`), 0o600); err != nil {
		t.Fatal(err)
	}
	g := trial.Start(t, func(o host.Options) (*till, error) { o.Orders = file; return open(o) })
	if _, err := ask(g, "k", 1); !errors.Is(err, wire.Unavailable) {
		t.Fatal("the orders file was not obeyed", err)
	}
	g.Restart()
	if _, err := ask(g, "k", 1); err != nil {
		t.Fatal("the same orders file was obeyed twice", err)
	}
	if g.Sim.sum() != 2 {
		t.Fatal("an order was lost by the restart")
	}
	if err := g.Sim.Tell([]byte(`{"lose":1,"colour":"red"}`)); err == nil {
		t.Fatal("an unknown order was taken")
	}
	if _, err := ask(g, "k", 1); err != nil {
		t.Fatal("half of wrong orders was obeyed", err)
	}
	res, err := http.Post(g.Address()+"/control/orders", "application/json", strings.NewReader(`{"lose":1}`))
	if err != nil || res.StatusCode != http.StatusNoContent {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if _, err := ask(g, "k", 1); !errors.Is(err, wire.NoAnswer) {
		t.Fatal(err)
	}
	if g.Sim.orders.Lose != 0 || !g.Sim.orders.Double {
		t.Fatal("orders were not counted down, or forgotten")
	}
}

func TestDelay(t *testing.T) {
	g := trial.Start(t, open)
	g.Tell(`{"delay":{"requests":1,"milliseconds":60000}}`)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := g.Client("bank").Ask(ctx, "add", "k", 1, nil); !errors.Is(err, wire.NoAnswer) {
		t.Fatal(err)
	}
	if _, err := ask(g, "k", 1); err != nil || g.Sim.sum() != 1 {
		t.Fatal(err, g.Sim.sum())
	}
}

// TestTogether: callers that ask the same thing at the same moment get one answer for one piece of work.
func TestTogether(t *testing.T) {
	g := trial.Start(t, open)
	var all sync.WaitGroup
	sums, errs := make([]int, 16), make([]error, 16)
	for i := range sums {
		all.Go(func() { sums[i], errs[i] = ask(g, fmt.Sprint("k", i%2), 1+i%2) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil || g.Sim.sum() != 3 || g.Work() != 2 {
		t.Fatal(err, g.Sim.sum(), g.Work())
	}
	for i, s := range sums {
		if s != sums[i%2] {
			t.Errorf("caller %d got %d, another %d", i, s, sums[i%2])
		}
	}
}

func FuzzJournal(f *testing.F) {
	dir := f.TempDir()
	keys := filepath.Join(dir, "keys")
	if err := wire.Setup(keys); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"t":"sums","k":"","v":1}` + "\n" + `{"end":1}` + "\n"))
	f.Add([]byte(`{"t":"tasks","k":"1","v":{"due":"2024-02-01T00:00:00Z","data":1}}` + "\n" + `{"end":1}` + "\n" + `{"t":"nu`))
	f.Add([]byte(`{"t":"told","k":"","v":{"lose":1}}` + "\n" + `{"t":"told","k":""}` + "\n" + `{"end":2}` + "\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		o := host.Options{Data: t.TempDir(), Keys: keys}
		if err := os.WriteFile(filepath.Join(o.Data, "bank.journal"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := open(o)
		if err != nil {
			return
		}
		before := s.sum()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err = open(o); err != nil || s.sum() != before {
			t.Fatal("a journal that was read once reads otherwise the second time", err)
		}
		_ = s.Close()
	})
}
