package cancelcard_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"kawu/domain/application"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/custody"
	"kawu/domain/loss"
	"kawu/domain/notice"
	"kawu/domain/parcel"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/cancelcard"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/db/dbtest"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/kit/state"
)

var (
	ctx    = context.Background()
	clerk  = desk.Actor{Role: desk.Clerk, ID: "stf_1", City: "x", Org: "icbc", Place: "out_1", Channel: "web"}
	centre = desk.Actor{Role: desk.Centre, ID: "stf_2", City: "x", Org: "centre", Channel: "web"}
	second = desk.Actor{Role: desk.Centre, ID: "stf_3", City: "x", Org: "centre", Channel: "web"}
)

func number(i int) idno.Number {
	body := fmt.Sprintf("110102%d0101%03d", 1980+i/900, i%900)
	return idno.Number(body + string(idno.Check(body)))
}

func per(i int) ref.Person { return ref.Person(fmt.Sprintf("per_%04d", i)) }
func crd(i int) ref.Card   { return ref.Card(fmt.Sprintf("crd_%04d", i)) }

func order(i int, r cancellation.Reason, p cancellation.Proof) cancelcard.Order {
	return cancelcard.Order{Reason: r, Proof: p, Document: number(i).Reveal()}
}

// stand is a city of people who each use one card with a certificate.
type stand struct {
	*cancelcard.Flow
	t  *testing.T
	db *db.DB
}

func each(t *testing.T, run func(s *stand)) {
	const people = 8
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := &stand{t: t, db: d, Flow: &cancelcard.Flow{Desk: &desk.Desk{DB: d, Clock: clock.At(dbtest.Noon)}, City: "x", Revoke: "certificate.tell", Close: "collective.close",
			BankName: func(b ref.Bank) string { return "工商银行" }, BankPhone: func(ref.Bank) string { return "95588" }}}
		var them []person.Person
		var cards []card.Card
		var certs []certificate.Certificate
		for i := range people {
			them = append(them, person.Person{ID: per(i), City: "x", Number: number(i), Name: name.Person("林知遥"), Mobile: phone.Number("13900000000")})
			cards = append(cards, card.Card{ID: crd(i), City: "x", Number: fmt.Sprintf("BA%07d", i), Person: per(i), Bank: "icbc", Generation: 3, Making: card.Handed, Social: card.Normal, Financial: card.Active})
			certs = append(certs, certificate.Certificate{Serial: fmt.Sprintf("%04d", i), Card: crd(i), Usage: "sign", NotAfter: dbtest.Noon.AddDate(10, 0, 0)})
		}
		s.write(func(tx *db.Tx) error {
			return errors.Join(person.Put(ctx, tx, them), card.Put(ctx, tx, cards), certificate.Put(ctx, tx, certs))
		})
		run(s)
	}, card.Making, card.Social, card.Financial, certificate.Cycle, application.Cycle, notice.Cycle, cancellation.Cycle, parcel.Cycle, trouble.Cycle)
}

func (s *stand) write(f func(tx *db.Tx) error) { s.t.Helper(); dbtest.Write(s.t, s.db, f) }

func (s *stand) cancel(who desk.Actor, i int, r cancellation.Reason, p cancellation.Proof) error {
	_, err := s.Cancel(ctx, who, crd(i), order(i, r, p))
	return err
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

// want checks a card, its account, its certificate and what the holder was told last.
func (s *stand) want(i int, social state.State, reason, told string) {
	s.t.Helper()
	c, err := card.Get(ctx, s.db, crd(i))
	all, err2 := certificate.Of(ctx, s.db, crd(i))
	messages, err3 := notice.OfPerson(ctx, s.db, per(i), 1)
	s.ok(errors.Join(err, err2, err3))
	last := ""
	if len(messages) > 0 {
		last = messages[0].Template
	}
	if c.Social != social || c.Financial != card.Active || all[0].Reason != reason || last != told || (social == card.Void) == c.VoidedAt.IsZero() {
		s.t.Errorf("card %d: %s %s, certificate %s %q, told %q; want %s %q %q", i, c.Social, c.Financial, all[0].State, all[0].Reason, last, social, reason, told)
	}
}

func TestCancelling(t *testing.T) {
	each(t, func(s *stand) {
		s.refused(s.cancel(clerk, 0, cancellation.Abroad, "death_certificate"), cancelcard.ErrProof)
		s.refused(s.cancel(clerk, 0, "mood", "own_request"), cancelcard.ErrProof)
		_, err := s.Cancel(ctx, clerk, crd(0), order(1, cancellation.Abroad, "settlement_abroad"))
		s.refused(err, cancelcard.ErrIdentity)
		s.want(0, card.Normal, "", "")
		s.ok(s.cancel(clerk, 0, cancellation.Abroad, "settlement_abroad"))
		s.want(0, card.Void, certificate.Ceased, "sms.cancelled") // the account lives on
		s.refused(s.cancel(clerk, 0, cancellation.Abroad, "settlement_abroad"), cancelcard.ErrVoid)

		for i, why := range map[int]loss.Reason{1: loss.Lost, 2: loss.ChangeBank} {
			s.write(func(tx *db.Tx) error {
				_, err := certificate.Hold(ctx, tx, []ref.Card{crd(i)}, "s")
				return errors.Join(err, state.Apply(ctx, tx, card.Social, "report", []ref.Card{crd(i)}, "s"),
					loss.Put(ctx, tx, []loss.Report{{City: "x", Card: crd(i), Person: per(i), Kind: loss.Formal, Reason: why}}))
			})
		}
		s.ok(s.cancel(clerk, 1, cancellation.Moved, "move_certificate"))
		s.ok(s.cancel(clerk, 2, cancellation.ChangeBank, "own_request"))
		s.want(1, card.Void, certificate.Lost, "sms.cancelled")
		s.want(2, card.Void, certificate.Ceased, "sms.cancelled")
		if open, err := loss.OpenIn(ctx, s.db, "x", 0, 10); err != nil || len(open) != 0 {
			t.Errorf("%v %v", open, err)
		}
		s.write(func(tx *db.Tx) error { return state.Apply(ctx, tx, card.Social, "lock", []ref.Card{crd(3)}, "s") })
		s.refused(s.cancel(clerk, 3, cancellation.Abroad, "settlement_abroad"), cancelcard.ErrCentre)
		s.ok(s.cancel(centre, 3, cancellation.Abroad, "settlement_abroad"))
		s.refused(s.cancel(centre, 4, cancellation.Unclaimed, "overdue_list"), cancelcard.ErrCollected)
	})
}

// TestDeath: nobody decides alone, the database would not let them, and the dead are sent no message.
func TestDeath(t *testing.T) {
	each(t, func(s *stand) {
		waits, err := s.Cancel(ctx, centre, crd(0), order(0, cancellation.Death, "death_certificate"))
		s.ok(err)
		s.want(0, card.Normal, "", "")
		all, err := cancellation.Waiting(ctx, s.db, "x", 10)
		s.ok(err)
		if !waits || len(all) != 1 || all[0].AskedBy != "stf_2" {
			t.Fatalf("%v %+v", waits, all)
		}
		s.refused(s.cancel(clerk, 0, cancellation.Abroad, "settlement_abroad"), cancelcard.ErrWaits)
		s.refused(s.Agree(ctx, centre, all[0].ID), cancellation.ErrSame)
		s.refused(s.Agree(ctx, clerk, all[0].ID), desk.ErrForbidden)
		if err := s.db.Write(ctx, dbtest.Noon, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "update cancellation set state = 'done', decided_by = asked_by")
			return err
		}); err == nil {
			t.Error("the database lets one person decide on a death")
		}
		s.ok(s.Reject(ctx, second, all[0].ID))
		s.want(0, card.Normal, "", "")
		s.refused(s.Agree(ctx, second, all[0].ID), cancellation.ErrDecided)

		s.ok(s.cancel(clerk, 0, cancellation.Death, "court_ruling"))
		all, err = cancellation.Waiting(ctx, s.db, "x", 10)
		s.ok(err)
		s.ok(s.Agree(ctx, centre, all[0].ID))
		s.want(0, card.Void, certificate.Ceased, "")
		s.refused(s.Agree(ctx, second, all[0].ID), cancelcard.ErrVoid)
	})
}

// TestBusinessFirst: what is under way is finished before a card is cancelled.
func TestBusinessFirst(t *testing.T) {
	each(t, func(s *stand) {
		app := func(i int, own ref.Card, st string) ref.Application {
			id := ref.Application(fmt.Sprintf("app_%04d", i))
			s.write(func(tx *db.Tx) error {
				err := application.Put(ctx, tx, []application.Application{{ID: id, City: "x", Person: per(i), Collective: "col_1", Reason: "campaign", Number: number(i), Name: "林知遥", Mobile: "13900000000"}})
				_, err2 := tx.Exec(ctx, "update application set state = $1 where id = $2", st, string(id))
				if own == "" {
					return errors.Join(err, err2)
				}
				return errors.Join(err, err2, card.Put(ctx, tx, []card.Card{{ID: own, City: "x", Number: "BB" + string(own[4:]), Person: per(i), Bank: "icbc", Generation: 3, Application: id, Making: card.Finished}}),
					custody.Begin(ctx, tx, []ref.Card{own}, ref.Holder{Kind: ref.HeldByOutlet, Name: "out_1"}))
			})
			return id
		}
		app(0, "", "account_open")
		s.refused(s.cancel(clerk, 0, cancellation.Abroad, "settlement_abroad"), cancelcard.ErrUnderWay)
		app(1, "crd_0000001", "ready")
		s.refused(s.cancel(clerk, 1, cancellation.Abroad, "settlement_abroad"), cancelcard.ErrUnderWay) // another card waits

		waiting := app(2, "crd_0000002", "ready")
		s.write(func(tx *db.Tx) error {
			return trouble.Raise(ctx, tx, []trouble.Trouble{{City: "x", Kind: trouble.NotCollected, Subject: string(waiting), OwnerKind: ref.HeldByOutlet, Owner: "out_1"}})
		})
		o := order(2, cancellation.Unclaimed, "overdue_list")
		_, err := s.Cancel(ctx, clerk, "crd_0000002", o)
		s.refused(err, cancelcard.ErrCentre)
		_, err = s.Cancel(ctx, centre, "crd_0000002", o)
		s.ok(err)
		c, err := card.Get(ctx, s.db, "crd_0000002")
		a, err2 := application.Get(ctx, s.db, waiting)
		open, err3 := trouble.OpenIn(ctx, s.db, "x", 10)
		s.ok(errors.Join(err, err2, err3))
		if c.Social != card.Void || a.State != application.Withdrawn || len(open) != 0 {
			t.Errorf("%s %s %d", c.Social, a.State, len(open))
		}
		s.want(2, card.Normal, "", "sms.cancelled") // the old card goes on

		app(3, "crd_0000003", "on_the_way")
		s.write(func(tx *db.Tx) error {
			return parcel.Want(ctx, tx, []parcel.Parcel{{ID: "par_1", Card: "crd_0000003", Application: "app_0003", Bank: "icbc"}}, []string{"somewhere"})
		})
		_, err = s.Cancel(ctx, centre, "crd_0000003", order(3, cancellation.Unclaimed, "own_request"))
		s.refused(err, cancelcard.ErrOnTheWay)
	})
}
