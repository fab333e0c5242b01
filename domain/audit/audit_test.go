package audit_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"kawu/domain/audit"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/sm"
)

var (
	ctx    = context.Background()
	centre = key()
	other  = key()
)

func key() *sm.PrivateKey {
	k, err := sm.GenerateKey()
	if err != nil {
		panic(err)
	}
	return k
}

// trail writes n lines, with anchors at 4 and 8.
func trail(t *testing.T, n int, run func(t *testing.T, d *db.DB)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fill(t, d, n)
		run(t, d)
	})
}

func fill(t *testing.T, d *db.DB, n int) {
	t.Helper()
	for i := 1; i <= n; i++ {
		add(t, d, fmt.Sprint("sit_", i))
		if i == 4 || i == 8 {
			dbtest.Write(t, d, func(tx *db.Tx) error { return audit.Sign(ctx, tx, "centre", centre) })
		}
	}
}

func run(t *testing.T, d *db.DB, queries ...string) {
	t.Helper()
	dbtest.Write(t, d, func(tx *db.Tx) error {
		for _, q := range queries {
			if _, err := tx.Exec(ctx, q); err != nil {
				return err
			}
		}
		return nil
	})
}

var empty = []string{"delete from audit", "delete from audit_anchor", "delete from audit_head", "insert into audit_head (one, seq, hash) values (1, 0, '')"}

func add(t *testing.T, d *db.DB, sitting string) {
	t.Helper()
	dbtest.Write(t, d, func(tx *db.Tx) error {
		return audit.Append(ctx, tx, audit.Line{Sitting: sitting, ActorKind: "centre", Actor: "stf_1", Org: "centre",
			Channel: "web", Act: "batch.draw", Subject: "bat_1", N: 50, Detail: `{"bank":"icbc"}`})
	})
}

func verify(t *testing.T, d *db.DB) audit.Report {
	t.Helper()
	rep, err := audit.Verify(ctx, d, centre.Public())
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func TestWholeTrail(t *testing.T) {
	trail(t, 0, func(t *testing.T, d *db.DB) {
		if rep := verify(t, d); rep != (audit.Report{}) {
			t.Errorf("empty: %+v", rep)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error { return audit.Sign(ctx, tx, "centre", centre) }) // nothing to sign
	})
	trail(t, 10, func(t *testing.T, d *db.DB) {
		rep := verify(t, d)
		if rep.Broken != 0 || rep.Lines != 10 || rep.Anchors != 2 || len(rep.Head) != 64 {
			t.Errorf("%+v", rep)
		}
		head, err := audit.Head(ctx, d)
		if err != nil || head.Seq != 10 || head.Hash != rep.Head || !head.At.Equal(dbtest.Noon) {
			t.Errorf("%+v %v", head, err)
		}
		latest, err := audit.Latest(ctx, d, 8, 3)
		if err != nil || len(latest) != 3 || latest[0].Seq != 7 {
			t.Errorf("%v %v", latest, err)
		}
		about, err := audit.About(ctx, d, "bat_1", 100)
		if err != nil || len(about) != 10 || about[0].Seq != 10 {
			t.Errorf("%d about, %v", len(about), err)
		}
	})
}

// Whoever can write to the database but has not the centre's key is found out.
func TestTamperingIsFound(t *testing.T) {
	const copied = `insert into audit (seq, sitting, at, actor_kind, actor, org, channel, act, subject, n, detail, prev, hash)
		select %s, 'sit_x', at, actor_kind, actor, org, channel, act, subject, n, detail, prev, hash from audit where seq = %d`
	shift := []string{"update audit set seq = -seq - 1 where seq > 5", "update audit set seq = -seq where seq < 0"}
	cases := map[string]struct {
		sql  []string
		line int64
		why  string
	}{
		"time changed":       {[]string{"update audit set at = at + 1 where seq = 6"}, 6, "changed"},
		"actor changed":      {[]string{"update audit set actor = 'stf_2' where seq = 1"}, 1, "changed"},
		"count changed":      {[]string{"update audit set n = 49 where seq = 10"}, 10, "changed"},
		"detail changed":     {[]string{"update audit set detail = '{}' where seq = 6"}, 6, "changed"},
		"hash changed":       {[]string{"update audit set hash = 'x' where seq = 6"}, 6, "changed"},
		"first removed":      {[]string{"delete from audit where seq = 1"}, 1, "missing"},
		"middle removed":     {[]string{"delete from audit where seq = 6"}, 6, "missing"},
		"removed and closed": {[]string{"delete from audit where seq = 6", "update audit set seq = 1 - seq where seq > 6", "update audit set seq = -seq where seq < 0"}, 6, "follow"},
		"inserted": {append(shift, fmt.Sprintf(copied, "6", 5),
			"update audit_head set seq = seq + 1"), 6, "follow"},
		"swapped": {[]string{"update audit set seq = 0 where seq = 5", "update audit set seq = 5 where seq = 6",
			"update audit set seq = 6 where seq = 0"}, 5, "follow"},
		"cut at the end":       {[]string{"delete from audit where seq > 8"}, 9, "missing at the end"},
		"all removed":          {[]string{"delete from audit"}, 1, "missing at the end"},
		"cut, mark moved back": {[]string{"delete from audit where seq > 7", "update audit_head set seq = 7, hash = (select hash from audit where seq = 7)"}, 8, "missing at the end"},
		"mark gone":            {[]string{"delete from audit_head"}, 10, "end of the trail"},
		"mark changed":         {[]string{"update audit_head set hash = 'x'"}, 10, "end of the trail"},
		"forged at the end":    {[]string{fmt.Sprintf(copied, "11", 10)}, 11, "follow"},
		"anchor moved":         {[]string{"update audit_anchor set seq = 7 where seq = 8"}, 7, "anchor"},
		"anchor's hash":        {[]string{"update audit_anchor set hash = 'x' where seq = 8"}, 8, "anchor"},
		"anchor's signature":   {[]string{"update audit_anchor set signature = (select a.signature from audit_anchor a where a.seq = 4) where seq = 8"}, 8, "signature"},
		"no signature":         {[]string{"update audit_anchor set signature = 'nonsense' where seq = 4"}, 4, "signature"},
	}
	trail(t, 0, func(t *testing.T, d *db.DB) {
		for name, c := range cases {
			run(t, d, empty...)
			fill(t, d, 10)
			run(t, d, c.sql...)
			if rep := verify(t, d); rep.Broken != c.line || !strings.Contains(rep.Why, c.why) {
				t.Errorf("%s: %+v", name, rep)
			}
		}
	})
}

// A whole new chain, written by somebody who knows the rule, falls at the first anchor.
func TestRewrittenTrailFallsAtTheAnchor(t *testing.T) {
	trail(t, 10, func(t *testing.T, d *db.DB) {
		run(t, d, "delete from audit", "update audit_head set seq = 0, hash = ''")
		for i := range 10 {
			add(t, d, fmt.Sprint("forged_", i))
		}
		if rep := verify(t, d); rep.Broken != 4 || !strings.Contains(rep.Why, "anchor") {
			t.Errorf("%+v", rep)
		}
	})
}

func TestAnchorOfAnotherKey(t *testing.T) {
	trail(t, 3, func(t *testing.T, d *db.DB) {
		dbtest.Write(t, d, func(tx *db.Tx) error { return audit.Sign(ctx, tx, "centre", other) })
		if rep := verify(t, d); rep.Broken != 3 || !strings.Contains(rep.Why, "signature") {
			t.Errorf("%+v", rep)
		}
	})
}

// The trail may be checked while people work.
func TestVerifyBesideWriters(t *testing.T) {
	trail(t, 8, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := range 25 {
					add(t, d, fmt.Sprint("w", w, "_", i))
				}
			})
		}
		for range 10 {
			if rep := verify(t, d); rep.Broken != 0 {
				t.Errorf("%+v", rep)
			}
		}
		wg.Wait()
		if rep := verify(t, d); rep.Lines != 108 || rep.Broken != 0 {
			t.Errorf("%+v", rep)
		}
	})
}
