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

// File is one collected file: its number and its content.
type File struct {
	No      string
	Content any
}

// Collecting holds a collection against the promises of the wire. prepare makes the party have at
// least two files after the days given; collect fetches them.
func Collecting(t *testing.T, start func(t *testing.T) (o Outside, prepare func(), days int, collect func(after string) ([]File, error))) {
	begin := func(t *testing.T) (Outside, func(string) ([]File, error)) {
		o, prepare, days, collect := start(t)
		prepare()
		if early, err := collect(""); err != nil || len(early) > 0 {
			t.Fatalf("%d files before their time, %v", len(early), err)
		}
		o.Restart()
		o.Days(days)
		return o, collect
	}
	all := func(t *testing.T, collect func(string) ([]File, error)) []File {
		files, err := collect("")
		if err != nil || len(files) < 2 {
			t.Fatalf("%d files, %v; two are needed", len(files), err)
		}
		return files
	}
	t.Run("numbers rise, nothing is lost by a restart, and a number cuts off what was had", func(t *testing.T) {
		o, collect := begin(t)
		files := all(t, collect)
		for i := 1; i < len(files); i++ {
			if files[i].No <= files[i-1].No {
				t.Errorf("number %s after %s", files[i].No, files[i-1].No)
			}
		}
		o.Restart()
		same(t, files, all(t, collect))
		rest, err := collect(files[0].No)
		if err != nil {
			t.Fatal(err)
		}
		same(t, files[1:], rest)
		if none, err := collect(files[len(files)-1].No); err != nil || len(none) > 0 {
			t.Errorf("%d files after the last, %v", len(none), err)
		}
	})
	t.Run("a file that comes twice has the same number and content", func(t *testing.T) {
		o, collect := begin(t)
		files := all(t, collect)
		o.Tell(`{"duplicate":1}`)
		repeated(t, files, all(t, collect), true)
		same(t, files, all(t, collect))
	})
	t.Run("an old file that comes again has its old number", func(t *testing.T) {
		o, collect := begin(t)
		files := all(t, collect)
		o.Tell(`{"replay":1}`)
		last := files[len(files)-1]
		again, err := collect(last.No)
		if err != nil || len(again) == 0 {
			t.Fatalf("%d files, %v", len(again), err)
		}
		repeated(t, files, again, false)
	})
	t.Run("a file with a wrong signature is not used, and the right one comes later", func(t *testing.T) {
		o, collect := begin(t)
		o.Tell(`{"bad_message":1}`)
		files, err := collect("")
		want(t, err, wire.BadSignature)
		if len(files) > 0 {
			t.Error("files came with the fault")
		}
		all(t, collect)
	})
	t.Run("a lost answer loses no file", func(t *testing.T) {
		o, collect := begin(t)
		o.Tell(`{"lose":1,"fail":1}`)
		_, err := collect("")
		want(t, err, wire.Unavailable)
		_, err = collect("")
		want(t, err, wire.NoAnswer)
		all(t, collect)
	})
}

// repeated insists that every file got is one of those known; more: that one came twice.
func repeated(t *testing.T, known, got []File, more bool) {
	t.Helper()
	by := map[string]any{}
	for _, f := range known {
		by[f.No] = f.Content
	}
	for _, f := range got {
		if c, ok := by[f.No]; !ok || !reflect.DeepEqual(c, f.Content) {
			t.Errorf("number %s has another content than before", f.No)
		}
	}
	if more && len(got) <= len(known) {
		t.Error("nothing came twice")
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
