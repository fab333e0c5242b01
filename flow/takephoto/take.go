package takephoto

import (
	"context"
	"errors"
	"slices"

	"kawu/chip/photo"
	"kawu/domain/application"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
)

var (
	// ErrNone is what is wrong when the register has no photo.
	ErrNone = fault.New(fault.Refused, "takephoto.none", "the register has no photo of this person")
	// ErrNoApplication is the refusal of a photo that no card is waiting for.
	ErrNoApplication = fault.New(fault.Refused, "takephoto.no_application", "there is no application under way that needs a photo")
	// ErrHard is the refusal to overrule what no clerk can mend; args: code.
	ErrHard = fault.New(fault.Refused, "takephoto.hard", "{code} cannot be overruled; ask for a new photo")
	// ErrLeft is the refusal of a decision that leaves a finding out; args: code.
	ErrLeft = fault.New(fault.Invalid, "takephoto.left", "{code} was found too and has to be overruled or the photo refused")
)

// looker is whose clerks look at the photos of an application: where the card will be collected, else
// the bank.
func looker(a application.Application) ref.Holder {
	if a.Mode == application.Outlet && a.Outlet != "" {
		return ref.Holder{Kind: ref.HeldByOutlet, Name: string(a.Outlet)}
	}
	return ref.Holder{Kind: ref.HeldByBank, Name: string(a.Bank)}
}

// at is the party that somebody at a counter looks for.
func at(who desk.Actor) ref.Holder {
	if who.Role == desk.Banker {
		return ref.Holder{Kind: ref.HeldByBank, Name: who.Org}
	}
	return ref.Holder{Kind: ref.HeldByOutlet, Name: who.Place}
}

// prepare makes a photo of a file, whatever is wrong with it.
func (f *Flow) prepare(person ref.Person, source portrait.Source, raw []byte, looks ref.Holder) portrait.Photo {
	p := portrait.Photo{City: f.City, Person: person, Source: source, Looker: looks}
	if len(raw) == 0 {
		p.Problems = problems(fault.List{ErrNone})
		return p
	}
	made, soft, err := photo.Look(raw, f.Rules)
	if err != nil {
		p.Problems = problems(all(err))
		return p
	}
	p.JPEG, p.Quality, p.White, p.Problems = made.JPEG, made.Quality, int(100*made.White), problems(soft)
	return p
}

// all is what an error says is wrong.
func all(err error) fault.List {
	var list fault.List
	if errors.As(err, &list) {
		return list
	}
	if f := fault.Of(err); f != nil {
		return fault.List{f}
	}
	return fault.List{photo.NotAPhoto}
}

func problems(list fault.List) []portrait.Problem {
	out := make([]portrait.Problem, len(list))
	for i, f := range list {
		out[i] = portrait.Problem{Code: f.Code, Args: f.Args}
	}
	return out
}

// Shot is a picture that a person sent or a clerk took.
type Shot struct {
	Person ref.Person
	Source portrait.Source
	File   []byte // as it came: JPEG or PNG of a telephone, at most 15 MB
	Insist bool   // let a clerk look at it when the check has doubts; otherwise doubts refuse it
}

// Take keeps a photo. The error is everything that is wrong with it, at once; with Insist only what
// no clerk could overrule. Citizens send their own.
func (f *Flow) Take(ctx context.Context, who desk.Actor, x Shot) (portrait.Photo, error) {
	if who.Role == desk.Citizen && who.Person != x.Person {
		return portrait.Photo{}, desk.ErrForbidden
	}
	looks, err := f.looks(ctx, who, x.Person)
	if err != nil {
		return portrait.Photo{}, err
	}
	made, soft, err := photo.Look(x.File, f.Rules)
	if err != nil {
		return portrait.Photo{}, all(err)
	}
	if err := soft.Err(); err != nil && !x.Insist {
		return portrait.Photo{}, err
	}
	one := []portrait.Photo{{City: f.City, Person: x.Person, Source: x.Source, Looker: looks, JPEG: made.JPEG, Quality: made.Quality,
		White: int(100 * made.White), Problems: problems(soft)}}
	err = f.Desk.Sit(ctx, who, desk.TakePhoto, func(s *desk.Sitting) error {
		if err := portrait.Put(ctx, s.Tx, one, s.ID); err != nil {
			return err
		}
		s.About(string(one[0].ID), 1, "source", x.Source, "problems", len(soft))
		return nil
	})
	return one[0], err
}

// looks finds who looks at a person's photo: at a counter who took it, otherwise by the application
// under way.
func (f *Flow) looks(ctx context.Context, who desk.Actor, person ref.Person) (ref.Holder, error) {
	if who.Role != desk.Citizen {
		return at(who), nil
	}
	apps, err := application.OfPerson(ctx, f.Desk.DB, person)
	if err != nil {
		return ref.Holder{}, err
	}
	for _, a := range apps {
		if slices.Contains(compared, a.State) {
			return looker(a), nil
		}
	}
	return ref.Holder{}, ErrNoApplication
}

// Accept makes a waiting photo good. overruled are the codes that the clerk has seen and overrules:
// all that the check found, and none that is hard.
func (f *Flow) Accept(ctx context.Context, who desk.Actor, id ref.Photo, overruled []string) error {
	p, err := f.mine(ctx, who, id)
	if err != nil {
		return err
	}
	var wrong fault.List
	for _, x := range p.Problems {
		switch {
		case !photo.Soft(x.Code):
			wrong.Add("overruled", fault.New(ErrHard.Kind, ErrHard.Code, ErrHard.Message, "code", x.Code))
		case !slices.Contains(overruled, x.Code):
			wrong.Add("overruled", fault.New(ErrLeft.Kind, ErrLeft.Code, ErrLeft.Message, "code", x.Code))
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.AcceptPhoto, func(s *desk.Sitting) error {
		s.About(string(id), 1, "overruled", overruled)
		return portrait.Accept(ctx, s.Tx, p, who.ID, s.ID)
	})
}

// Refuse asks for another photo than one that waits.
func (f *Flow) Refuse(ctx context.Context, who desk.Actor, id ref.Photo) error {
	if _, err := f.mine(ctx, who, id); err != nil {
		return err
	}
	return f.Desk.Sit(ctx, who, desk.RefusePhoto, func(s *desk.Sitting) error {
		s.About(string(id), 1)
		return portrait.Refuse(ctx, s.Tx, id, who.ID, s.ID)
	})
}

// mine reads a photo that the party of who looks at; any other is unknown there.
func (f *Flow) mine(ctx context.Context, who desk.Actor, id ref.Photo) (portrait.Photo, error) {
	if !desk.May(who.Role, desk.AcceptPhoto) {
		return portrait.Photo{}, desk.ErrForbidden
	}
	p, err := portrait.Get(ctx, f.Desk.DB, id)
	if err == nil && (p.City != f.City || p.Looker != at(who)) {
		return portrait.Photo{}, portrait.ErrUnknown
	}
	return p, err
}
