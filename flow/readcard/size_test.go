package readcard_test

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"kawu/chip/cos"
	"kawu/chip/reader"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/readcard"
	"kawu/flow/readcard/readtest"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/state"
)

// Ten thousand cards come onto the list in as many statements as ten.
func TestListOfMany(t *testing.T) {
	each(t, 0, func(t *testing.T, s *readtest.Stand) {
		took := func(from, n int) int64 {
			t.Helper()
			reported(t, s, from, n)
			before := s.Flow.Desk.DB.Statements()
			number, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0)
			if err != nil {
				t.Fatal(err)
			}
			statements := s.Flow.Desk.DB.Statements() - before
			var b bytes.Buffer
			var l reader.InvalidList
			if err := s.Flow.WriteInvalid(ctx, &b, 0, number); err != nil {
				t.Fatal(err)
			}
			if err := l.Load(&b); err != nil {
				t.Fatal(err)
			}
			if why, _ := l.Find(code(from + n - 1)); why != "lost" {
				t.Error(why)
			}
			return statements
		}
		few, many := took(0, 10), took(10, 9_990)
		if many > few {
			t.Errorf("%d statements for ten cards, %d for ten thousand", few, many)
		}
	})
}

func code(i int) string { return fmt.Sprintf("510100D156000005%08X%08X", i, ^uint32(i)) }

// reported puts n cards into the house and reports them lost.
func reported(t testing.TB, s *readtest.Stand, from, n int) {
	t.Helper()
	s.Clock.Add(time.Minute)
	all, chips, ids := make([]card.Card, n), make([]card.Chip, n), make([]ref.Card, n)
	for i := range all {
		k := from + i
		ids[i] = ref.Card(fmt.Sprintf("crd_m%025d", k))
		all[i] = card.Card{ID: ids[i], City: s.Flow.City, Number: fmt.Sprintf("M%08d", k), Person: ref.Person(fmt.Sprint("per_m", k)), Generation: 3, Product: "sscard", Making: card.Handed, Social: card.Normal}
		chips[i] = card.Chip{Card: ids[i], Code: code(k), ATR: fmt.Sprintf("00814B4D%018X", k)}
	}
	err := s.Flow.Desk.Sit(ctx, desk.Clockwork("test"), desk.TakeCards, func(q *desk.Sitting) error {
		if err := card.Put(ctx, q.Tx, all); err != nil {
			return err
		}
		if err := card.SetChips(ctx, q.Tx, chips); err != nil {
			return err
		}
		return state.Apply(ctx, q.Tx, card.Social, "report", ids, q.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkAnswer answers questions of many cards; BenchmarkList draws and writes a list of 100,000.
func BenchmarkAnswer(b *testing.B) {
	d := dbtest.Open(b, dbtest.Address(b, db.SQLite))
	dbtest.Schema(b, d, readtest.Cycles...)
	s := readtest.New(b, d, 1)
	q, err := reader.Begin(s.Chips[0], s.Chips[0].Power(cos.Contact))
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1, readcard.Most} {
		set := make([]readcard.Inquiry, n)
		for i := range set {
			set[i] = q
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Flow.AnswerHere(ctx, s.Flow.Shell(), set); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "cards/s")
		})
	}
}

func BenchmarkList(b *testing.B) {
	d := dbtest.Open(b, dbtest.Address(b, db.SQLite))
	dbtest.Schema(b, d, readtest.Cycles...)
	s := readtest.New(b, d, 0)
	for from := 0; b.Loop(); from += 100_000 {
		b.StopTimer()
		reported(b, s, from, 100_000)
		b.StartTimer()
		number, err := s.Flow.Invalid(ctx, s.Flow.Shell(), 0)
		if err != nil {
			b.Fatal(err)
		}
		var w bytes.Buffer
		if err := s.Flow.WriteInvalid(ctx, &w, number-1, number); err != nil {
			b.Fatal(err)
		}
	}
}
