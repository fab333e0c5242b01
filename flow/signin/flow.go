package signin

import (
	"context"
	"sync"

	"kawu/domain/access"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/name"
)

// Flow lets people in.
type Flow struct {
	Desk *desk.Desk
	Cost access.Cost // of new password hashes; access.Standard unless a test says otherwise
}

// Knock is one request at the door.
type Knock struct {
	Channel string // web, api
	Address string // network address of the client, for counting only; it is not stored
	Cookie  string // the session cookie that came with it, if any
}

// Entry is who is in.
type Entry struct {
	Actor   desk.Actor
	Session access.Session
	Name    name.Person   // shown in the bar, masked for citizens by its own String
	Login   string        // of staff
	Person  person.Person // of citizens; zero for staff
	First   bool          // with a first password: nothing is open but the choice of another
	Cookie  string        // to be sent back with the answer: it carries when the session was last used
}

// The refusals of staff. Wrong is the same for an unknown login, a wrong password and both.
var (
	ErrWrong    = fault.New(fault.Unsigned, "access.wrong", "the user name or the password is not right")
	ErrDisabled = fault.New(fault.Forbidden, "access.disabled", "this user has been switched off")
)

// sit is one sitting of a visitor about a subject. What is counted must stay even when the visitor
// is refused, so fn's refusal is reported after the sitting is written.
func (f *Flow) sit(ctx context.Context, k Knock, subject, step string, fn func(*desk.Sitting) (refused, err error)) error {
	var refused error
	err := f.Desk.Sit(ctx, desk.Actor{Role: desk.Visitor, Channel: k.Channel}, desk.SignIn, func(s *desk.Sitting) (err error) {
		if refused, err = fn(s); err != nil {
			return err
		}
		outcome := "yes"
		if refused != nil {
			outcome = fault.Of(refused).Code
		}
		s.About(subject, 1, "step", step, "outcome", outcome)
		return nil
	})
	if err != nil {
		return err
	}
	return refused
}

// count asks several counters in turn; the first that refuses decides.
func count(ctx context.Context, s *desk.Sitting, counters ...counter) (refused, err error) {
	for _, c := range counters {
		if refused, err = access.Count(ctx, s.Tx, c.limit, c.who); refused != nil || err != nil {
			return refused, err
		}
	}
	return nil, nil
}

type counter struct {
	limit access.Limit
	who   string
}

// Leave ends the session of a cookie; one that has ended already is left again without complaint.
func (f *Flow) Leave(ctx context.Context, k Knock) error {
	s, _, err := access.Enter(ctx, f.Desk.DB, k.Cookie, f.Desk.Clock.Now())
	if err != nil && fault.Of(err) == nil {
		return err
	}
	return f.sit(ctx, k, string(s.Staff)+string(s.Person), "leave", func(sit *desk.Sitting) (_, err error) {
		return nil, access.Close(ctx, sit.Tx, k.Cookie)
	})
}

// Enter tells who a request's cookie belongs to. Scope and role are read anew every time, so that a
// change counts at once. It writes nothing. access.ErrOver when nobody is in.
func (f *Flow) Enter(ctx context.Context, k Knock) (Entry, error) {
	s, cookie, err := access.Enter(ctx, f.Desk.DB, k.Cookie, f.Desk.Clock.Now())
	if err != nil {
		return Entry{}, err
	}
	if s.Person != "" {
		p, err := person.Get(ctx, f.Desk.DB, s.Person)
		return citizen(p, s, cookie, k), err
	}
	st, found, err := access.Get(ctx, f.Desk.DB, s.Staff)
	if err == nil && (!found || st.Disabled) {
		err = access.ErrOver
	}
	return staff(st, s, cookie, k), err
}

func staff(st access.Staff, s access.Session, cookie string, k Knock) Entry {
	a := desk.Actor{Role: desk.Role(st.Role), ID: string(st.ID), City: st.City, Org: st.Org, Place: string(st.Place),
		District: st.District, Channel: k.Channel}
	if a.Role == desk.Agent {
		a.Scope = ref.Employer(st.Org)
	}
	return Entry{Actor: a, Session: s, Name: st.Name, Login: st.Login, First: !st.First.IsZero(), Cookie: cookie}
}

func citizen(p person.Person, s access.Session, cookie string, k Knock) Entry {
	return Entry{Actor: desk.Actor{Role: desk.Citizen, ID: string(p.ID), City: p.City, Person: p.ID, Channel: k.Channel},
		Session: s, Name: p.Name, Person: p, Cookie: cookie}
}

// Newcomer is a member of staff with the first password.
type Newcomer struct {
	access.Staff
	Password string
}

// Hire stores staff of an installation. The hashes are made before the sitting, on all cores.
func (f *Flow) Hire(ctx context.Context, all []Newcomer) error {
	list, hashes, errs := make([]access.Staff, len(all)), make([]string, len(all)), make([]error, len(all))
	var wg sync.WaitGroup
	for i, n := range all {
		list[i] = n.Staff
		wg.Go(func() { hashes[i], errs[i] = f.Cost.Hash(n.Password) })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return f.Desk.Sit(ctx, desk.Clockwork("access.hire"), desk.SetUp, func(s *desk.Sitting) error {
		for i := range list {
			if list[i].ID == "" {
				list[i].ID = ref.Staff(id.New("stf", s.At()))
			}
		}
		s.About("staff", len(list))
		return access.Put(ctx, s.Tx, list, hashes)
	})
}
