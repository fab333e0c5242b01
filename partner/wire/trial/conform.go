package trial

import (
	"errors"
	"reflect"
	"testing"

	"kawu/kit/fault"
	"kawu/partner/wire"
)

// Outside is what a conformance suite needs of the party on the other side. Ground is one for every
// simulator; a real partner's test system needs an implementation of its own, which may skip the test
// where it cannot be told to fail.
type Outside interface {
	Tell(orders string) // JSON, see docs/partners.md
	Restart()
	Days(n int) // moves our clock on, and with it the party's
	Work() int  // how much it has ever done, in the family's unit; the suites compare two readings
}

// Work reads the simulator's own count.
func (g *Ground[S]) Work() int {
	g.T.Helper()
	n, err := g.Sim.Work()
	g.must(err)
	return n
}

// Ask is one question of a family, given a key; it asks always the same.
type Ask func(key string) (answer any, err error)

// Asking holds a question against the promises of the wire. start gives a fresh party, a question
// that it answers well and that makes work at once, and another question of the same kind.
func Asking(t *testing.T, start func(t *testing.T) (Outside, Ask, Ask)) {
	t.Run("the same key with another question is refused", func(t *testing.T) {
		_, ask, other := start(t)
		must(t, ask, "k1")
		_, err := other("k1")
		want(t, err, wire.Refused)
	})
	Repeating(t, func(t *testing.T) (Outside, Ask) { o, ask, _ := start(t); return o, ask })
}

// Repeating is Asking for a question whose lines are known by ids of their own, so that their answers
// do not depend on the key.
func Repeating(t *testing.T, start func(t *testing.T) (Outside, Ask)) {
	t.Run("the same key gives the same answer and the work is done once", func(t *testing.T) {
		o, ask := start(t)
		first := must(t, ask, "k1")
		once := o.Work()
		same(t, first, must(t, ask, "k1"))
		o.Restart()
		same(t, first, must(t, ask, "k1"))
		if got := o.Work(); got != once {
			t.Errorf("work went from %d to %d by asking again", once, got)
		}
	})
	for _, c := range []struct {
		name, orders string
		fault        *fault.Fault
		worked       bool
	}{
		{"a party out of service has done nothing", `{"fail":1}`, wire.Unavailable, false},
		{"a lost answer is had by asking again", `{"lose":1}`, wire.NoAnswer, true},
		{"an answer with a wrong signature is refused and had by asking again", `{"bad_answer":1}`, wire.BadSignature, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, ask := start(t)
			before := o.Work()
			o.Tell(c.orders)
			_, err := ask("k1")
			want(t, err, c.fault)
			middle := o.Work()
			if c.worked != (middle > before) {
				t.Errorf("work went from %d to %d", before, middle)
			}
			o.Restart()
			must(t, ask, "k1")
			if got := o.Work(); c.worked && got != middle || got == before {
				t.Errorf("work went from %d over %d to %d", before, middle, got)
			}
		})
	}
}

func must(t *testing.T, ask Ask, key string) any {
	t.Helper()
	a, err := ask(key)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func same(t *testing.T, a, b any) {
	t.Helper()
	if !reflect.DeepEqual(a, b) {
		t.Errorf("not the same answer:\n%v\n%v", a, b)
	}
}

func want(t *testing.T, err error, f *fault.Fault) {
	t.Helper()
	if !errors.Is(err, f) {
		t.Fatalf("fault %v, want %s", err, f.Code)
	}
}
