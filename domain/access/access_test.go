package access_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"kawu/domain/access"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
)

var (
	ctx   = context.Background()
	cheap = access.Cost{Memory: 64, Time: 1, Threads: 1}
)

func at(t *testing.T, d *db.DB, after time.Duration, fn func(*db.Tx) error) {
	t.Helper()
	if err := d.Write(ctx, dbtest.Noon.Add(after), fn); err != nil {
		t.Fatal(err)
	}
}

func TestPasswords(t *testing.T) {
	h, err := cheap.Hash("correct horse 电池")
	if err != nil || !strings.HasPrefix(h, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Fatal(h, err)
	}
	again, _ := cheap.Hash("correct horse 电池")
	if h == again {
		t.Error("no salt")
	}
	for _, c := range []struct {
		password, hash string
		cost           access.Cost
		ok, stale      bool
	}{
		{"correct horse 电池", h, cheap, true, false},
		{"correct horse 电池", h, access.Cost{Memory: 128, Time: 1, Threads: 1}, true, true},
		{"correct horse 电", h, cheap, false, false},
		{"", h, cheap, false, false},
		{"x", "", cheap, false, false},
		{"x", "$argon2id$v=19$m=4294967295,t=1,p=1$AAAAAAAAAAA$" + strings.Repeat("A", 43), cheap, false, false},
		{"x", "$2a$10$bcrypt", cheap, false, false},
		{"correct horse 电池", strings.Replace(h, "v=19", "v=16", 1), cheap, false, false},
	} {
		if ok, stale := c.cost.Matches(c.password, c.hash); ok != c.ok || stale != c.stale {
			t.Errorf("%q in %q: %v %v", c.password, c.hash, ok, stale)
		}
	}
	if _, err := cheap.Hash("九个字符不够长啊"); !errors.Is(err, access.ErrPassword) {
		t.Error(err)
	}
}

// A hash from the tests of Argon2's reference program.
func TestForeignHash(t *testing.T) {
	const made = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	if ok, stale := cheap.Matches("password", made); !ok || !stale {
		t.Error(ok, stale)
	}
	if ok, _ := cheap.Matches("password", strings.TrimSuffix(made, "i/4")); ok {
		t.Error("a cut key matches")
	}
}

func TestSessions(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var cookie string
		var s access.Session
		at(t, d, 0, func(tx *db.Tx) (err error) {
			s, cookie, err = access.Open(ctx, tx, access.Session{Staff: "stf_1", City: "beijing"}, "")
			return err
		})
		token, _, _ := strings.Cut(cookie, ".")
		if n, err := db.Int(ctx, d, "select count(*) from session where mark = $1 or mark like '%'||$1||'%'", token); n != 0 || err != nil || len(token) != 43 {
			t.Errorf("the token is stored: %d %v", n, err)
		}
		enter := func(c string, after time.Duration) (access.Session, string, error) {
			return access.Enter(ctx, d, c, dbtest.Noon.Add(after))
		}
		got, next, err := enter(cookie, 20*time.Minute)
		if err != nil || got.Staff != "stf_1" || got.City != "beijing" || got.Mark != s.Mark || !got.Until.Equal(dbtest.Noon.Add(access.StaffHours)) {
			t.Fatalf("%+v %v", got, err)
		}
		if _, _, err := enter(next, 49*time.Minute); err != nil { // used in between
			t.Error(err)
		}
		forged := token + "." + strings.Split(next, ".")[1] + "." + strings.Split(cookie, ".")[2]
		for name, c := range map[string]struct {
			cookie string
			after  time.Duration
		}{
			"idle": {cookie, 31 * time.Minute}, "empty": {"", 0}, "token only": {token, 0}, "cut": {cookie[:len(cookie)-1], 0},
			"another time": {forged, 31 * time.Minute}, "from the future": {next, 0},
		} {
			if _, _, err := enter(c.cookie, c.after); !errors.Is(err, access.ErrOver) {
				t.Errorf("%s: %v", name, err)
			}
		}
		last := cookie
		for after := time.Duration(0); after < access.StaffHours; after += 29 * time.Minute {
			if _, last, err = enter(last, after); err != nil {
				t.Fatalf("after %v: %v", after, err)
			}
		}
		if _, _, err := enter(last, access.StaffHours); !errors.Is(err, access.ErrOver) {
			t.Errorf("after twelve hours: %v", err)
		}

		// Signing in again ends the session that came with the request.
		var second string
		at(t, d, 0, func(tx *db.Tx) (err error) {
			_, second, err = access.Open(ctx, tx, access.Session{Person: "per_1"}, cookie)
			return err
		})
		if _, _, err := enter(cookie, 0); !errors.Is(err, access.ErrOver) {
			t.Errorf("the old one: %v", err)
		}
		if got, _, err := enter(second, 0); err != nil || got.Person != "per_1" || !got.Until.Equal(dbtest.Noon.Add(access.CitizenHours)) {
			t.Errorf("%+v %v", got, err)
		}
		at(t, d, 0, func(tx *db.Tx) error { return access.Close(ctx, tx, second) })
		if _, _, err := enter(second, 0); !errors.Is(err, access.ErrOver) {
			t.Errorf("after leaving: %v", err)
		}
		at(t, d, 0, func(tx *db.Tx) (err error) {
			_, cookie, err = access.Open(ctx, tx, access.Session{Staff: "stf_1"}, "")
			return errors.Join(err, access.CloseOf(ctx, tx, "stf_1"))
		})
		if _, _, err := enter(cookie, 0); !errors.Is(err, access.ErrOver) {
			t.Errorf("after all were closed: %v", err)
		}
	})
}

func TestCodes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ask := func(p ref.Person) (ticket access.Ticket, code string) {
			at(t, d, 0, func(tx *db.Tx) (err error) { ticket, code, err = access.NewCode(ctx, tx, p, "beijing"); return err })
			return ticket, code
		}
		try := func(after time.Duration, ticket, code string) (p ref.Person, refused error) {
			at(t, d, after, func(tx *db.Tx) (err error) { p, _, refused, err = access.TryCode(ctx, tx, ticket, code); return err })
			return p, refused
		}
		k, code := ask("per_1")
		if len(code) != 6 || k.Until.Sub(dbtest.Noon) != 5*time.Minute {
			t.Errorf("%q %v", code, k)
		}
		if n, err := db.Int(ctx, d, "select count(*) from login_code where code_mark like '%'||$1||'%'", code); n != 0 || err != nil {
			t.Error("the code is stored")
		}
		other, _ := ask("per_2")
		if _, refused := try(0, other.ID, code); !errors.Is(refused, access.ErrCode) {
			t.Errorf("another ticket: %v", refused)
		}
		if _, refused := try(5*time.Minute, k.ID, code); !errors.Is(refused, access.ErrCodeOver) {
			t.Errorf("after five minutes: %v", refused)
		}
		if p, refused := try(0, k.ID, code); p != "per_1" || refused != nil {
			t.Errorf("%v %v", p, refused)
		}
		if _, refused := try(0, k.ID, code); !errors.Is(refused, access.ErrCodeOver) {
			t.Errorf("twice: %v", refused)
		}

		k, code = ask("per_1")
		for left := 4; left >= 0; left-- {
			_, refused := try(0, k.ID, "wrong!")
			if f := fault.Of(refused); left > 0 && (f.Code != access.ErrCode.Code || f.Args["n"] != left) || left == 0 && f.Code != access.ErrCodeOver.Code {
				t.Errorf("%d left: %v", left, refused)
			}
		}
		if _, refused := try(0, k.ID, code); !errors.Is(refused, access.ErrCodeOver) {
			t.Errorf("right, but too late: %v", refused)
		}

		k, code = ask("per_1")
		newer, newCode := ask("per_1")
		if _, refused := try(0, k.ID, code); !errors.Is(refused, access.ErrCodeOver) {
			t.Errorf("the one before the newest: %v", refused)
		}
		if p, _ := try(0, newer.ID, newCode); p != "per_1" {
			t.Error("the newest does not count")
		}

		nobody, code := ask("")
		if _, refused := try(0, nobody.ID, code); !errors.Is(refused, access.ErrCode) {
			t.Errorf("nobody's code: %v", refused)
		}
		if _, refused := try(0, "cod_none", code); !errors.Is(refused, access.ErrCodeOver) {
			t.Errorf("no such ticket: %v", refused)
		}
	})
}

func TestLimits(t *testing.T) {
	limit := access.Limit{Name: "test", Most: 5, Window: 10 * time.Minute}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		count := func(after time.Duration, who string) (refused error) {
			if err := d.Write(ctx, dbtest.Noon.Add(after), func(tx *db.Tx) (err error) { refused, err = access.Count(ctx, tx, limit, who); return err }); err != nil {
				t.Error(err)
			}
			return refused
		}
		var wg sync.WaitGroup
		results := make([]error, 40)
		for i := range results {
			wg.Go(func() { results[i] = count(0, "192.0.2.7") })
		}
		wg.Wait()
		passed := 0
		for _, r := range results {
			if r == nil {
				passed++
			}
		}
		if passed != 5 {
			t.Errorf("%d of 40 at once passed", passed)
		}
		if f := fault.Of(count(9*time.Minute+time.Second, "192.0.2.7")); f == nil || f.Kind != fault.TooMany || f.Args["n"] != 1 {
			t.Errorf("%v", f)
		}
		if count(0, "192.0.2.8") != nil {
			t.Error("somebody else is refused too")
		}
		if count(10*time.Minute, "192.0.2.7") != nil {
			t.Error("refused after the window")
		}
		if n, err := db.Int(ctx, d, "select count(*) from attempt where bucket_mark like '%192%'"); n != 0 || err != nil {
			t.Error("an address is stored")
		}
		for range 8 {
			at(t, d, 0, func(tx *db.Tx) error {
				refused, err := access.Count(ctx, tx, limit, "good")
				return errors.Join(refused, err, access.GiveBack(ctx, tx, limit, "good"))
			})
		}
		at(t, d, 0, func(tx *db.Tx) error { return access.Forget(ctx, tx, dbtest.Noon.Add(time.Hour)) })
		if n, err := db.Int(ctx, d, "select count(*) from attempt"); n != 0 || err != nil {
			t.Errorf("%d counters left, %v", n, err)
		}
	})
}

func TestStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := access.Staff{ID: "stf_1", Login: " Clerk.Xidan ", Role: "clerk", City: "beijing", Org: "icbc", Place: "out_1", District: "110102", Name: "张𠮷"}
		dbtest.Write(t, d, func(tx *db.Tx) error { return access.Put(ctx, tx, []access.Staff{s}, []string{"hash"}) })
		got, hash, err := access.ByLogin(ctx, d, "CLERK.xidan")
		s.Login = "clerk.xidan"
		if err != nil || hash != "hash" || got != s {
			t.Errorf("%#v %q %v", got, hash, err)
		}
		moved := s
		moved.ID, moved.Place = "stf_2", "out_2"
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(access.Put(ctx, tx, []access.Staff{moved}, []string{""}), access.SetHash(ctx, tx, "stf_1", "newer"))
		})
		if got, hash, err = access.ByLogin(ctx, d, s.Login); err != nil || got.ID != "stf_1" || got.Place != "out_2" || hash != "newer" {
			t.Errorf("%#v %q %v", got, hash, err)
		}
		dbtest.Write(t, d, func(tx *db.Tx) error { return access.Disable(ctx, tx, []ref.Staff{"stf_1"}) })
		if got, found, err := access.Get(ctx, d, "stf_1"); err != nil || !found || !got.Disabled {
			t.Errorf("%#v %v %v", got, found, err)
		}
		if got, hash, err := access.ByLogin(ctx, d, "nobody"); err != nil || hash != "" || got != (access.Staff{}) {
			t.Errorf("%#v %v", got, err)
		}
		if n, _ := db.Int(ctx, d, "select count(*) from staff where name_seal like '%张%'"); n != 0 {
			t.Error("a name in plain text")
		}
	})
}
