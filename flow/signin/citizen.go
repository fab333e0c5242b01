package signin

import (
	"context"

	"kawu/domain/access"
	"kawu/domain/notice"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/wording"
)

// AskCode sends a code to the mobile of the person with this number and name, and gives a ticket.
// When there is no such person, the name is another one, or no mobile is known, the ticket looks the
// same and no code will fit it.
func (f *Flow) AskCode(ctx context.Context, k Knock, number idno.Number, full name.Person) (access.Ticket, error) {
	mark := person.Mark(f.Desk.DB.Box(), number)
	p, err := f.find(ctx, mark, full)
	if err != nil {
		return access.Ticket{}, err
	}
	var t access.Ticket
	err = f.sit(ctx, k, string(p.ID), "code", func(s *desk.Sitting) (refused, err error) {
		if refused, err = count(ctx, s, counter{access.PerAddress, k.Address}, counter{access.PerAgain, mark + full.Reveal()},
			counter{access.PerIdentity, mark}); refused != nil || err != nil {
			return refused, err
		}
		var code string
		if t, code, err = access.NewCode(ctx, s.Tx, p.ID, p.City); err != nil || p.ID == "" {
			return nil, err
		}
		text := wording.T(wording.ZH, "sms.sign_in", "code", code, "minutes", access.CodeMinutes)
		return nil, notice.Queue(ctx, s.Tx, []notice.Message{{Person: p.ID, Template: "sms.sign_in", Mobile: p.Mobile, Text: text, Subject: t.ID}})
	})
	return t, err
}

// find is the zero person unless number, name and mobile are all there. A name written with known
// substitutes for a rare character is the same name: not every keyboard has 𠮷.
func (f *Flow) find(ctx context.Context, mark string, full name.Person) (person.Person, error) {
	found, err := person.ByMarks(ctx, f.Desk.DB, []string{mark})
	if err != nil || found[mark].ID == "" {
		return person.Person{}, err
	}
	p, err := person.Get(ctx, f.Desk.DB, found[mark].ID)
	if err != nil || p.Mobile == "" || name.Compare(p.Name, full) == name.Different {
		return person.Person{}, err
	}
	return p, nil
}

// Code signs a citizen in with the code that belongs to a ticket.
func (f *Flow) Code(ctx context.Context, k Knock, ticket, code string) (Entry, error) {
	var who ref.Person
	var session access.Session
	var cookie string
	err := f.sit(ctx, k, ticket, "in", func(s *desk.Sitting) (refused, err error) {
		if refused, err = count(ctx, s, counter{access.PerAddress, k.Address}); refused != nil || err != nil {
			return refused, err
		}
		var city ref.City
		if who, city, refused, err = access.TryCode(ctx, s.Tx, ticket, code); refused != nil || err != nil {
			return refused, err
		}
		if err = access.GiveBack(ctx, s.Tx, access.PerAddress, k.Address); err != nil {
			return nil, err
		}
		session, cookie, err = access.Open(ctx, s.Tx, access.Session{Person: who, City: city}, k.Cookie)
		return nil, err
	})
	if err != nil {
		return Entry{}, err
	}
	p, err := person.Get(ctx, f.Desk.DB, who)
	return citizen(p, session, cookie, k), err
}
