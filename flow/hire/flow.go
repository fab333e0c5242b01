package hire

import (
	"context"
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
	"time"

	"kawu/domain/access"
	"kawu/domain/employer"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/id"
	"kawu/kit/name"
)

// Flow keeps the register of staff.
type Flow struct {
	Desk *desk.Desk
	City ref.City
	Cost access.Cost       // of password hashes
	Bank func(string) bool // whether the city has a bank of this code
}

// The refusals.
var (
	ErrLogin   = fault.New(fault.Invalid, "hire.login", "a login has lower-case letters and digits, with points or hyphens between them, and is no identity number")
	ErrRole    = fault.New(fault.Invalid, "hire.role", "the role is centre, auditor, banker, clerk or agent")
	ErrBank    = fault.New(fault.Invalid, "hire.bank", "a banker belongs to a bank of this city, by its code")
	ErrTaken   = fault.New(fault.Conflict, "hire.taken", "{login} is a member of staff already")
	ErrUnknown = fault.New(fault.NotFound, "hire.unknown", "nobody who works here has the login {login}")
	ErrMore    = fault.New(fault.Forbidden, "hire.more", "{needs} members of the centre's staff have to agree, and {n} did")
	ErrOwn     = fault.New(fault.Forbidden, "hire.own", "{login} cannot agree to what is done to {login}")
	loginForm  = regexp.MustCompile(`^[a-z][a-z0-9]*([.-][a-z0-9]+)*$`)
)

// Newcomer is somebody to be hired, with the first password.
type Newcomer struct {
	Login    string
	Role     string // a role of flow/desk
	Name     string // as typed
	Bank     string // of bankers
	Outlet   string // of clerks
	Employer string // of agents
	District string // of centre staff of one district; "" is the whole city
	Password string // "" draws one
}

// Hired is who was hired. Password is told once, and only when it was drawn here.
type Hired struct {
	access.Staff
	Password string
}

// owner is whoever has the machine.
func (f *Flow) owner() desk.Actor {
	return desk.Actor{Role: desk.Owner, ID: "owner", City: f.City, Org: "centre", Channel: "line"}
}

// Needs is how many members of the centre's staff have to agree at now: two, or as many as can.
func (f *Flow) Needs(ctx context.Context, q db.Q, now time.Time) (int, error) {
	n, err := access.Active(ctx, q, f.City, string(desk.Centre), now)
	return min(n, 2), err
}

// sit makes the actor of those who agreed, and counts inside the sitting how many had to.
func (f *Flow) sit(ctx context.Context, act desk.Act, by []desk.Actor, fn func(*desk.Sitting) error) error {
	who := f.owner()
	var err error
	switch len(by) {
	case 0:
	case 1:
		who, err = desk.Together(act, who, by[0])
	default:
		who, err = desk.Together(act, by[0], by[1])
	}
	if err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, act, func(s *desk.Sitting) error {
		needs, err := f.Needs(ctx, s.Tx, s.At())
		if err == nil && len(by) < needs {
			err = fault.New(ErrMore.Kind, ErrMore.Code, ErrMore.Message, "needs", needs, "n", len(by))
		}
		if err != nil {
			return err
		}
		return fn(s)
	})
}

// Add hires somebody with the agreement of by: all that is wrong with n at once, ErrTaken, ErrMore,
// desk.ErrSamePerson. Somebody who had left comes back under the same id.
func (f *Flow) Add(ctx context.Context, by []desk.Actor, n Newcomer) (Hired, error) {
	x, err := f.check(ctx, n)
	if err != nil {
		return Hired{}, err
	}
	h := Hired{Staff: x}
	if n.Password == "" {
		n.Password = draw()
		h.Password = n.Password
	}
	hash, err := f.Cost.Hash(n.Password)
	if err != nil {
		return Hired{}, err
	}
	err = f.sit(ctx, desk.HireStaff, by, func(s *desk.Sitting) error {
		had, _, err := access.ByLogin(ctx, s.Tx, x.Login)
		if err == nil && had.ID != "" && !had.Disabled {
			err = fault.New(ErrTaken.Kind, ErrTaken.Code, ErrTaken.Message, "login", x.Login)
		}
		if err != nil {
			return err
		}
		if h.ID = had.ID; h.ID == "" {
			h.ID = ref.Staff(id.New("stf", s.At()))
		}
		s.About(string(h.ID), 1, "role", h.Role, "org", h.Org, "agreed", len(by))
		return f.give(ctx, s, &h, hash)
	})
	return h, err
}

// draw makes a first password that can be read out: 80 bits in four groups.
func draw() string {
	t := strings.ToLower(rand.Text()[:16])
	return t[:4] + "-" + t[4:8] + "-" + t[8:12] + "-" + t[12:]
}

// End keeps somebody out from this moment: ErrUnknown, ErrMore, ErrOwn.
func (f *Flow) End(ctx context.Context, by []desk.Actor, login string) error {
	return f.sit(ctx, desk.EndStaff, by, func(s *desk.Sitting) error {
		x, err := f.other(ctx, s.Tx, by, login)
		if err != nil {
			return err
		}
		s.About(string(x.ID), 1, "role", x.Role, "agreed", len(by))
		return access.Disable(ctx, s.Tx, []ref.Staff{x.ID})
	})
}

// check lists all that is wrong with a newcomer, and says where the newcomer belongs.
func (f *Flow) check(ctx context.Context, n Newcomer) (x access.Staff, err error) {
	var bad fault.List
	x = access.Staff{Login: access.Login(n.Login), Role: n.Role, City: f.City, Org: "centre"}
	if !loginForm.MatchString(x.Login) || len(x.Login) > 40 {
		bad.Add("login", ErrLogin)
	}
	if x.Name, _, err = name.Parse(n.Name); err != nil {
		bad.Add("name", fault.Of(err))
	}
	if n.Password != "" && len([]rune(n.Password)) < access.PasswordMin {
		bad.Add("password", access.ErrPassword)
	}
	err = nil
	switch desk.Role(n.Role) {
	case desk.Centre:
		x.District = ref.District(n.District)
	case desk.Auditor:
	case desk.Banker:
		if x.Org = n.Bank; !f.Bank(n.Bank) {
			bad.Add("bank", ErrBank)
		}
	case desk.Clerk:
		var o outlet.Outlet
		o, err = outlet.Get(ctx, f.Desk.DB, ref.Outlet(n.Outlet))
		x.Org, x.Place = string(o.Bank), o.ID
	case desk.Agent:
		_, err = employer.Get(ctx, f.Desk.DB, ref.Employer(n.Employer))
		x.Org = n.Employer
	default:
		bad.Add("role", ErrRole)
	}
	if no := fault.Of(err); no != nil {
		bad.Add(map[string]string{"clerk": "outlet", "agent": "employer"}[n.Role], no)
	} else if err != nil {
		return x, fmt.Errorf("%s: %w", n.Role, err)
	}
	return x, bad.Err()
}
