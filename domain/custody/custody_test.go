package custody_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/state"
)

var (
	ctx     = context.Background()
	factory = ref.Holder{Kind: ref.HeldByFactory, Name: "star", Place: "厂区 1"}
	centre  = ref.Holder{Kind: ref.HeldByCentre, Name: "centre", Place: "库房 A"}
	bank    = ref.Holder{Kind: ref.HeldByBank, Name: "icbc", Place: "金库"}
	outlet  = ref.Holder{Kind: ref.HeldByOutlet, Name: "out_1", Place: "B-07"}
	holders = []ref.Holder{factory, centre, bank, outlet}
)

func cards(n int) []ref.Card {
	out := make([]ref.Card, n)
	for i := range out {
		out[i] = ref.Card(fmt.Sprintf("crd_%03d", i))
	}
	return out
}

func each(t *testing.T, run func(t *testing.T, d *db.DB)) { dbtest.Each(t, run, custody.Lists) }

// at writes at a time after Noon.
func at(d *db.DB, after time.Duration, fn func(*db.Tx) error) error {
	return d.Write(ctx, dbtest.Noon.Add(after), fn)
}

func whole(t *testing.T, d *db.DB) {
	t.Helper()
	if gaps, err := custody.Gaps(ctx, d); err != nil || len(gaps) != 0 {
		t.Errorf("gaps %v %v", gaps, err)
	}
}

func TestChainFromBlankToHand(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		all := cards(3)
		dbtest.Write(t, d, func(tx *db.Tx) error { return custody.Begin(ctx, tx, all, factory) })
		steps := []ref.Holder{factory, centre, bank, outlet}
		for i := range steps[1:] {
			err := at(d, time.Duration(i+1)*time.Hour, func(tx *db.Tx) error {
				return custody.Pass(ctx, tx, all, steps[i], steps[i+1], ref.Handover(fmt.Sprint("hov_", i)))
			})
			if err != nil {
				t.Fatal(err)
			}
			whole(t, d)
		}
		hand := make([]custody.Move, len(all))
		for i, c := range all {
			hand[i] = custody.Move{Card: c, To: ref.Holder{Kind: ref.HeldByPerson, Name: fmt.Sprint("per_", i)}}
		}
		if err := at(d, 5*time.Hour, func(tx *db.Tx) error { return custody.PassAll(ctx, tx, hand, outlet, "") }); err != nil {
			t.Fatal(err)
		}
		chain, err := custody.Chain(ctx, d, all[1])
		if err != nil || len(chain) != 5 {
			t.Fatalf("%v %v", chain, err)
		}
		for i, l := range chain {
			last := i == len(chain)-1
			if l.Seq != int64(i+1) || l.Until.IsZero() != last || !last && !l.Until.Equal(chain[i+1].Since) {
				t.Errorf("link %d: %+v", i, l)
			}
		}
		if chain[3].Holder != outlet || chain[3].Handover != "hov_2" || chain[4].Holder.Name != "per_1" {
			t.Errorf("%+v", chain)
		}
		now, err := custody.Now(ctx, d, all)
		if err != nil || len(now) != 3 || now[all[2]].Holder.Name != "per_2" {
			t.Errorf("%v %v", now, err)
		}
		with, err := custody.With(ctx, d, ref.HeldByPerson, "per_0", 10)
		if err != nil || len(with) != 1 || with[0].Card != all[0] {
			t.Errorf("%v %v", with, err)
		}
		if with, err = custody.With(ctx, d, outlet.Kind, outlet.Name, 10); err != nil || len(with) != 0 {
			t.Errorf("the outlet still has %v %v", with, err)
		}
	})
}

func TestOnlyTheHolderPassesOn(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		all := cards(4)
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(custody.Begin(ctx, tx, all[:3], factory), custody.Begin(ctx, tx, all[3:], centre))
		})
		for name, c := range map[string]struct {
			from  ref.Holder
			cards []ref.Card
			n     int64
		}{
			"not the giver's":       {bank, all[:2], 2},
			"one with another":      {factory, all, 1},
			"same name, other kind": {ref.Holder{Kind: ref.HeldByBank, Name: "star"}, all[:1], 1},
			"never begun":           {factory, []ref.Card{all[0], "crd_x"}, 1},
			"named twice":           {factory, []ref.Card{all[0], all[0]}, 1},
		} {
			err := at(d, time.Hour, func(tx *db.Tx) error { return custody.Pass(ctx, tx, c.cards, c.from, outlet, "h") })
			if f := fault.Of(err); !errors.Is(err, custody.ErrBroken) || f.Args["n"] != c.n {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := at(d, time.Hour, func(tx *db.Tx) error { return custody.Begin(ctx, tx, all[:1], centre) }); !errors.Is(err, db.Taken) {
			t.Errorf("begun twice: %v", err)
		}
		now, err := custody.Now(ctx, d, all)
		if err != nil || now[all[0]].Holder != factory || now[all[3]].Holder != centre {
			t.Errorf("%v %v", now, err)
		}
		whole(t, d)
	})
}

func TestDatabaseRefusesTwoHolders(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		dbtest.Write(t, d, func(tx *db.Tx) error { return custody.Begin(ctx, tx, cards(1), factory) })
		err := at(d, time.Hour, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `insert into custody (card, seq, holder_kind, holder, place, since, until, handover)
				values ('crd_000', 2, 'bank', 'icbc', '', 1, 0, '')`)
			return err
		})
		if !errors.Is(err, db.Taken) {
			t.Errorf("got %v", err)
		}
	})
}

func TestGapsAreFound(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		all := cards(6)
		dbtest.Write(t, d, func(tx *db.Tx) error { return custody.Begin(ctx, tx, all, factory) })
		for i := range 2 {
			if err := at(d, time.Duration(i+1)*time.Hour, func(tx *db.Tx) error { return custody.Pass(ctx, tx, all, holders[i], holders[i+1], "h") }); err != nil {
				t.Fatal(err)
			}
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			for _, q := range []string{
				"delete from custody where card = 'crd_001' and seq = 2",                  // a link is missing
				"update custody set since = since + 1 where card = 'crd_002' and seq = 3", // a moment with nobody
				"update custody set until = 99 where card = 'crd_003' and seq = 3",        // nobody now
				"delete from custody where card = 'crd_004' and seq = 1",                  // no beginning
				"update custody set until = until - 1 where card = 'crd_005' and seq = 1", // ends too early
			} {
				if _, err := tx.Exec(ctx, q); err != nil {
					return err
				}
			}
			return nil
		})
		gaps, err := custody.Gaps(ctx, d)
		if got := fmt.Sprint(gaps); err != nil || got != "[{crd_001 3} {crd_002 3} {crd_003 3} {crd_004 2} {crd_005 2}]" {
			t.Errorf("%s %v", got, err)
		}
	})
}

// Cards go anywhere by random hand-overs, right and wrong ones: whatever happens, every card has
// exactly one holder, the one a simple model says, and no chain has a gap.
func TestEveryCardAlwaysHasOneHolder(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		all := cards(6)
		dbtest.Write(t, d, func(tx *db.Tx) error { return custody.Begin(ctx, tx, all, factory) })
		model := map[ref.Card]ref.Holder{}
		for _, c := range all {
			model[c] = factory
		}
		clock := time.Duration(0)
		rapid.Check(t, func(r *rapid.T) {
			set := rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, len(all), rapid.ID[ref.Card]).Draw(r, "cards")
			from, to := rapid.SampledFrom(holders).Draw(r, "from"), rapid.SampledFrom(holders).Draw(r, "to")
			right := true
			for _, c := range set {
				right = right && model[c] == from
			}
			clock += time.Minute
			if err := at(d, clock, func(tx *db.Tx) error { return custody.Pass(ctx, tx, set, from, to, "h") }); (err == nil) != right {
				r.Fatalf("pass %v from %v: %v", set, from.Kind, err)
			}
			if right {
				for _, c := range set {
					model[c] = to
				}
			}
			now, err := custody.Now(ctx, d, all)
			if err != nil || len(now) != len(all) {
				r.Fatal(now, err)
			}
			for c, h := range model {
				if now[c].Holder != h {
					r.Fatalf("%s is with %v, model says %v", c, now[c].Holder, h)
				}
			}
		})
		whole(t, d)
	})
}

func TestHandoverList(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		all := cards(5)
		list := custody.Handover{ID: "hov_1", City: "beijing", Giver: centre, Taker: bank, Purpose: "outlet", Listed: "digest"}
		dbtest.Write(t, d, func(tx *db.Tx) error { return custody.Draw(ctx, tx, list, all[:4]) })
		if on, err := custody.OnOpenList(ctx, d, all); err != nil || len(on) != 4 || on[all[0]] != "hov_1" {
			t.Errorf("%v %v", on, err)
		}
		for kind, want := range map[ref.HolderKind]int{centre.Kind: 1, bank.Kind: 0} {
			name := map[ref.HolderKind]string{centre.Kind: centre.Name, bank.Kind: bank.Name}[kind]
			if open, err := custody.Open(ctx, d, kind, name); err != nil || len(open) != want {
				t.Errorf("%s waits for %v %v", kind, open, err)
			}
		}
		ids := []ref.Handover{"hov_1"}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			if err := state.Apply(ctx, tx, custody.Lists, "take", ids, "s"); !errors.Is(err, state.ErrMove) { // CD-18
				t.Errorf("taken before it was given: %v", err)
			}
			return errors.Join(custody.SignGiven(ctx, tx, "hov_1", "stf_1", "aa"), state.Apply(ctx, tx, custody.Lists, "give", ids, "s"))
		})
		if open, err := custody.Open(ctx, d, bank.Kind, bank.Name); err != nil || len(open) != 1 || open[0].N != 4 || open[0].GiverSign != "aa" {
			t.Errorf("%v %v", open, err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(custody.Find(ctx, tx, "hov_1", custody.Missing, all[:1]), custody.Find(ctx, tx, "hov_1", custody.Damaged, all[1:2]),
				custody.Find(ctx, tx, "hov_1", custody.Extra, all[4:]), custody.SignTaken(ctx, tx, "hov_1", "stf_2", "bb"),
				state.Apply(ctx, tx, custody.Lists, "take_with_findings", ids, "s"))
		})
		lines, err := custody.Lines(ctx, d, "hov_1")
		if got := fmt.Sprint(lines); err != nil || got != "map[crd_000:missing crd_001:damaged crd_002: crd_003: crd_004:extra]" {
			t.Errorf("%s %v", got, err)
		}
		if on, err := custody.OnOpenList(ctx, d, all); err != nil || len(on) != 0 {
			t.Errorf("%v %v", on, err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(custody.Settle(ctx, tx, "hov_1", all), state.Apply(ctx, tx, custody.Lists, "settle", ids, "s"))
		})
		got, err := custody.GetList(ctx, d, "hov_1")
		if err != nil || got.State != "settled" || got.TakerBy != "stf_2" || got.Giver != centre || got.Taker != bank || got.GivenAt.IsZero() {
			t.Errorf("%+v %v", got, err)
		}
		if latest, err := custody.LatestLists(ctx, d, "beijing", 5); err != nil || len(latest) != 1 {
			t.Errorf("%v %v", latest, err)
		}
		if _, err := custody.GetList(ctx, d, "hov_2"); !errors.Is(err, custody.ErrUnknown) {
			t.Error(err)
		}
	})
}
