package terminal_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"kawu/domain/terminal"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/name"
	"kawu/kit/state"
)

var ctx = context.Background()

func each(t *testing.T, run func(t *testing.T, d *db.DB)) { dbtest.Each(t, run, terminal.Cycle) }

func module(n int) terminal.Module {
	return terminal.Module{City: "x", Serial: fmt.Sprintf("%020x", 0xabc000+n), Terminal: fmt.Sprintf("51010%07d", n), AppliedAs: "省卡〔2024〕7号",
		AppliedDay: "2024-01-15", Purpose: terminal.Settlement}
}

func modules(n int) []terminal.Module {
	out := make([]terminal.Module, n)
	for i := range out {
		out[i] = module(i)
	}
	return out
}

func enter(t *testing.T, d *db.DB, all []terminal.Module) (ids []terminal.ID) {
	t.Helper()
	dbtest.Write(t, d, func(tx *db.Tx) (err error) { ids, err = terminal.Enter(ctx, tx, all); return err })
	return ids
}

func TestRegister(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		before := d.Statements()
		ids := enter(t, d, modules(300))
		if n := d.Statements() - before; n > 2 {
			t.Errorf("%d statements for 300 modules", n)
		}
		found, err := terminal.Find(ctx, d, "x", []string{"510100000007", "00000000000000abc008", "510100000007"})
		if err != nil || len(found) != 3 || found[0].ID != ids[7] || found[1].ID != ids[8] || found[2].ID != ids[7] {
			t.Fatal(found, err)
		}
		m := found[0]
		if m.State != terminal.InStock || m.Place != terminal.Centre || m.Keeper != "" || !m.CameAt.Equal(dbtest.Noon) || m.AppliedDay != "2024-01-15" || m.Serial != "00000000000000ABC007" {
			t.Errorf("%+v", m)
		}
		_, err = terminal.Find(ctx, d, "x", []string{"510100000007", "999999999999"})
		if !errors.Is(fault.Of(err), terminal.ErrUnknown) || fault.Of(err).Field != "999999999999" {
			t.Error(err)
		}
		if _, err = terminal.Find(ctx, d, "y", []string{"510100000007"}); err == nil {
			t.Error("another city's module is found")
		}
		again := module(7)
		again.Serial = strings.Repeat("f", 20)
		err = d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
			_, err := terminal.Enter(ctx, tx, []terminal.Module{module(900), again})
			return err
		})
		if !errors.Is(err, terminal.ErrTaken) {
			t.Error(err)
		}
		if all, err := terminal.List(ctx, d, "x", terminal.InStock, 0, 1000); err != nil || len(all) != 300 {
			t.Error("a refused entry left something:", len(all), err)
		}
		if page, err := terminal.List(ctx, d, "x", "", 299, 20); err != nil || len(page) != 1 || page[0].Terminal != "510100000299" {
			t.Error(page, err)
		}
		if n, err := terminal.Count(ctx, d, "x"); err != nil || len(n) != 1 || n[terminal.InStock] != 300 {
			t.Error(n, err)
		}
	})
}

func TestKeepers(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		ids := enter(t, d, modules(3))
		hospital := terminal.Place{Kind: terminal.AtHospital, Name: "第一医院"}
		for i, keeper := range []string{"王建国", "李秀英"} {
			err := d.Write(ctx, dbtest.Noon.Add(time.Duration(i+1)*time.Hour), func(tx *db.Tx) error {
				event := terminal.Give
				if i > 0 {
					event = terminal.Pass
				}
				if err := state.Apply(ctx, tx, terminal.Cycle, event, ids[:2], "sit_1"); err != nil {
					return err
				}
				return terminal.Hand(ctx, tx, ids[:2], hospital, name.Person(keeper))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		stays, err := terminal.Stays(ctx, d, ids[1])
		if err != nil || len(stays) != 3 {
			t.Fatal(stays, err)
		}
		for i, s := range stays {
			if last := i == len(stays)-1; s.Until.IsZero() != last || !last && !s.Until.Equal(stays[i+1].Since) {
				t.Errorf("%d: %v", i, s)
			}
		}
		if stays[1].Keeper.Reveal() != "王建国" || stays[2].Place != hospital || strings.Contains(fmt.Sprintf("%v %+v", stays, stays), "秀英") {
			t.Error(stays)
		}
		if sealed, err := db.Int(ctx, d, "select count(*) from psam_stay where keeper_seal like '%王%' or keeper_seal = ''"); sealed != 0 || err != nil {
			t.Error("a keeper's name lies open", err)
		}
		if err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "insert into psam_stay (psam, seq, place_kind, place, keeper_seal, since, until) values ($1, 9, 'office', 'x', '', 1, 0)", string(ids[0]))
			return err
		}); !errors.Is(err, db.Taken) {
			t.Error("a module has two keepers:", err)
		}
	})
}

func TestTokens(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		ids := enter(t, d, modules(2))
		var first, second []string
		dbtest.Write(t, d, func(tx *db.Tx) (err error) { first, err = terminal.NewTokens(ctx, tx, ids); return err })
		known := func(number, token string) bool {
			m, ok, err := terminal.Known(ctx, d, "x", number, token)
			if err != nil || ok && m.Terminal != number {
				t.Error(m, err)
			}
			return ok
		}
		if !known("510100000000", first[0]) || !known("510100000001", first[1]) || known("510100000000", first[1]) || known("510100000000", "") || known("5", first[0]) {
			t.Error("tokens and numbers")
		}
		dbtest.Write(t, d, func(tx *db.Tx) (err error) { second, err = terminal.NewTokens(ctx, tx, ids[:1]); return err })
		if known("510100000000", first[0]) || !known("510100000000", second[0]) {
			t.Error("an old token lives on")
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "update psam set token_mark = (select token_mark from psam where terminal = '510100000001') where terminal = '510100000000'")
			return err
		})
		if known("510100000000", first[1]) {
			t.Error("a digest copied from another module opens")
		}
		dbtest.Write(t, d, func(tx *db.Tx) error { return terminal.EndTokens(ctx, tx, ids) })
		if known("510100000001", first[1]) || known("510100000001", "") {
			t.Error("an ended token opens")
		}
	})
}

func TestWhatIsWrongIsSaidAtOnce(t *testing.T) {
	bad := terminal.Module{Serial: "12", Terminal: "51010000000x", AppliedDay: "2024-02-02", Purpose: "fun"}
	var list fault.List
	if !errors.As(terminal.Check([]terminal.Module{module(1), bad}, dbtest.Noon), &list) || len(list) != 5 || list[0].Field != "modules[1].serial" {
		t.Error(list)
	}
	if err := terminal.Check(modules(2), dbtest.Noon); err != nil {
		t.Error(err)
	}
	for _, x := range []struct {
		to     terminal.Place
		keeper string
		codes  string
	}{
		{terminal.Place{Kind: terminal.AtOutlet, Name: "out_1"}, "王建国", ""}, {terminal.Centre, "王建国", "terminal.no_place"},
		{terminal.Place{Kind: terminal.AtOffice}, "", "terminal.no_place terminal.no_keeper"}, {terminal.Place{Kind: terminal.AtOffice, Name: "民政局"}, "7", "name.digit"},
	} {
		_, err := terminal.CheckGiving(x.to, x.keeper)
		var list fault.List
		errors.As(err, &list)
		var codes []string
		for _, f := range list {
			codes = append(codes, f.Code)
		}
		if got := strings.Join(codes, " "); got != x.codes {
			t.Errorf("%v %s: %q", x.to, x.keeper, got)
		}
	}
}

// What a number of the list says never changes, and increments from any number lead to the newest.
func TestEditions(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		a, b, c := terminal.Line{Chip: strings.Repeat("A", 32), Card: "crd_a", Reason: "lost"}, terminal.Line{Chip: strings.Repeat("B", 32), Card: "crd_b", Reason: "void"},
			terminal.Line{Chip: strings.Repeat("C", 32), Card: "crd_c", Reason: "locked"}
		gone := func(l terminal.Line) terminal.Line { l.Gone, l.Reason = true, ""; return l }
		harder := a
		harder.Reason = "void"
		for i, lines := range [][]terminal.Line{{a, b}, {}, {gone(a), c}, {harder}} {
			if err := d.Write(ctx, dbtest.Noon.Add(time.Duration(i)*time.Hour), func(tx *db.Tx) error { return terminal.Draw(ctx, tx, int64(i), lines, tx.At()) }); err != nil {
				t.Fatal(err)
			}
		}
		newest, err := terminal.LatestEdition(ctx, d)
		if err != nil || newest.Number != 4 || newest.N != 1 || !newest.Upto.Equal(dbtest.Noon.Add(3*time.Hour)) {
			t.Error(newest, err)
		}
		for n, want := range map[int64][]terminal.Line{0: nil, 1: {a, b}, 2: {a, b}, 3: {b, c}, 4: {harder, b, c}} {
			var got []terminal.Line
			if err := terminal.EachListed(ctx, d, n, func(l terminal.Line) error { got = append(got, l); return nil }); err != nil || !slices.Equal(got, want) {
				t.Errorf("%d: %v %v", n, got, err)
			}
		}
		var lines []terminal.Line
		if err := terminal.EachLine(ctx, d, 3, func(l terminal.Line) error { lines = append(lines, l); return nil }); err != nil || !slices.Equal(lines, []terminal.Line{gone(a), c}) {
			t.Error(lines, err)
		}
		listed, err := terminal.Listed(ctx, d, []string{a.Chip, b.Chip, strings.Repeat("D", 32)})
		if err != nil || len(listed) != 2 || listed[a.Chip].Reason != "void" || listed[b.Chip].Reason != "void" {
			t.Error(listed, err)
		}
		if err := d.Write(ctx, dbtest.Noon, func(tx *db.Tx) error { return terminal.Draw(ctx, tx, 3, nil, tx.At()) }); !errors.Is(err, db.Taken) {
			t.Error("a number was drawn twice:", err)
		}
		stop := errors.New("stop")
		if err := terminal.EachListed(ctx, d, 4, func(terminal.Line) error { return stop }); err != stop {
			t.Error(err)
		}
	})
}
