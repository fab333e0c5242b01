package production_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/name"
	"kawu/kit/state"
)

var ctx = context.Background()

func hold(t *testing.T, d *db.DB, due time.Time, names map[ref.Application]name.Person) {
	t.Helper()
	var all []production.Proof
	for a, n := range names {
		all = append(all, production.Proof{Application: a, City: "beijing", Name: n, Due: due})
	}
	dbtest.Write(t, d, func(tx *db.Tx) error { return production.Hold(ctx, tx, all, "sit") })
}

func decide(t *testing.T, d *db.DB, a ref.Application, e state.Event, reason string) {
	t.Helper()
	dbtest.Write(t, d, func(tx *db.Tx) error { return production.Decide(ctx, tx, a, e, reason, "stf_1", "sit") })
}

// A name waits until somebody has looked; what was seen counts for that name only.
func TestProofs(t *testing.T) {
	due := time.Date(2024, 2, 2, 9, 0, 0, 0, time.UTC)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		hold(t, d, due, map[ref.Application]name.Person{"app_1": "𫖶一", "app_2": "𫖶二", "app_3": "𫖶三"})
		decide(t, d, "app_1", "pass", "")
		decide(t, d, "app_2", "doubt", "glyph")
		if waiting, wrong, err := production.CountProofs(ctx, d, "beijing"); waiting != 1 || wrong != 1 || err != nil {
			t.Error(waiting, wrong, err)
		}
		if other, _, _ := production.CountProofs(ctx, d, "shanghai"); other != 0 {
			t.Error("another city's")
		}
		all, err := production.ProofsOf(ctx, d, []ref.Application{"app_1", "app_2", "app_4"})
		if err != nil || len(all) != 2 || all["app_1"].State != production.ProofRight || all["app_2"].Reason != "glyph" || all["app_2"].DecidedBy != "stf_1" {
			t.Errorf("%+v %v", all, err)
		}
		if p := all["app_1"]; !p.Of(d, "𫖶一") || p.Of(d, "𫖶七") {
			t.Error("the proof does not know its name")
		}
		for now, want := range map[time.Time]int{due: 1, due.Add(-time.Second): 0} {
			if late, err := production.Unseen(ctx, d, "beijing", now); err != nil || len(late) != want {
				t.Errorf("%d late, want %d; %v", len(late), want, err)
			}
		}
		hold(t, d, due.Add(time.Hour), map[ref.Application]name.Person{"app_1": "𫖶七", "app_2": "𫖶二", "app_3": "𫖶三"})
		list, err := production.ProofsIn(ctx, d, "beijing", production.ProofWaiting, 0, 10)
		if err != nil || len(list) != 3 || !list[0].Of(d, "𫖶七") || list[1].Reason != "" || !list[2].Due.Equal(due.Add(time.Hour)) {
			t.Errorf("%+v %v", list, err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return production.Drop(ctx, tx, []ref.Application{"app_3", "app_4"}, "sit")
		})
		if waiting, wrong, err := production.CountProofs(ctx, d, "beijing"); waiting != 2 || wrong != 0 || err != nil {
			t.Error("a withdrawn application still waits", waiting, wrong, err)
		}
		err = d.Write(ctx, due, func(tx *db.Tx) error {
			return production.Decide(ctx, tx, "app_4", "pass", "", "stf_1", "sit")
		})
		if err == nil {
			t.Error("a proof that is not there was decided")
		}
		if _, err := production.ProofOf(ctx, d, "app_4"); !errors.Is(err, production.ErrProof) {
			t.Error(err)
		}
	}, production.Proofs)
}

// A card that is made again has its last print.
func TestPrints(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, digest := range []string{"a", "b"} {
			dbtest.Write(t, d, func(tx *db.Tx) error {
				return production.SetPrints(ctx, tx, []production.Print{{Card: "crd_1", Digest: digest, Fonts: "BabelStoneHan"}, {Card: "crd_2", Digest: "c"}})
			})
		}
		p, found, err := production.PrintOf(ctx, d, "crd_1")
		if err != nil || !found || p.Digest != "b" || p.Fonts != "BabelStoneHan" || p.At.IsZero() {
			t.Errorf("%+v %v %v", p, found, err)
		}
		if _, found, err := production.PrintOf(ctx, d, "crd_3"); found || err != nil {
			t.Error(found, err)
		}
	})
}
