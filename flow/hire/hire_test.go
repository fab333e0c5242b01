package hire_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"kawu/domain/access"
	"kawu/domain/audit"
	"kawu/domain/employer"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/hire"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
)

var ctx = context.Background()

func each(t *testing.T, run func(t *testing.T, f *hire.Flow)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(outlet.Put(ctx, tx, []outlet.Outlet{{ID: "out_1", City: "beijing", Bank: "icbc", Kind: outlet.Ordinary, Name: "西城支行"}}),
				employer.Put(ctx, tx, []employer.Employer{{ID: "emp_1", City: "beijing", Name: "示例公司"}}))
		})
		run(t, &hire.Flow{Desk: &desk.Desk{DB: d, Clock: clock.At(dbtest.Noon)}, City: "beijing",
			Cost: access.Cost{Memory: 64, Time: 1, Threads: 1}, Bank: func(code string) bool { return code == "icbc" }})
	})
}

func somebody(login string) hire.Newcomer {
	return hire.Newcomer{Login: login, Role: "centre", Name: "李明"}
}

func add(t *testing.T, f *hire.Flow, n hire.Newcomer, by ...desk.Actor) desk.Actor {
	t.Helper()
	h, err := f.Add(ctx, by, n)
	if err != nil {
		t.Fatal(err)
	}
	return desk.Actor{Role: desk.Role(h.Role), ID: string(h.ID), City: h.City, Org: h.Org, District: h.District, Channel: "line"}
}

// The first is the machine owner's, the second the owner's and the first one's; then two agree to
// everything, and one person is never two.
func TestWhoAgrees(t *testing.T) {
	each(t, func(t *testing.T, f *hire.Flow) {
		li := add(t, f, somebody("li.01"))
		refuse := func(want *fault.Fault, n hire.Newcomer, by ...desk.Actor) {
			t.Helper()
			if _, err := f.Add(ctx, by, n); !errors.Is(fault.Of(err), want) {
				t.Errorf("%v instead of %s", err, want.Code)
			}
		}
		refuse(hire.ErrMore, somebody("zhao.02"))
		zhao := add(t, f, somebody("zhao.02"), li)
		refuse(hire.ErrMore, somebody("sun.03"))
		refuse(hire.ErrMore, somebody("sun.03"), li)
		refuse(desk.ErrSamePerson, somebody("sun.03"), li, li)
		auditor := add(t, f, hire.Newcomer{Login: "qian", Role: "auditor", Name: "钱多"}, li, zhao)
		west := add(t, f, hire.Newcomer{Login: "west", Role: "centre", Name: "赵明", District: "110102"}, zhao, li)
		refuse(desk.ErrForbidden, somebody("sun.03"), li, auditor)
		refuse(desk.ErrForbidden, somebody("sun.03"), li, west)
		refuse(hire.ErrTaken, somebody("LI.01"), li, zhao)

		if err := f.End(ctx, []desk.Actor{li, zhao}, "zhao.02"); !errors.Is(fault.Of(err), hire.ErrOwn) {
			t.Error(err)
		}
		if err := f.End(ctx, []desk.Actor{li}, "qian"); !errors.Is(fault.Of(err), hire.ErrMore) {
			t.Error(err)
		}
		if err := f.End(ctx, []desk.Actor{li, zhao}, "qian"); err != nil {
			t.Error(err)
		}
		if err := f.End(ctx, []desk.Actor{li, zhao}, "qian"); !errors.Is(fault.Of(err), hire.ErrUnknown) {
			t.Error("ended twice:", err)
		}
		if again := add(t, f, hire.Newcomer{Login: "qian", Role: "auditor", Name: "钱多"}, li, zhao); again.ID != auditor.ID {
			t.Error("who comes back is somebody else")
		}
		lines, err := audit.Latest(ctx, f.Desk.DB, 0, 100)
		if err != nil || len(lines) != 6 {
			t.Fatal(len(lines), err)
		}
		who := map[string]string{}
		for _, l := range lines {
			who[l.ActorKind] += l.Actor + " "
		}
		if who["owner"] != "owner " || !strings.Contains(who["two"], "owner+"+li.ID) || strings.Contains(who["two"], "李") {
			t.Error(who)
		}
	})
}

// Where somebody belongs follows from the role, and all that is wrong is said at once.
func TestWhereTheyBelong(t *testing.T) {
	each(t, func(t *testing.T, f *hire.Flow) {
		li := add(t, f, somebody("li.01"))
		both := []desk.Actor{li, add(t, f, somebody("zhao.02"), li)}
		for _, n := range []hire.Newcomer{{Login: "wang", Role: "clerk", Name: "王芳", Outlet: "out_1"}, {Login: "he", Role: "banker", Name: "何长风", Bank: "icbc"},
			{Login: "wu", Role: "agent", Name: "吴晓", Employer: "emp_1"}} {
			add(t, f, n, both...)
		}
		all, err := access.Register(ctx, f.Desk.DB, "beijing")
		if err != nil || len(all) != 5 {
			t.Fatal(len(all), err)
		}
		for _, s := range all {
			want := map[string]string{"clerk": "icbc out_1", "banker": "icbc ", "agent": "emp_1 ", "centre": "centre "}[s.Role]
			if got := s.Org + " " + string(s.Place); got != want || s.City != ref.City("beijing") {
				t.Errorf("%s belongs to %q", s.Role, got)
			}
		}
		o := outlet.Outlet{ID: "out_2", Bank: "icbc", Kind: outlet.Ordinary, Name: "东城支行", Address: "示例路2号", Phone: "010-00000002"}
		if err := f.Settle(ctx, both[:1], o); !errors.Is(fault.Of(err), hire.ErrMore) {
			t.Error(err)
		}
		if err := f.Settle(ctx, both, o); err != nil {
			t.Error(err)
		}
		add(t, f, hire.Newcomer{Login: "bai", Role: "clerk", Name: "白景", Outlet: "out_2"}, both...)
		o.Bank, o.Phone = "cmb", ""
		if err := f.Settle(ctx, both, o); err == nil || strings.Count(err.Error(), "hire.") != 2 {
			t.Error(err)
		}
		_, err = f.Add(ctx, both, hire.Newcomer{Login: "11010519491231002X", Role: "clerk", Name: "7", Outlet: "out_9", Password: "short"})
		var list fault.List
		var codes []string
		if errors.As(err, &list) {
			for _, x := range list {
				codes = append(codes, x.Field+":"+x.Code)
			}
		}
		if got := strings.Join(codes, " "); got != "login:hire.login name:name.digit password:access.password_short outlet:outlet.unknown" {
			t.Error(got)
		}
		for want, n := range map[string]hire.Newcomer{"hire.role": {Login: "x", Role: "job", Name: "李明"}, "hire.bank": {Login: "x", Role: "banker", Name: "李明", Bank: "cmb"},
			"employer.unknown": {Login: "x", Role: "agent", Name: "李明"}} {
			if _, err := f.Add(ctx, both, n); fault.Of(err) == nil || fault.Of(err).Code != want {
				t.Errorf("%s: %v", want, err)
			}
		}
	})
}

// A password that was drawn is told once and opens; one that was given is not told.
func TestFirstPassword(t *testing.T) {
	each(t, func(t *testing.T, f *hire.Flow) {
		drawn, err := f.Add(ctx, nil, somebody("li.01"))
		if err != nil || len(drawn.Password) != 19 {
			t.Fatal(drawn.Password, err)
		}
		_, hash, err := access.ByLogin(ctx, f.Desk.DB, "li.01")
		if ok, _ := f.Cost.Matches(drawn.Password, hash); err != nil || !ok {
			t.Error("the drawn password does not open", err)
		}
		li := desk.Actor{Role: desk.Centre, ID: string(drawn.ID)}
		given, err := f.Add(ctx, []desk.Actor{li}, hire.Newcomer{Login: "zhao.02", Role: "centre", Name: "赵明", Password: "three short words"})
		if err != nil || given.Password != "" {
			t.Error(given.Password, err)
		}
	})
}
