// Package openaccount has the bank open the account behind each card (银行开户), for confirmed
// people only and never before (BJ-10).
//
// Export hands a bank's waiting openings over in files; Return takes the bank's answers. A refusal
// becomes a trouble that the person can mend (phone, document) or the bank must (name, risk); after
// a correction the opening goes out again. An answer for somebody who was not asked is listed and
// changes nothing.
package openaccount

import (
	"context"
	"time"

	"kawu/domain/account"
	"kawu/domain/application"
	"kawu/domain/exchange"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/phone"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// The duties. Export's key is a bank; the others' an exchange.
const (
	Export   job.Kind = "account.export"
	Exported job.Kind = "account.open"
	Returned job.Kind = "account.return"
)

// Flow opens accounts.
type Flow struct {
	Desk     *desk.Desk
	City     ref.City
	Draw     job.Kind // duty that draws production batches; its key is the bank's code
	DrawAt   func(now time.Time) time.Time
	ExportAt func(now time.Time) time.Time
	BankName func(ref.Bank) string // Chinese name, for messages
}

// Hand is the handler of Export.
func (f *Flow) Hand(ctx context.Context, key string) error {
	for {
		waiting, err := account.Waiting(ctx, f.Desk.DB, ref.Bank(key), account.Wanted, exchange.Lines)
		if err != nil || len(waiting) == 0 {
			return err
		}
		if err := f.export(ctx, key, waiting); err != nil {
			return err
		}
	}
}

func (f *Flow) export(ctx context.Context, bank string, waiting []account.Account) error {
	apps := make([]ref.Application, len(waiting))
	accounts := make([]ref.Account, len(waiting))
	byApp := make(map[ref.Application]ref.Account, len(waiting))
	for i, a := range waiting {
		apps[i], accounts[i], byApp[a.Application] = a.Application, a.ID, a.ID
	}
	people, err := application.Find(ctx, f.Desk.DB, apps)
	if err != nil {
		return err
	}
	lines := make([]account.Opening, 0, len(people))
	for _, p := range people {
		if p.ConfirmedAt.IsZero() {
			return fault.New(fault.Internal, "account.unconfirmed", "an account may not be asked for before the person confirmed")
		}
		lines = append(lines, account.Opening{Key: string(byApp[p.ID]), Number: p.Number.Reveal(), Name: p.Name.Reveal(),
			Mobile: p.Mobile.Reveal(), Outlet: string(p.Outlet), Consent: p.ConfirmedAt.Format(time.RFC3339)})
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Export), desk.AskBank, func(s *desk.Sitting) error {
		s.About(bank, len(lines))
		if err := state.Apply(ctx, s.Tx, account.Cycle, "ask", accounts, s.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, application.Cycle, "ask", apps, s.ID); err != nil {
			return err
		}
		if err := account.SetAsked(ctx, s.Tx, accounts); err != nil {
			return err
		}
		_, err := exchange.Put(ctx, s.Tx, "bank", bank, Exported, bank, len(lines), lines)
		return err
	})
}

// Receipt is the handler of Exported: the bank has taken the file.
func (f *Flow) Receipt(ctx context.Context, key string) error {
	return f.Desk.Sit(ctx, desk.Clockwork(Exported), desk.AskBank, func(s *desk.Sitting) error {
		s.About(key, 1)
		_, err := exchange.Take(ctx, s.Tx, ref.Exchange(key), s.ID)
		return err
	})
}

// answers sorts a return file.
type answers struct {
	opened, refused []account.Return
	strange         []account.Return
}

// Return is the handler of Returned.
func (f *Flow) Return(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	var file account.ReturnFile
	if err := exchange.Body(ctx, f.Desk.DB, x.ID, &file); err != nil {
		return err
	}
	known, apps, err := f.asked(ctx, file.Lines)
	if err != nil {
		return err
	}
	var a answers
	for _, r := range file.Lines {
		acc, ok := known[ref.Account(r.Key)]
		switch {
		case !ok || acc.Bank != ref.Bank(x.Partner) || apps[acc.Application].Number.Reveal() != r.Number:
			a.strange = append(a.strange, r)
		case acc.State != account.Asked: // answered before: the same line again changes nothing
		case r.Outcome == account.Opened && len(r.Account) < 16:
			a.strange = append(a.strange, r)
		case r.Outcome == account.Opened:
			a.opened = append(a.opened, r)
		default:
			a.refused = append(a.refused, r)
		}
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Returned), desk.TakeAccounts, func(s *desk.Sitting) error {
		s.About(x.Partner, len(file.Lines), "file", file.No, "opened", len(a.opened), "refused", len(a.refused), "strange", len(a.strange))
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := f.open(ctx, s, a.opened, known); err != nil {
			return err
		}
		if err := f.refuse(ctx, s, a.refused, known, apps); err != nil {
			return err
		}
		return f.list(ctx, s, x, file.No, len(a.strange))
	})
}

func (f *Flow) asked(ctx context.Context, lines []account.Return) (map[ref.Account]account.Account, map[ref.Application]application.Application, error) {
	ids := make([]ref.Account, len(lines))
	for i, r := range lines {
		ids[i] = ref.Account(r.Key)
	}
	known, err := account.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return nil, nil, err
	}
	appIDs := make([]ref.Application, 0, len(known))
	for _, a := range known {
		appIDs = append(appIDs, a.Application)
	}
	list, err := application.Find(ctx, f.Desk.DB, appIDs)
	if err != nil {
		return nil, nil, err
	}
	apps := make(map[ref.Application]application.Application, len(list))
	for _, a := range list {
		apps[a.ID] = a
	}
	return known, apps, nil
}

func split(lines []account.Return, known map[ref.Account]account.Account) (accounts []ref.Account, apps []ref.Application) {
	for _, r := range lines {
		accounts = append(accounts, ref.Account(r.Key))
		apps = append(apps, known[ref.Account(r.Key)].Application)
	}
	return accounts, apps
}

func (f *Flow) open(ctx context.Context, s *desk.Sitting, lines []account.Return, known map[ref.Account]account.Account) error {
	if len(lines) == 0 {
		return nil
	}
	accounts, apps := split(lines, known)
	if err := state.Apply(ctx, s.Tx, account.Cycle, "open", accounts, s.ID); err != nil {
		return err
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "open", apps, s.ID); err != nil {
		return err
	}
	if err := account.SetAnswers(ctx, s.Tx, lines); err != nil {
		return err
	}
	subjects := make([]string, len(apps))
	for i, a := range apps {
		subjects[i] = string(a)
	}
	if err := trouble.Settle(ctx, s.Tx, trouble.AccountRefused, subjects, "bank", s.ID); err != nil {
		return err
	}
	return s.Ring(ctx, f.Draw, string(known[accounts[0]].Bank), f.DrawAt(s.At()))
}

func (f *Flow) refuse(ctx context.Context, s *desk.Sitting, lines []account.Return, known map[ref.Account]account.Account,
	apps map[ref.Application]application.Application) error {
	if len(lines) == 0 {
		return nil
	}
	accounts, ids := split(lines, known)
	if err := state.Apply(ctx, s.Tx, account.Cycle, "refuse", accounts, s.ID); err != nil {
		return err
	}
	if err := state.Apply(ctx, s.Tx, application.Cycle, "refuse", ids, s.ID); err != nil {
		return err
	}
	if err := account.SetAnswers(ctx, s.Tx, lines); err != nil {
		return err
	}
	troubles := make([]trouble.Trouble, len(lines))
	messages := make([]notice.Message, len(lines))
	for i, r := range lines {
		acc, a := known[ref.Account(r.Key)], apps[ids[i]]
		kind, owner := ref.HeldByBank, string(acc.Bank)
		if mendable(r.Outcome) {
			kind, owner = ref.HeldByPerson, string(a.Person)
		}
		troubles[i] = trouble.Trouble{City: f.City, Kind: trouble.AccountRefused, Subject: string(a.ID), About: string(a.Collective),
			OwnerKind: kind, Owner: owner, Reason: string(r.Outcome), Due: s.At().Add(7 * 24 * time.Hour)}
		messages[i] = notice.Message{Person: a.Person, Template: "sms.account_refused", Mobile: a.Mobile, Subject: string(a.ID),
			Text: wording.T(wording.ZH, "sms.account_refused", "bank", f.BankName(acc.Bank), "reason", wording.T(wording.ZH, "account.refused."+string(r.Outcome)))}
	}
	if err := trouble.Raise(ctx, s.Tx, troubles); err != nil {
		return err
	}
	return notice.Queue(ctx, s.Tx, messages)
}

// mendable tells whether the person can mend the cause alone.
func mendable(o account.Outcome) bool {
	return o == account.PhoneMismatch || o == account.DocumentExpired
}

func (f *Flow) list(ctx context.Context, s *desk.Sitting, x exchange.Row, no string, strange int) error {
	if strange == 0 {
		return nil
	}
	return trouble.Raise(ctx, s.Tx, []trouble.Trouble{{City: f.City, Kind: trouble.WrongAccount, Subject: x.Partner + " " + no, About: string(x.ID),
		OwnerKind: ref.HeldByBank, Owner: x.Partner, Reason: "not_asked", Due: s.At().Add(24 * time.Hour)}})
}

// Correct sends a refused opening out again, with a new mobile when the person gives one.
func (f *Flow) Correct(ctx context.Context, who desk.Actor, id ref.Application, mobile phone.Number) error {
	a, err := application.Get(ctx, f.Desk.DB, id)
	if err != nil {
		return err
	}
	if who.Role == desk.Citizen && who.Person != a.Person {
		return application.ErrUnknown
	}
	accounts, err := account.Of(ctx, f.Desk.DB, []ref.Application{id})
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.Resend, func(s *desk.Sitting) error {
		s.About(string(id), 1)
		if err := state.Apply(ctx, s.Tx, application.Cycle, "resend", []ref.Application{id}, s.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, account.Cycle, "resend", []ref.Account{accounts[id].ID}, s.ID); err != nil {
			return err
		}
		if mobile != "" && mobile != a.Mobile {
			if err := person.SetMobile(ctx, s.Tx, a.Person, mobile); err != nil {
				return err
			}
			if err := application.SetMobile(ctx, s.Tx, id, mobile); err != nil {
				return err
			}
		}
		return s.Ring(ctx, Export, string(a.Bank), f.ExportAt(s.At()))
	})
}
