package hire_test

import (
	"errors"
	"testing"

	"kawu/domain/access"
	"kawu/flow/desk"
	"kawu/flow/hire"
	"kawu/flow/signin"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

var line = signin.Knock{Channel: "line", Address: "line"}

// What is printed to whoever hires opens nothing but the choice of another, and that for some days;
// then two give another one.
func TestFirstPasswordProvesNobody(t *testing.T) {
	each(t, func(t *testing.T, f *hire.Flow) {
		door := signin.Flow{Desk: f.Desk, Cost: f.Cost}
		refuse := func(want *fault.Fault, err error) {
			t.Helper()
			if got := fault.Of(err); got == nil || got.Code != want.Code {
				t.Errorf("%v instead of %s", err, want.Code)
			}
		}
		h, err := f.Add(ctx, nil, somebody("li.01"))
		if err != nil || !h.First.Equal(f.Desk.Clock.Now().AddDate(0, 0, access.FirstDays)) {
			t.Fatal(h.First, err)
		}
		_, err = door.Prove(ctx, line, "li.01", h.Password)
		refuse(access.ErrFirst, err)
		in, err := door.Staff(ctx, signin.Knock{Channel: "web", Address: "web"}, "li.01", h.Password)
		if err != nil || !in.First {
			t.Fatal(in.First, err)
		}
		own := access.Choice{Old: h.Password, New: "three short words", Again: "three short words"}
		for want, c := range map[*fault.Fault]access.Choice{access.ErrSame: {Old: h.Password, New: h.Password, Again: h.Password},
			access.ErrTwice: {Old: h.Password, New: own.New, Again: "others"}, access.ErrLoginIn: {Old: h.Password, New: "I am LI.01 here", Again: "I am LI.01 here"},
			access.ErrPassword: {Old: h.Password, New: "short", Again: "short"}, access.ErrOld: {Old: "another password", New: own.New, Again: own.New}} {
			refuse(want, door.Choose(ctx, line, "li.01", c))
		}
		if err := door.Choose(ctx, line, "li.01", own); err != nil {
			t.Fatal(err)
		}
		_, err = door.Enter(ctx, signin.Knock{Channel: "web", Cookie: in.Cookie})
		refuse(access.ErrOver, err)
		refuse(access.ErrOld, door.Choose(ctx, line, "li.01", own)) // good once
		if li, err := door.Prove(ctx, line, "li.01", own.New); err != nil || li.ID != string(h.ID) {
			t.Error(li, err)
		}
	})
}

func TestReset(t *testing.T) {
	each(t, func(t *testing.T, f *hire.Flow) {
		door := signin.Flow{Desk: f.Desk, Cost: f.Cost}
		alone, err := f.Add(ctx, nil, somebody("li.01"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Reset(ctx, nil, "li.01"); !errors.Is(fault.Of(err), hire.ErrMore) {
			t.Error("one who can come in was not asked:", err)
		}
		f.Desk.Clock.(*clock.Manual).Add(access.FirstDays * 24 * 3600e9)
		choice := access.Choice{Old: alone.Password, New: "three short words", Again: "three short words"}
		if err := door.Choose(ctx, line, "li.01", choice); !errors.Is(fault.Of(err), access.ErrFirstOver) {
			t.Error(err)
		}
		again, err := f.Reset(ctx, nil, "li.01") // who never came in cannot agree
		if err != nil || again.ID != alone.ID || again.Password == alone.Password {
			t.Fatal(again.ID, err)
		}
		choice.Old = again.Password
		if err := door.Choose(ctx, line, "li.01", choice); err != nil {
			t.Fatal(err)
		}
		li := desk.Actor{Role: desk.Centre, ID: string(alone.ID)}
		zhao := add(t, f, somebody("zhao.02"), li)
		sun := add(t, f, somebody("sun.03"), li, zhao)
		for _, x := range []struct {
			want *fault.Fault
			by   []desk.Actor
		}{{hire.ErrMore, []desk.Actor{li}}, {hire.ErrOwn, []desk.Actor{li, sun}}, {desk.ErrSamePerson, []desk.Actor{li, li}}} {
			if _, err := f.Reset(ctx, x.by, "sun.03"); !errors.Is(fault.Of(err), x.want) {
				t.Errorf("%v instead of %s", err, x.want.Code)
			}
		}
		in, err := door.Staff(ctx, signin.Knock{Channel: "web", Address: "web"}, "li.01", choice.New)
		if err != nil || in.First {
			t.Fatal(in.First, err)
		}
		if _, err := f.Reset(ctx, []desk.Actor{zhao, sun}, "li.01"); err != nil {
			t.Fatal(err)
		}
		if _, err := door.Enter(ctx, signin.Knock{Channel: "web", Cookie: in.Cookie}); !errors.Is(fault.Of(err), access.ErrOver) {
			t.Error("a session outlives its password:", err)
		}
	})
}
