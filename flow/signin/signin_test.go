package signin_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"kawu/domain/access"
	"kawu/domain/audit"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/signin"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
)

var ctx = context.Background()

const (
	password = "three short words"
	number   = idno.Number("110101199003070038")
	full     = name.Person("林𠮷")
)

var door = signin.Knock{Channel: "web", Address: "192.0.2.1"}

func each(t *testing.T, run func(t *testing.T, f *signin.Flow, c *clock.Manual)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.At(dbtest.Noon)
		f := &signin.Flow{Desk: &desk.Desk{DB: d, Clock: c}, Cost: access.Cost{Memory: 64, Time: 1, Threads: 1}}
		err := f.Hire(ctx, []signin.Newcomer{
			{Staff: access.Staff{Login: "hr", Role: "agent", City: "beijing", Org: "emp_1", Name: "王小明"}, Password: password},
			{Staff: access.Staff{Login: "clerk", Role: "clerk", City: "beijing", Org: "icbc", Place: "out_1", Name: "李明"}, Password: password},
			{Staff: access.Staff{Login: "west", Role: "centre", City: "beijing", Org: "centre", District: "110102", Name: "赵明"}, Password: password},
		})
		if err != nil {
			t.Fatal(err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return person.Put(ctx, tx, []person.Person{{ID: "per_1", City: "beijing", Number: number, Name: full, Mobile: "13800002209", Category: "employed"},
				{ID: "per_2", City: "beijing", Number: "110101199003070011", Name: "无号"}})
		})
		run(t, f, c)
	}, notice.Cycle)
}

func TestStaffComeInWithTheirScope(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, c *clock.Manual) {
		for login, want := range map[string]desk.Actor{
			"HR ":   {Role: desk.Agent, City: "beijing", Org: "emp_1", Scope: "emp_1", Channel: "web"},
			"clerk": {Role: desk.Clerk, City: "beijing", Org: "icbc", Place: "out_1", Channel: "web"},
			"west":  {Role: desk.Centre, City: "beijing", Org: "centre", District: "110102", Channel: "web"},
		} {
			in, err := f.Staff(ctx, door, login, password)
			if err != nil {
				t.Fatal(err)
			}
			k := door
			k.Cookie = in.Cookie
			c.Add(20 * time.Minute)
			again, err := f.Enter(ctx, k)
			want.ID = in.Actor.ID
			if err != nil || in.Actor != want || again.Actor != want || again.Session.Mark != in.Session.Mark || again.Name == "" {
				t.Errorf("%s: %+v\n%+v %v", login, in.Actor, again.Actor, err)
			}
			if err := f.Leave(ctx, k); err != nil {
				t.Error(err)
			}
			if _, err := f.Enter(ctx, k); !errors.Is(err, access.ErrOver) {
				t.Errorf("after leaving: %v", err)
			}
			if err := f.Leave(ctx, k); err != nil {
				t.Errorf("leaving twice: %v", err)
			}
		}
	})
}

func TestWrongPasswordAndUnknownLoginAreTheSame(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, c *clock.Manual) {
		for _, x := range [][2]string{{"hr", "three short word"}, {"nobody", password}, {"", ""}, {"hr' or 1=1 --", ""}} {
			if _, err := f.Staff(ctx, door, x[0], x[1]); err != signin.ErrWrong {
				t.Errorf("%v: %v", x, err)
			}
		}
		for range 9 {
			_, _ = f.Staff(ctx, door, "hr", "wrong")
		}
		_, err := f.Staff(ctx, door, "hr", password)
		if f := fault.Of(err); f == nil || f.Kind != fault.TooMany || f.Args["n"] != 15 {
			t.Fatalf("after ten wrong ones: %v", err)
		}
		if _, err := f.Staff(ctx, door, "clerk", password); err != nil {
			t.Errorf("somebody else: %v", err)
		}
		c.Add(15 * time.Minute)
		for range 30 { // right ones are given back
			if _, err := f.Staff(ctx, door, "hr", password); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestStaffWhoLeftTheOffice(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, _ *clock.Manual) {
		in, err := f.Staff(ctx, door, "hr", password)
		if err != nil {
			t.Fatal(err)
		}
		dbtest.Write(t, f.Desk.DB, func(tx *db.Tx) error { return access.Disable(ctx, tx, []ref.Staff{ref.Staff(in.Actor.ID)}) })
		k := door
		k.Cookie = in.Cookie
		if _, err := f.Enter(ctx, k); !errors.Is(err, access.ErrOver) {
			t.Errorf("the open session: %v", err)
		}
		if _, err := f.Staff(ctx, door, "hr", password); err != signin.ErrDisabled {
			t.Errorf("right password: %v", err)
		}
		if _, err := f.Staff(ctx, door, "hr", "wrong"); err != signin.ErrWrong {
			t.Errorf("wrong password: %v", err)
		}
	})
}

func TestHashIsMadeAgainWhenTheCostChanged(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, _ *clock.Manual) {
		f.Cost.Time = 2
		for range 2 {
			if _, err := f.Staff(ctx, door, "hr", password); err != nil {
				t.Fatal(err)
			}
		}
		if _, hash, err := access.ByLogin(ctx, f.Desk.DB, "hr"); err != nil || !strings.Contains(hash, "t=2") {
			t.Error(hash, err)
		}
	})
}

// message is the last text sent and how many there are.
func message(t *testing.T, f *signin.Flow) (string, int) {
	t.Helper()
	all, err := notice.Waiting(ctx, f.Desk.DB, 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		return "", 0
	}
	return all[len(all)-1].Text, len(all)
}

var six = regexp.MustCompile(`\d{6}`)

func TestCitizenComesInByCode(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, c *clock.Manual) {
		k, err := f.AskCode(ctx, door, number, full)
		text, n := message(t, f)
		if err != nil || n != 1 || k.Again.Sub(dbtest.Noon) != time.Minute {
			t.Fatalf("%+v %v, %d messages", k, err, n)
		}
		if _, err := f.Code(ctx, door, k.ID, "000000x"); !errors.Is(err, access.ErrCode) {
			t.Errorf("wrong code: %v", err)
		}
		in, err := f.Code(ctx, door, k.ID, six.FindString(text))
		if err != nil || in.Actor != (desk.Actor{Role: desk.Citizen, ID: "per_1", City: "beijing", Person: "per_1", Channel: "web"}) || in.Person.Number != number {
			t.Fatalf("%+v %v", in, err)
		}
		here := door
		here.Cookie = in.Cookie
		if e, err := f.Enter(ctx, here); err != nil || e.Name != full {
			t.Errorf("%+v %v", e, err)
		}
		if _, err := f.AskCode(ctx, door, number, full); fault.Of(err).Kind != fault.TooMany {
			t.Errorf("another code at once: %v", err)
		}
		c.Add(time.Minute)
		if _, err := f.AskCode(ctx, door, number, "林吉"); err != nil { // no keyboard has 𠮷
			t.Error(err)
		}
		if _, n := message(t, f); n != 2 {
			t.Errorf("%d messages", n)
		}
		for range 6 {
			c.Add(time.Minute)
			_, err = f.AskCode(ctx, door, number, full)
		}
		if fault.Of(err).Kind != fault.TooMany {
			t.Errorf("seven codes in ten minutes: %v", err)
		}
	})
}

// A stranger, a wrong name, a person without a mobile: the answer has the same shape as for a person
// who gets a message, and no code will do.
func TestAnswerTellsNothing(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, c *clock.Manual) {
		for _, x := range []struct {
			number idno.Number
			name   name.Person
		}{{"110101199003070054", full}, {number, "林小"}, {"110101199003070011", "无号"}} {
			k, err := f.AskCode(ctx, door, x.number, x.name)
			if err != nil || !strings.HasPrefix(k.ID, "cod_") || k.Until.Sub(c.Now()) != 5*time.Minute || k.Again.Sub(c.Now()) != time.Minute {
				t.Errorf("%+v %v", k, err)
			}
			for left := 4; left >= 0; left-- {
				_, err := f.Code(ctx, door, k.ID, "123456")
				if f := fault.Of(err); left > 0 && f.Args["n"] != left || left == 0 && !errors.Is(err, access.ErrCodeOver) {
					t.Errorf("%d left: %v", left, err)
				}
			}
			if _, err := f.AskCode(ctx, door, x.number, x.name); fault.Of(err).Kind != fault.TooMany {
				t.Errorf("again at once: %v", err)
			}
		}
		if _, n := message(t, f); n != 0 {
			t.Errorf("%d messages", n)
		}
	})
}

func TestEveryAttemptIsOnTheTrail(t *testing.T) {
	each(t, func(t *testing.T, f *signin.Flow, _ *clock.Manual) {
		_, _ = f.Staff(ctx, door, "hr", "wrong")
		_, _ = f.Staff(ctx, door, "hr", password)
		_, _ = f.AskCode(ctx, door, number, full)
		_, _ = f.Code(ctx, door, "cod_x", "1")
		lines, err := audit.Latest(ctx, f.Desk.DB, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, l := range lines {
			got = append(got, l.Detail)
			for _, secret := range []string{password, "wrong", number.Reveal(), full.Reveal(), "192.0.2.1"} {
				if strings.Contains(l.Detail+l.Subject+l.Actor, secret) {
					t.Errorf("the trail holds %q", secret)
				}
			}
		}
		want := `{"outcome":"access.code_over","step":"in"} {"outcome":"yes","step":"code"} {"outcome":"yes","step":"in"} {"outcome":"yes","step":"password"} {"outcome":"yes","step":"password"} {}`
		if strings.Join(got, " ") != want {
			t.Errorf("%s", strings.Join(got, " "))
		}
	})
}
