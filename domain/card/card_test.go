package card_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/state"
)

var ctx = context.Background()

func each(t *testing.T, run func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, run, card.Making, card.Social, card.Financial)
}

// pair makes, for each of n people, an old card in use and a new sealed one.
func pair(t *testing.T, d *db.DB, n int) (old, fresh []ref.Card) {
	t.Helper()
	var all []card.Card
	for i := range n {
		p := ref.Person(fmt.Sprintf("per_%04d", i))
		o, f := ref.Card(fmt.Sprintf("crd_a%04d", i)), ref.Card(fmt.Sprintf("crd_b%04d", i))
		old, fresh = append(old, o), append(fresh, f)
		all = append(all,
			card.Card{ID: o, City: "beijing", Number: fmt.Sprintf("A%08d", i), Person: p, Generation: 2, Making: card.Handed, Social: card.Normal, Financial: card.Active},
			card.Card{ID: f, City: "beijing", Number: fmt.Sprintf("B%08d", i), Person: p, Generation: 3, Bank: "icbc", Application: ref.Application(fmt.Sprint("app_", i)), Batch: "bat_1", Expires: "2034-02-01"})
	}
	dbtest.Write(t, d, func(tx *db.Tx) error { return card.Put(ctx, tx, all) })
	return old, fresh
}

func get(t *testing.T, d *db.DB, id ref.Card) card.Card {
	t.Helper()
	c, err := card.Get(ctx, d, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReading(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		old, fresh := pair(t, d, 3)
		c := get(t, d, fresh[1])
		if c.Making != card.Ordered || c.Social != card.Sealed || c.Financial != card.Inactive || c.MaskedNumber() != "B0****001" || !c.EnabledAt.IsZero() {
			t.Errorf("%+v", c)
		}
		if c, err := card.ByNumber(ctx, d, "A00000002"); err != nil || c.ID != old[2] {
			t.Errorf("%+v %v", c, err)
		}
		if _, err := card.Get(ctx, d, "crd_x"); !errors.Is(err, card.ErrUnknown) {
			t.Error(err)
		}
		if mine, err := card.OfPerson(ctx, d, "per_0000"); err != nil || len(mine) != 2 || mine[0].ID != fresh[0] {
			t.Errorf("%v %v", mine, err)
		}
		if found, err := card.Find(ctx, d, fresh); err != nil || len(found) != 3 || found[0].ID != fresh[0] {
			t.Errorf("%v %v", found, err)
		}
		if found, err := card.OfApplications(ctx, d, []ref.Application{"app_1", "app_x"}); err != nil || len(found) != 1 {
			t.Errorf("%v %v", found, err)
		}
		if found, err := card.InBatch(ctx, d, "bat_1", card.Ordered); err != nil || len(found) != 3 {
			t.Errorf("%v %v", found, err)
		}
		if found, err := card.InBatch(ctx, d, "bat_1", card.Made); err != nil || len(found) != 0 {
			t.Errorf("%v %v", found, err)
		}
		if has, err := card.Holding(ctx, d, []ref.Person{"per_0000", "per_x"}, 3); err != nil || !has["per_0000"] || has["per_x"] {
			t.Errorf("%v %v", has, err)
		}
		if all, err := card.Latest(ctx, d, 4); err != nil || len(all) != 4 {
			t.Errorf("%d %v", len(all), err)
		}
	})
}

func TestEnableVoidsTheOldInTheSameMoment(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		old, fresh := pair(t, d, 300)
		lone := card.Card{ID: "crd_lone", City: "beijing", Person: "per_lone", Generation: 3, Bank: "icbc"}
		dbtest.Write(t, d, func(tx *db.Tx) error { return card.Put(ctx, tx, []card.Card{lone}) })
		if c := get(t, d, old[0]); c.Social != card.Normal { // not a moment before
			t.Fatal(c.Social)
		}
		var out card.Enabling
		before := d.Statements()
		dbtest.Write(t, d, func(tx *db.Tx) (err error) {
			out, err = card.Enable(ctx, tx, append(fresh, lone.ID), "sit_1")
			return err
		})
		if n := d.Statements() - before; n > 12 {
			t.Errorf("%d statements for 301 cards", n)
		}
		if len(out.Enabled) != 301 || len(out.Voided) != 300 || out.Voided[0] != old[0] {
			t.Errorf("%d enabled, %d voided", len(out.Enabled), len(out.Voided))
		}
		a, b := get(t, d, old[7]), get(t, d, fresh[7])
		if a.Social != card.Void || b.Social != card.Normal || !a.VoidedAt.Equal(dbtest.Noon) || !b.EnabledAt.Equal(dbtest.Noon) {
			t.Errorf("%+v\n%+v", a, b)
		}
		if a.Financial != card.Active || b.Financial != card.Inactive { // BJ-38: the bank account is the holder's choice
			t.Errorf("%s %s", a.Financial, b.Financial)
		}
		due, err := card.DueToTell(ctx, d, "icbc", 1000)
		if err != nil || len(due) != 301 {
			t.Errorf("%d due, %v", len(due), err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(card.SetTelling(ctx, tx, fresh[:2]), card.SetTold(ctx, tx, fresh[1:2]), card.Activate(ctx, tx, fresh[:1], "sit_2"))
		})
		if a, b := get(t, d, fresh[0]), get(t, d, fresh[1]); a.Told != "asked" || b.Told != "told" || a.Financial != card.Active || a.ActiveAt.IsZero() {
			t.Errorf("%+v\n%+v", a, b)
		}
	})
}

// One card of the set that cannot be enabled leaves every old card as it was.
func TestEnableIsAllOrNothing(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		old, fresh := pair(t, d, 5)
		for name, set := range map[string][]ref.Card{
			"one is in use already": append([]ref.Card{old[0]}, fresh[1:]...),
			"one is not there":      append([]ref.Card{"crd_x"}, fresh...),
		} {
			err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { _, err := card.Enable(ctx, tx, set, "s"); return err })
			if !errors.Is(err, state.ErrMove) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for i := range old {
			if a, b := get(t, d, old[i]), get(t, d, fresh[i]); a.Social != card.Normal || b.Social != card.Sealed || b.Told != "" {
				t.Errorf("%s %s", a.Social, b.Social)
			}
		}
	})
}

func TestAnOlderCardDoesNotVoidANewerOne(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		_, fresh := pair(t, d, 1)
		dbtest.Write(t, d, func(tx *db.Tx) error {
			_, err := card.Enable(ctx, tx, fresh, "s")
			return errors.Join(err, card.Put(ctx, tx, []card.Card{{ID: "crd_late", City: "beijing", Number: "C00000000", Person: "per_0000", Generation: 2, Making: card.Handed}}))
		})
		err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { _, err := card.Enable(ctx, tx, []ref.Card{"crd_late"}, "s"); return err })
		if !errors.Is(err, card.ErrNewer) || get(t, d, fresh[0]).Social != card.Normal {
			t.Error(err)
		}
	})
}

func TestDatabaseRefusesTwoInUse(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		pair(t, d, 1)
		for _, s := range []state.State{card.Normal, card.Lost, card.Locked, card.TempLost} {
			err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
				return card.Put(ctx, tx, []card.Card{{ID: "crd_2", Person: "per_0000", Generation: 3, Social: s}})
			})
			if !errors.Is(err, db.Taken) {
				t.Errorf("state %s: %v", s, err)
			}
		}
		two := []card.Card{{ID: "crd_3", Person: "per_n", Generation: 3}, {ID: "crd_4", Person: "per_n", Generation: 3}}
		dbtest.Write(t, d, func(tx *db.Tx) error { return card.Put(ctx, tx, two) })
		err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
			_, err := card.Enable(ctx, tx, []ref.Card{"crd_3", "crd_4"}, "s")
			return err
		})
		if !errors.Is(err, db.Taken) {
			t.Errorf("two new ones at once: %v", err)
		}
	})
}

func TestMakingInOrder(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		_, fresh := pair(t, d, 4)
		apply := func(e state.Event, set []ref.Card) error {
			return d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return state.Apply(ctx, tx, card.Making, e, set, "s") })
		}
		if err := apply("load_bank", fresh); !errors.Is(err, state.ErrMove) {
			t.Errorf("keys before the card: %v", err)
		}
		if err := errors.Join(apply("send", fresh), apply("fail", fresh[:1]), apply("make", fresh[1:])); err != nil {
			t.Fatal(err)
		}
		if err := apply("load_social", fresh[1:]); !errors.Is(err, state.ErrMove) { // SH-05
			t.Errorf("keys without a certificate: %v", err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(card.SetChips(ctx, tx, []card.Chip{{Card: fresh[1], Code: "AB", ATR: "CD"}}),
				state.Apply(ctx, tx, card.Making, "remake", fresh[:1], "s"), card.Rebatch(ctx, tx, fresh[:1], "bat_2"))
		})
		if a, b := get(t, d, fresh[0]), get(t, d, fresh[1]); a.Batch != "bat_2" || a.Remakes != 1 || a.Making != card.Ordered || b.Chip != "AB" || b.ATR != "CD" || b.MadeAt.IsZero() {
			t.Errorf("%+v\n%+v", a, b)
		}
	})
}

// Whatever cards are enabled, reported lost, found or voided, in any order: nobody ever has two in
// use, and a card once void stays void.
func TestOnePersonOneCard(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			ids, void := sealed(t, d, round), map[ref.Card]bool{}
			for range rapid.IntRange(1, 8).Draw(r, "steps") {
				set := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, 3, rapid.ID[ref.Card]).Draw(r, "cards")
				e := rapid.SampledFrom([]state.Event{"enable", "enable", "report", "release", "report_temporarily", "lock", "unlock", "void"}).Draw(r, "event")
				err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
					if e == "enable" {
						_, err := card.Enable(ctx, tx, set, "s")
						return err
					}
					return state.Apply(ctx, tx, card.Social, e, set, "s")
				})
				if err != nil && !errors.Is(err, state.ErrMove) && !errors.Is(err, card.ErrNewer) && !errors.Is(err, db.Taken) {
					r.Fatal(err)
				}
				found, err := card.Find(ctx, d, ids)
				if err != nil {
					r.Fatal(err)
				}
				inUse := map[ref.Person]int{}
				for _, c := range found {
					if c.Social != card.Void && c.Social != card.Sealed {
						inUse[c.Person]++
					}
					if inUse[c.Person] > 1 || void[c.ID] && c.Social != card.Void {
						r.Fatalf("%s %v: %+v", e, set, found)
					}
					void[c.ID] = c.Social == card.Void
				}
			}
		})
	})
}

// sealed makes three new cards for each of two new people.
func sealed(t *testing.T, d *db.DB, round int) (ids []ref.Card) {
	t.Helper()
	var all []card.Card
	for i := range 6 {
		id := ref.Card(fmt.Sprintf("crd_%d_%d", round, i))
		ids = append(ids, id)
		all = append(all, card.Card{ID: id, Person: ref.Person(fmt.Sprintf("per_%d_%d", round, i%2)), Generation: int64(1 + i/2)})
	}
	dbtest.Write(t, d, func(tx *db.Tx) error { return card.Put(ctx, tx, all) })
	return ids
}
