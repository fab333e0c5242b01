package desk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"kawu/domain/audit"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/sm"
)

var (
	ctx   = context.Background()
	agent = desk.Actor{Role: desk.Agent, ID: "stf_1", City: "beijing", Org: "emp_1", Channel: "web", Scope: "emp_1"}
)

func each(t *testing.T, run func(t *testing.T, k *desk.Desk)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { run(t, &desk.Desk{DB: d, Clock: clock.At(dbtest.Noon)}) })
}

func trail(t *testing.T, k *desk.Desk) []audit.Line {
	t.Helper()
	lines, err := audit.Latest(ctx, k.DB, 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// note writes something of a sitting's own, so that a rollback can be seen.
func note(s *desk.Sitting, key string) error { return s.Ring(ctx, "test.bell", key, dbtest.Noon) }

func notes(t *testing.T, k *desk.Desk) int64 {
	t.Helper()
	n, err := db.Int(ctx, k.DB, "select count(*) from duty")
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSittingLeavesItsLine(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		var id string
		err := k.Sit(ctx, agent, desk.SubmitCollective, func(s *desk.Sitting) error {
			id = s.ID
			s.About("col_1", 300, "bank", "icbc", "left", 4)
			if !s.At().Equal(dbtest.Noon) || s.Actor != agent {
				t.Errorf("at %v by %+v", s.At(), s.Actor)
			}
			return note(s, "a")
		})
		lines := trail(t, k)
		if err != nil || len(lines) != 1 || notes(t, k) != 1 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		l := lines[0]
		var detail map[string]any
		if json.Unmarshal([]byte(l.Detail), &detail) != nil || detail["bank"] != "icbc" || detail["left"] != 4.0 {
			t.Errorf("detail %s", l.Detail)
		}
		got := fmt.Sprintln(l.Seq, l.Sitting == id, l.At.Equal(dbtest.Noon), l.ActorKind, l.Actor, l.Org, l.Channel, l.Act, l.Subject, l.N)
		if got != "1 true true agent stf_1 emp_1 web collective.submit col_1 300\n" {
			t.Error(got)
		}
	})
}

func TestNobodyDoesWhatTheRoleDoesNotInclude(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		never := func(*desk.Sitting) error { t.Error("ran"); return nil }
		for _, who := range []desk.Actor{agent, {}, {Role: "root"}, desk.Clockwork("x")} {
			if err := k.Sit(ctx, who, desk.EnableCard, never); !errors.Is(err, desk.ErrForbidden) {
				t.Errorf("%s: %v", who.Role, err)
			}
			_, err := k.Once(ctx, who, desk.EnableCard, "key", func(s *desk.Sitting) (string, error) { return "", never(s) })
			if !errors.Is(err, desk.ErrForbidden) {
				t.Errorf("%s once: %v", who.Role, err)
			}
		}
		if err := k.Sit(ctx, agent, "no.such.act", never); fault.Of(err).Kind != fault.Forbidden {
			t.Errorf("unknown act: %v", err)
		}
		if len(trail(t, k)) != 0 {
			t.Error("a refusal left a line")
		}
	})
}

func TestFailureLeavesNothing(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		wrong := errors.New("wrong")
		sit := func(end func() error) (err error) {
			defer func() {
				if p := recover(); p != nil {
					err = wrong
				}
			}()
			return k.Sit(ctx, agent, desk.ListRoster, func(s *desk.Sitting) error {
				if err := note(s, "a"); err != nil {
					return err
				}
				return end()
			})
		}
		for name, end := range map[string]func() error{
			"error": func() error { return wrong },
			"panic": func() error { panic("x") },
		} {
			if err := sit(end); err != wrong {
				t.Errorf("%s: %v", name, err)
			}
		}
		err := k.Sit(ctx, agent, desk.ListRoster, func(s *desk.Sitting) error {
			s.About("x", 1, "channel", make(chan int)) // cannot be written down
			return note(s, "a")
		})
		if err == nil || len(trail(t, k)) != 0 || notes(t, k) != 0 {
			t.Errorf("%v, %d lines, %d notes", err, len(trail(t, k)), notes(t, k))
		}
	})
}

func TestOnce(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		runs := 0
		do := func(who desk.Actor, act desk.Act, key string) string {
			t.Helper()
			got, err := k.Once(ctx, who, act, key, func(s *desk.Sitting) (string, error) {
				runs++
				return fmt.Sprint("result ", runs), note(s, fmt.Sprint(runs))
			})
			if err != nil {
				t.Error(err)
			}
			return got
		}
		other := agent
		other.ID = "stf_2"
		got := []string{do(agent, desk.ListRoster, "k"), do(agent, desk.ListRoster, "k"), do(agent, desk.FixRoster, "k"),
			do(other, desk.ListRoster, "k"), do(agent, desk.ListRoster, "k2"), do(agent, desk.ListRoster, ""), do(agent, desk.ListRoster, "")}
		lesser := agent
		lesser.Role = desk.Citizen // the same person, no longer allowed to
		if _, err := k.Once(ctx, lesser, desk.ListRoster, "k", nil); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("a kept result is given to anybody: %v", err)
		}
		if s := strings.Join(got, ","); s != "result 1,result 1,result 2,result 3,result 4,result 5,result 6" {
			t.Error(s)
		}
		if len(trail(t, k)) != 6 || notes(t, k) != 6 {
			t.Errorf("%d lines, %d notes", len(trail(t, k)), notes(t, k))
		}
	})
}

// A refused command is not remembered: the same key may be sent again when the cause is mended.
func TestOnceForgetsFailures(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		refused := fault.New(fault.Refused, "test.no", "no")
		_, err := k.Once(ctx, agent, desk.ListRoster, "k", func(*desk.Sitting) (string, error) { return "", refused })
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		got, err := k.Once(ctx, agent, desk.ListRoster, "k", func(*desk.Sitting) (string, error) { return "yes", nil })
		if got != "yes" || err != nil {
			t.Fatal(got, err)
		}
	})
}

// A double click: many at the same time are one sitting, and all get its result, even though the
// step itself would refuse to be done twice.
func TestOnceAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		var runs atomic.Int64
		var wg sync.WaitGroup
		for range 12 {
			wg.Go(func() {
				got, err := k.Once(ctx, agent, desk.SubmitCollective, "k", func(s *desk.Sitting) (string, error) {
					if runs.Add(1) > 1 {
						return "", fault.New(fault.Refused, "test.twice", "submitted already")
					}
					return "col_1", note(s, "a")
				})
				if got != "col_1" || err != nil {
					t.Errorf("got %q %v", got, err)
				}
			})
		}
		wg.Wait()
		if runs.Load() != 1 || len(trail(t, k)) != 1 {
			t.Errorf("%d runs, %d lines", runs.Load(), len(trail(t, k)))
		}
	})
}

// Sittings of many people at once make one unbroken trail.
func TestTrailOfManyIsWhole(t *testing.T) {
	each(t, func(t *testing.T, k *desk.Desk) {
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := k.Sit(ctx, desk.Clockwork("x"), desk.CompareData, func(s *desk.Sitting) error {
					s.About(fmt.Sprint("subject", i), 1)
					return job.Put(ctx, s.Tx, "test.bell", fmt.Sprint(i), dbtest.Noon)
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		key, err := sm.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		rep, err := audit.Verify(ctx, k.DB, key.Public())
		if err != nil || rep.Broken != 0 || rep.Lines != 60 {
			t.Errorf("%+v %v", rep, err)
		}
	})
}
