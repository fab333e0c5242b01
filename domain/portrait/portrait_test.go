package portrait_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/state"
)

var (
	ctx    = context.Background()
	looker = ref.Holder{Kind: ref.HeldByOutlet, Name: "out_1"}
	blue   = []portrait.Problem{{Code: "photo.background", Args: map[string]any{"white": 12.0}}}
)

func one(person, jpeg string, problems ...portrait.Problem) portrait.Photo {
	return portrait.Photo{City: "beijing", Person: ref.Person(person), Source: portrait.IDCard, JPEG: []byte(jpeg), Quality: 80, White: 97, Problems: problems, Looker: looker}
}

func put(t *testing.T, d *db.DB, all ...portrait.Photo) {
	t.Helper()
	dbtest.Write(t, d, func(tx *db.Tx) error { return portrait.Put(ctx, tx, all, "sit") })
}

func states(t *testing.T, d *db.DB, person ref.Person) string {
	t.Helper()
	all, err := portrait.OfPerson(ctx, d, person)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range all {
		out = append(out, string(p.State))
	}
	return strings.Join(out, " ")
}

func TestWhatComesInIsSorted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, one("per_1", "fine"), one("per_2", "bluish", blue...), one("per_3", "", portrait.Problem{Code: "photo.not_a_photo"}))
		for person, want := range map[ref.Person]string{"per_1": "good", "per_2": "waiting", "per_3": "refused"} {
			if got := states(t, d, person); got != want {
				t.Errorf("%s: %s, want %s", person, got, want)
			}
		}
		good, err := portrait.Find(ctx, d, []ref.Person{"per_1", "per_2", "per_3", "per_4"})
		if err != nil || len(good) != 1 || len(good["per_1"].Digest) != 64 || good["per_1"].White != 97 {
			t.Errorf("%+v %v", good, err)
		}
		if jpeg, err := portrait.Picture(ctx, d, good["per_1"].ID); string(jpeg) != "fine" || err != nil {
			t.Errorf("%q %v", jpeg, err)
		}
		list, err := portrait.ToLookAt(ctx, d, looker, 0, 10)
		if err != nil || len(list) != 2 || list[0].Person != "per_2" || list[0].Problems[0].Args["white"] != 12.0 || list[1].Person != "per_3" {
			t.Errorf("%+v %v", list, err)
		}
		if _, err := portrait.Picture(ctx, d, list[1].ID); !errors.Is(err, portrait.ErrUnknown) {
			t.Error(err)
		}
		waiting, refused, err := portrait.Count(ctx, d, looker)
		if waiting != 1 || refused != 1 || err != nil {
			t.Error(waiting, refused, err)
		}
		if other, _ := portrait.ToLookAt(ctx, d, ref.Holder{Kind: ref.HeldByOutlet, Name: "out_2"}, 0, 10); len(other) != 0 {
			t.Error("another outlet sees them")
		}
		if n, err := db.Int(ctx, d, "select count(*) from photo where picture_seal like '%fine%' or picture_seal like '%ZmluZ%'"); n != 0 || err != nil {
			t.Error("a picture in plain text", err)
		}
	}, portrait.Cycle)
}

// A good photo stays until its successor is good, and then is emptied.
func TestSuccessors(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, one("per_1", "first"))
		put(t, d, one("per_1", "second", blue...))
		if got := states(t, d, "per_1"); got != "waiting good" {
			t.Fatal(got)
		}
		list, err := portrait.OfPerson(ctx, d, "per_1")
		if err != nil {
			t.Fatal(err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error { return portrait.Accept(ctx, tx, list[0], "stf_1", "sit") })
		if got := states(t, d, "per_1"); got != "good replaced" {
			t.Fatal(got)
		}
		now, err := portrait.Get(ctx, d, list[0].ID)
		if err != nil || now.DecidedBy != "stf_1" || now.DecidedAt.IsZero() || len(now.Problems) != 1 {
			t.Errorf("%+v %v", now, err)
		}
		if _, err := portrait.Picture(ctx, d, list[1].ID); !errors.Is(err, portrait.ErrUnknown) {
			t.Error("the replaced picture is still there", err)
		}
		put(t, d, one("per_1", "third", blue...))
		list, _ = portrait.OfPerson(ctx, d, "per_1")
		dbtest.Write(t, d, func(tx *db.Tx) error { return portrait.Refuse(ctx, tx, list[0].ID, "stf_1", "sit") })
		if got := states(t, d, "per_1"); got != "refused good replaced" {
			t.Fatal(got)
		}
		err = d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return portrait.Accept(ctx, tx, list[0], "stf_1", "sit") })
		if !errors.Is(err, state.ErrMove) {
			t.Error("a refused photo was accepted:", err)
		}
		if got := states(t, d, "per_1"); got != "refused good replaced" {
			t.Error("the failure left something:", got)
		}
		put(t, d, one("per_1", "fourth"))
		if got := states(t, d, "per_1"); got != "good replaced replaced replaced" {
			t.Error(got)
		}
		if _, err := portrait.Get(ctx, d, "pho_none"); !errors.Is(err, portrait.ErrUnknown) {
			t.Error(err)
		}
	}, portrait.Cycle)
}

func TestNobodyIsAskedForTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, one("per_1", "x"), one("per_2", "x", blue...), one("per_3", ""))
		all := []ref.Person{"per_1", "per_2", "per_3", "per_4", "per_5"}
		if left, err := portrait.Missing(ctx, d, all); err != nil || fmt.Sprint(left) != "[per_3 per_4 per_5]" {
			t.Errorf("%v %v", left, err)
		}
		for range 2 {
			dbtest.Write(t, d, func(tx *db.Tx) error { return portrait.Asked(ctx, tx, all[4:]) })
		}
		if left, err := portrait.Unasked(ctx, d, all); err != nil || fmt.Sprint(left) != "[per_1 per_2 per_3 per_4]" {
			t.Errorf("%v %v", left, err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error { return portrait.Answered(ctx, tx, all) })
		if left, err := portrait.Unasked(ctx, d, all); err != nil || len(left) != 5 {
			t.Errorf("%v %v", left, err)
		}
	}, portrait.Cycle)
}

// A large set is a handful of statements: one per 10,000 to read, one per 500 pictures to write.
func TestLargeSet(t *testing.T) {
	const people = 12_000
	d := dbtest.Open(t, dbtest.Address(t, dbtest.Engines[0]))
	dbtest.Schema(t, d, portrait.Cycle)
	all, ids := make([]portrait.Photo, people), make([]ref.Person, people)
	for i := range all {
		ids[i] = ref.Person(fmt.Sprintf("per_%07d", i))
		all[i] = one(string(ids[i]), "small")
		if i%10 == 0 {
			all[i].Problems = blue
		}
	}
	before := d.Statements()
	put(t, d, all...)
	if n := d.Statements() - before; n > 50 {
		t.Errorf("%d statements to write", n)
	}
	before = d.Statements()
	good, err := portrait.Find(ctx, d, ids)
	if err != nil || len(good) != people*9/10 {
		t.Fatalf("%d good, %v", len(good), err)
	}
	left, err := portrait.Missing(ctx, d, ids)
	if err != nil || len(left) != 0 {
		t.Fatalf("%d left, %v", len(left), err)
	}
	if n := d.Statements() - before; n > 10 {
		t.Errorf("%d statements to read", n)
	}
}

// Pictures of a set come by their digests; what was replaced is left out.
func TestPictures(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, one("per_1", "first"), one("per_2", "second"))
		good, err := portrait.Find(ctx, d, []ref.Person{"per_1", "per_2"})
		if err != nil {
			t.Fatal(err)
		}
		put(t, d, one("per_2", "third"))
		got, err := portrait.Pictures(ctx, d, []ref.Photo{good["per_1"].ID, good["per_2"].ID, "pho_none"})
		if err != nil || len(got) != 1 || string(got[good["per_1"].Digest]) != "first" {
			t.Error(got, err)
		}
	}, portrait.Cycle)
}
