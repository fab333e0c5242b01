package reportloss_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/reportloss"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/job"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/kit/state"
)

var (
	ctx    = context.Background()
	clerk  = desk.Actor{Role: desk.Clerk, ID: "stf_1", City: "x", Org: "icbc", Place: "out_1", Channel: "web"}
	centre = desk.Actor{Role: desk.Centre, ID: "stf_2", City: "x", Org: "centre", Channel: "web"}
)

func citizen(i int) desk.Actor {
	return desk.Actor{Role: desk.Citizen, ID: string(per(i)), Person: per(i), Channel: "web"}
}

func number(i int) idno.Number {
	body := fmt.Sprintf("110102%d0101%03d", 1980+i/900, i%900)
	return idno.Number(body + string(idno.Check(body)))
}

func per(i int) ref.Person { return ref.Person(fmt.Sprintf("per_%04d", i)) }
func crd(i int) ref.Card   { return ref.Card(fmt.Sprintf("crd_%04d", i)) }
func printed(i int) string { return fmt.Sprintf("BA%07d", i) }
func shown(i int) reportloss.Shown {
	return reportloss.Shown{Document: number(i).Reveal(), Number: printed(i)}
}

// stand is a city of people who each use one card with two certificates.
type stand struct {
	*reportloss.Flow
	t     *testing.T
	db    *db.DB
	clock *clock.Manual
}

func each(t *testing.T, people int, p reportloss.Period, run func(s *stand)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := clock.At(dbtest.Noon)
		s := &stand{t: t, db: d, clock: now, Flow: &reportloss.Flow{Desk: &desk.Desk{DB: d, Clock: now}, City: "x", Revoke: "certificate.tell",
			Period: func(time.Time, int64) reportloss.Period { return p }, BankName: func(b ref.Bank) string { return "工商银行" }, BankPhone: func(ref.Bank) string { return "95588" }}}
		var them []person.Person
		var cards []card.Card
		var certs []certificate.Certificate
		for i := range people {
			them = append(them, person.Person{ID: per(i), City: "x", Number: number(i), Name: name.Person("林知遥"), Mobile: phone.Number("13900000000")})
			cards = append(cards, card.Card{ID: crd(i), City: "x", Number: printed(i), Person: per(i), Bank: "icbc", Generation: 3, Making: card.Handed, Social: card.Normal})
			for _, use := range []string{"sign", "encrypt"} {
				certs = append(certs, certificate.Certificate{Serial: fmt.Sprintf("%s%04d", use, i), Card: crd(i), Usage: use, NotAfter: dbtest.Noon.AddDate(10, 0, 0)})
			}
		}
		dbtest.Write(t, d, func(tx *db.Tx) error {
			return errors.Join(person.Put(ctx, tx, them), card.Put(ctx, tx, cards), certificate.Put(ctx, tx, certs))
		})
		run(s)
	}, card.Making, card.Social, card.Financial, certificate.Cycle, application.Cycle, notice.Cycle)
}

// want checks a card's state, its certificates' and its open report's kind.
func (s *stand) want(i int, social, certs state.State, open loss.Kind) {
	s.t.Helper()
	c, err := card.Get(ctx, s.db, crd(i))
	all, err2 := certificate.Of(ctx, s.db, crd(i))
	reports, err3 := loss.Open(ctx, s.db, []ref.Card{crd(i)})
	if err := errors.Join(err, err2, err3); err != nil {
		s.t.Fatal(err)
	}
	if c.Social != social || all[0].State != certs || all[1].State != certs || reports[crd(i)].Kind != open {
		s.t.Errorf("card %d: %s, certificates %s %s, report %q; want %s %s %q", i, c.Social, all[0].State, all[1].State, reports[crd(i)].Kind, social, certs, open)
	}
}

func (s *stand) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stand) refused(err error, want *fault.Fault) {
	s.t.Helper()
	if f := fault.Of(err); f == nil || f.Code != want.Code {
		s.t.Errorf("%v, want %s", err, want.Code)
	}
}

// heard lists the templates a person was sent, the newest first.
func (s *stand) heard(i int) (out []string) {
	s.t.Helper()
	all, err := notice.OfPerson(ctx, s.db, per(i), 20)
	s.ok(err)
	for _, m := range all {
		out = append(out, m.Template)
	}
	return out
}

var shanghai = reportloss.Period{Days: 5, Expiry: loss.GiveBack, WarnDays: 1}

func TestTemporary(t *testing.T) {
	each(t, 4, shanghai, func(s *stand) {
		s.refused(s.Temporarily(ctx, citizen(1), crd(0)), card.ErrUnknown) // somebody else's
		s.want(0, card.Normal, certificate.Good, "")
		s.ok(s.Temporarily(ctx, citizen(0), crd(0)))
		s.ok(s.Temporarily(ctx, clerk, crd(1)))
		s.ok(s.Temporarily(ctx, centre, crd(2)))
		for i, channel := range []string{"online", "counter", "phone"} {
			s.want(i, card.TempLost, certificate.Held, loss.Temporary)
			all, err := loss.Of(ctx, s.db, crd(i))
			if err != nil || all[0].Channel != channel || !all[0].Until.Equal(dbtest.Noon.AddDate(0, 0, 5)) || all[0].Reason != loss.Lost {
				t.Errorf("%+v %v", all, err)
			}
		}
		s.refused(s.Temporarily(ctx, citizen(0), crd(0)), reportloss.ErrReported)
		s.refused(s.Release(ctx, clerk, crd(0), shown(1)), reportloss.ErrIdentity)
		s.refused(s.Release(ctx, centre, crd(2), shown(2)), desk.ErrForbidden) // never by telephone
		s.refused(s.Release(ctx, citizen(3), crd(3), reportloss.Shown{}), reportloss.ErrNotLost)
		s.ok(s.Release(ctx, citizen(0), crd(0), reportloss.Shown{}))
		s.ok(s.Release(ctx, clerk, crd(1), shown(1)))
		s.want(0, card.Normal, certificate.Good, "")
		s.want(1, card.Normal, certificate.Good, "")
		if got := s.heard(0); len(got) != 2 || got[0] != "sms.released" || got[1] != "sms.lost_release" {
			t.Errorf("%v", got)
		}
		if lines, err := audit.About(ctx, s.db, string(crd(0)), 10); err != nil || len(lines) != 2 {
			t.Errorf("%d lines of the trail, %v", len(lines), err)
		}
	})
}

func TestFormal(t *testing.T) {
	each(t, 5, shanghai, func(s *stand) {
		s.refused(s.Formally(ctx, citizen(0), crd(0), loss.Lost, shown(0)), desk.ErrForbidden)
		s.refused(s.Formally(ctx, clerk, crd(0), loss.Lost, shown(1)), reportloss.ErrIdentity)
		s.refused(s.Formally(ctx, clerk, crd(0), "mood", shown(0)), reportloss.ErrReason)
		s.ok(s.Temporarily(ctx, citizen(0), crd(0)))
		proxy := shown(0)
		proxy.Proxy = true
		s.ok(s.Formally(ctx, clerk, crd(0), loss.Stolen, proxy))
		s.want(0, card.Lost, certificate.Held, loss.Formal)
		s.clock.To(dbtest.Noon.AddDate(0, 0, 30)) // a formal report does not run out, nor what it replaced
		s.ok(s.Look(ctx, "x"))
		s.want(0, card.Lost, certificate.Held, loss.Formal)

		s.refused(s.Release(ctx, citizen(0), crd(0), reportloss.Shown{}), reportloss.ErrInPerson)
		s.refused(s.Release(ctx, clerk, crd(0), proxy), reportloss.ErrInPerson)
		s.refused(s.Release(ctx, clerk, crd(0), reportloss.Shown{Document: number(0).Reveal(), Number: printed(1)}), reportloss.ErrOtherCard)
		s.refused(s.Release(ctx, clerk, crd(0), reportloss.Shown{Document: number(0).Reveal()}), reportloss.ErrNoCard)
		s.ok(s.Release(ctx, clerk, crd(0), shown(0)))
		s.want(0, card.Normal, certificate.Good, "")

		s.ok(s.Formally(ctx, clerk, crd(1), loss.ChangeBank, shown(1)))
		apply := func(reason string) {
			dbtest.Write(t, s.db, func(tx *db.Tx) error {
				return application.Put(ctx, tx, []application.Application{{ID: "app_" + ref.Application(reason), City: "x", Person: per(1), Reason: reason, Number: number(1), Name: "林知遥", Mobile: "13900000000"}})
			})
		}
		apply("change_bank")
		s.refused(s.Release(ctx, clerk, crd(1), shown(1)), reportloss.ErrReplacing)
		dbtest.Write(t, s.db, func(tx *db.Tx) error {
			return errors.Join(state.Apply(ctx, tx, application.Cycle, "withdraw", []ref.Application{"app_change_bank"}, "s"), application.Close(ctx, tx, []ref.Application{"app_change_bank"}))
		})
		apply("campaign") // an exchange is no replacement of the card that was lost
		s.ok(s.Release(ctx, clerk, crd(1), shown(1)))

		s.ok(s.Formally(ctx, clerk, crd(2), loss.ChangeBank, shown(2)))
		s.ok(s.Formally(ctx, clerk, crd(3), loss.Lost, shown(3)))
		f, err := loss.Count(ctx, s.db, "x", dbtest.Noon.AddDate(0, 0, -1))
		if want := (loss.Figures{Formal: 1, Reported: 2, Found: 1, ChangeBank: 2, Open: 2}); err != nil || f != want {
			t.Errorf("%+v %v, want %+v", f, err, want)
		}
	})
}

func TestWhatCannotBeReported(t *testing.T) {
	each(t, 3, shanghai, func(s *stand) {
		dbtest.Write(t, s.db, func(tx *db.Tx) error {
			return errors.Join(state.Apply(ctx, tx, card.Social, "lock", []ref.Card{crd(0)}, "s"), card.End(ctx, tx, []ref.Card{crd(1)}, "cancel", "s"),
				card.Put(ctx, tx, []card.Card{{ID: "crd_new", City: "x", Person: per(2), Generation: 3}, {ID: "crd_far", City: "y", Person: per(2), Generation: 3}}))
		})
		s.refused(s.Temporarily(ctx, citizen(0), crd(0)), reportloss.ErrLocked)
		s.refused(s.Temporarily(ctx, citizen(1), crd(1)), reportloss.ErrVoid)
		s.refused(s.Temporarily(ctx, citizen(2), "crd_new"), reportloss.ErrNotEnabled)
		s.refused(s.Temporarily(ctx, centre, "crd_far"), card.ErrUnknown)
	})
}

// TestRunningOut: the duty tells holders a day before, gives all cards back when their time is over, in
// as many statements for many as for few, and comes back when the next one is due.
func TestRunningOut(t *testing.T) {
	const people = 60
	each(t, people, shanghai, func(s *stand) {
		for i := range people {
			if i == people-1 {
				s.clock.To(dbtest.Noon.Add(time.Hour))
			}
			s.ok(s.Temporarily(ctx, citizen(i), crd(i)))
		}
		var again job.Again
		next := func(want time.Time) {
			t.Helper()
			err := s.Look(ctx, "x")
			if !errors.As(err, &again) || !again.At.Equal(want) {
				t.Fatalf("%v, want again at %s", err, want)
			}
		}
		next(dbtest.Noon.AddDate(0, 0, 4))
		s.clock.To(dbtest.Noon.AddDate(0, 0, 4))
		next(dbtest.Noon.AddDate(0, 0, 4).Add(time.Hour))
		if got := s.heard(0); got[0] != "sms.loss_ends_release" || s.heard(people - 1)[0] != "sms.lost_release" {
			t.Errorf("%v", got)
		}
		s.clock.To(dbtest.Noon.AddDate(0, 0, 5))
		before := s.db.Statements()
		next(dbtest.Noon.AddDate(0, 0, 5).Add(time.Hour)) // the last one has been told in the meantime
		if n := s.db.Statements() - before; n > 60 {
			t.Errorf("%d statements for %d cards", n, people)
		}
		s.want(0, card.Normal, certificate.Good, "")
		s.want(people-2, card.Normal, certificate.Good, "")
		s.want(people-1, card.TempLost, certificate.Held, loss.Temporary)
		if got := s.heard(7); got[0] != "sms.loss_over_release" {
			t.Errorf("%v", got)
		}
		s.clock.To(dbtest.Noon.AddDate(0, 0, 6))
		s.ok(s.Look(ctx, "x"))
		s.want(people-1, card.Normal, certificate.Good, "")
	})
}

// TestEndsTheCard: where the city says so, a report that runs out ends the card, with its certificates.
func TestEndsTheCard(t *testing.T) {
	each(t, 1, reportloss.Period{Days: 15, Expiry: loss.EndCard}, func(s *stand) {
		s.ok(s.Temporarily(ctx, citizen(0), crd(0)))
		s.clock.To(dbtest.Noon.AddDate(0, 0, 15))
		s.ok(s.Look(ctx, "x"))
		s.want(0, card.Void, certificate.Revoked, "")
		if all, err := certificate.Of(ctx, s.db, crd(0)); err != nil || all[0].Reason != certificate.Lost {
			t.Errorf("%+v %v", all, err)
		}
		s.refused(s.Release(ctx, citizen(0), crd(0), reportloss.Shown{}), reportloss.ErrVoid)
	})
}
