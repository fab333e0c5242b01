// Package compare checks submitted people against the population register and the province
// (信息比对): alive, same name, no card elsewhere (CD-40).
//
// Whole sets go out, whole sets come back. Who matches goes on to the bank; who does not is held,
// and becomes a trouble with an owner and one thing to do; nobody is dropped.
package compare

import (
	"context"
	"time"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/exchange"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/job"
	"kawu/kit/state"
)

// The duties of this flow; the two last are also the kinds of the exchanges. Start's key is a
// collective application, the others' an exchange.
const (
	Start      job.Kind = "compare.start"
	Registered job.Kind = "compare.population"
	Unique     job.Kind = "compare.province"
)

// Flow compares.
type Flow struct {
	Desk     *desk.Desk
	City     ref.City
	AskBanks job.Kind // duty that exports to a bank; its key is the bank's code
	Photos   job.Kind // duty that asks for photos; its key is a collective application
	Export   func(now time.Time) time.Time
	Close    job.Kind // duty that closes a collective application when everybody on it is done
}

// question goes to the population register; the applications are asked under their own ids.
type question = []person.Asked

// Begin is the handler of Start: everybody submitted and not compared goes to the register.
func (f *Flow) Begin(ctx context.Context, key string) error {
	ids, err := application.IDsIn(ctx, f.Desk.DB, ref.Collective(key), application.Filed)
	if err != nil {
		return err
	}
	for len(ids) > 0 {
		n := min(len(ids), exchange.Lines)
		if err := f.ask(ctx, key, ids[:n]); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

func (f *Flow) ask(ctx context.Context, subject string, ids []ref.Application) error {
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return err
	}
	q := make(question, len(apps))
	for i, a := range apps {
		q[i] = person.Asked{Key: string(a.ID), Number: a.Number.Reveal(), Name: a.Name.Reveal()}
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Start), desk.CompareData, func(s *desk.Sitting) error {
		s.About(subject, len(q))
		_, err := exchange.Put(ctx, s.Tx, "population", "register", Registered, subject, len(q), q)
		return err
	})
}

var held = map[person.Outcome]trouble.Kind{
	person.NameDiffers: trouble.NameDiffers, person.Unknown: trouble.NotInRegister,
	person.Dead: trouble.Dead, person.Missing: trouble.Dead,
}

// ErrAnswer is the refusal of an answer that does not fit its question.
var ErrAnswer = fault.New(fault.Outside, "compare.answer", "the partner's answer does not name every person asked exactly once")

// Register is the handler of Registered: who matches is asked of the province.
func (f *Flow) Register(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var q question
	var found []person.Found
	if err := exchange.Body(ctx, f.Desk.DB, x.ID, &q); err != nil {
		return err
	}
	if err := exchange.Answer(ctx, f.Desk.DB, x.ID, &found); err != nil {
		return err
	}
	outcome := make(map[string]person.Outcome, len(found))
	for _, o := range found {
		outcome[o.Key] = o.Outcome
	}
	if len(outcome) != len(q) || len(found) != len(q) {
		return ErrAnswer
	}
	var next []card.Inquiry
	var wrong []finding
	for _, a := range q {
		if o := outcome[a.Key]; o == person.Same {
			next = append(next, card.Inquiry{Key: a.Key, Number: a.Number})
		} else {
			wrong = append(wrong, finding{ref.Application(a.Key), held[o], string(o)})
		}
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Registered), desk.CompareData, func(s *desk.Sitting) error {
		s.About(x.Subject, len(q), "held", len(wrong))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := f.hold(ctx, s, x.Subject, wrong); err != nil || len(next) == 0 {
			return err
		}
		_, err := exchange.Put(ctx, s.Tx, "province", "holders", Unique, x.Subject, len(next), next)
		return err
	})
}

type finding struct {
	app    ref.Application
	kind   trouble.Kind
	reason string
}

func (f *Flow) hold(ctx context.Context, s *desk.Sitting, subject string, all []finding) error {
	ids := make([]ref.Application, len(all))
	troubles := make([]trouble.Trouble, len(all))
	for i, w := range all {
		ids[i] = w.app
		troubles[i] = trouble.Trouble{City: f.City, Kind: w.kind, Subject: string(w.app), About: subject,
			OwnerKind: ref.HeldByCentre, Owner: "centre", Reason: w.reason, Due: s.At().Add(5 * 24 * time.Hour)}
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "hold", ids, s.ID); err != nil {
		return err
	}
	return trouble.Raise(ctx, s.Tx, troubles)
}

// Province is the handler of Unique: who holds no other card goes on to the bank.
func (f *Flow) Province(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var q []card.Inquiry
	var answers []card.Elsewhere
	if err := exchange.Body(ctx, f.Desk.DB, x.ID, &q); err != nil {
		return err
	}
	if err := exchange.Answer(ctx, f.Desk.DB, x.ID, &answers); err != nil {
		return err
	}
	where := make(map[string]card.Elsewhere, len(answers))
	for _, a := range answers {
		where[a.Key] = a
	}
	if len(where) != len(q) {
		return ErrAnswer
	}
	var good []ref.Application
	var wrong []finding
	for _, a := range q {
		if e := where[a.Key]; e.City == "" {
			good = append(good, ref.Application(a.Key))
		} else {
			wrong = append(wrong, finding{ref.Application(a.Key), trouble.CardElsewhere, e.City + "/" + e.State})
		}
	}
	apps, err := application.Find(ctx, f.Desk.DB, good)
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Unique), desk.CompareData, func(s *desk.Sitting) error {
		s.About(x.Subject, len(q), "held", len(wrong))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := f.hold(ctx, s, x.Subject, wrong); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "compare", good, s.ID); err != nil {
			return err
		}
		if err := s.Ring(ctx, f.Photos, x.Subject, s.At()); err != nil {
			return err
		}
		return f.wantAccounts(ctx, s, apps)
	})
}

func (f *Flow) wantAccounts(ctx context.Context, s *desk.Sitting, apps []application.Application) error {
	wants := make([]account.Account, len(apps))
	ids := id.Many("acc", s.At(), len(apps))
	banks := map[ref.Bank]bool{}
	for i, a := range apps {
		wants[i] = account.Account{ID: ref.Account(ids[i]), Application: a.ID, Person: a.Person, Bank: a.Bank}
		banks[a.Bank] = true
	}
	if err := account.Want(ctx, s.Tx, wants); err != nil {
		return err
	}
	for b := range banks {
		if err := s.Ring(ctx, f.AskBanks, string(b), f.Export(s.At())); err != nil {
			return err
		}
	}
	return nil
}
