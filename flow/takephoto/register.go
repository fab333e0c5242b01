package takephoto

import (
	"context"

	"kawu/chip/photo"
	"kawu/domain/application"
	"kawu/domain/exchange"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
	"kawu/kit/state"
)

// The duties. Ask's key is a collective application, Came's an exchange.
const (
	Ask  job.Kind = "photo.ask"
	Came job.Kind = "photo.register"
)

// Flow takes photos.
type Flow struct {
	Desk  *desk.Desk
	City  ref.City
	Rules photo.Rules
	// Under is the age below which an edition wants no photo; 0: everybody has one.
	Under func(ctx context.Context, e ref.Edition) (int, error)
}

// asked is what goes to the register; the applications are asked under their own ids.
type asked = []portrait.Wanted

// compared are the states of those who may get a card and whose card is not ordered yet.
var compared = []state.State{application.Compared, application.Opening, application.Funded}

// AskRegister is the handler of Ask: everybody compared, without a photo and not asked for yet.
func (f *Flow) AskRegister(ctx context.Context, key string) error {
	var ids []ref.Application
	for _, s := range compared {
		some, err := application.IDsIn(ctx, f.Desk.DB, ref.Collective(key), s)
		if err != nil {
			return err
		}
		ids = append(ids, some...)
	}
	apps, err := f.wanting(ctx, ids)
	if err != nil || len(apps) == 0 {
		return err
	}
	people := make([]ref.Person, len(apps))
	q := make(asked, len(apps))
	for i, a := range apps {
		people[i], q[i] = a.Person, portrait.Wanted{Key: string(a.ID), Number: a.Number.Reveal()}
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Ask), desk.AskPhotos, func(s *desk.Sitting) error {
		s.About(key, len(q))
		if err := portrait.Asked(ctx, s.Tx, people); err != nil {
			return err
		}
		for len(q) > 0 {
			n := min(len(q), portrait.Lines)
			if _, err := exchange.Put(ctx, s.Tx, "population", "register", Came, key, n, q[:n]); err != nil {
				return err
			}
			q = q[n:]
		}
		return nil
	})
}

// wanting reads those applications whose people need a photo from the register.
func (f *Flow) wanting(ctx context.Context, ids []ref.Application) ([]application.Application, error) {
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return nil, err
	}
	people := make([]ref.Person, len(apps))
	for i, a := range apps {
		people[i] = a.Person
	}
	if people, err = portrait.Missing(ctx, f.Desk.DB, people); err != nil {
		return nil, err
	}
	if people, err = portrait.Unasked(ctx, f.Desk.DB, people); err != nil {
		return nil, err
	}
	needs := make(map[ref.Person]bool, len(people))
	for _, p := range people {
		needs[p] = true
	}
	under := map[ref.Edition]int{}
	out := apps[:0]
	for _, a := range apps {
		if !has(under, a.Edition) {
			if under[a.Edition], err = f.Under(ctx, a.Edition); err != nil {
				return nil, err
			}
		}
		if needs[a.Person] && a.Number.AgeOn(f.Desk.Clock.Now()) >= under[a.Edition] {
			out = append(out, a)
		}
	}
	return out, nil
}

// ErrAnswer is the refusal of an answer that does not fit its question.
var ErrAnswer = fault.New(fault.Outside, "takephoto.answer", "the register's answer does not name every person asked exactly once")

// Keep is the handler of Came: the register's photos are prepared and stored. Who got another photo
// in the meantime keeps that.
func (f *Flow) Keep(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, f.Desk.DB, ref.Exchange(key))
	if err != nil {
		return err
	}
	photos, err := f.answer(ctx, x.ID)
	if err != nil {
		return err
	}
	people := make([]ref.Person, len(photos))
	for i, p := range photos {
		people[i] = p.Person
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Came), desk.TakePhoto, func(s *desk.Sitting) error {
		if first, err := exchange.Take(ctx, s.Tx, x.ID, s.ID); err != nil || !first {
			return err
		}
		if err := portrait.Answered(ctx, s.Tx, people); err != nil {
			return err
		}
		photos, err := missing(ctx, s, photos, people)
		if err != nil {
			return err
		}
		s.About(x.Subject, int(x.N), "kept", len(photos))
		return portrait.Put(ctx, s.Tx, photos, s.ID)
	})
}

func missing(ctx context.Context, s *desk.Sitting, photos []portrait.Photo, people []ref.Person) ([]portrait.Photo, error) {
	left, err := portrait.Missing(ctx, s.Tx, people)
	if err != nil || len(left) == len(photos) {
		return photos, err
	}
	needs := make(map[ref.Person]bool, len(left))
	for _, p := range left {
		needs[p] = true
	}
	var out []portrait.Photo
	for _, p := range photos {
		if needs[p.Person] {
			out = append(out, p)
		}
	}
	return out, nil
}

// answer opens an exchange and prepares its pictures.
func (f *Flow) answer(ctx context.Context, x ref.Exchange) ([]portrait.Photo, error) {
	var q asked
	var found []portrait.Found
	if err := exchange.Body(ctx, f.Desk.DB, x, &q); err != nil {
		return nil, err
	}
	if err := exchange.Answer(ctx, f.Desk.DB, x, &found); err != nil {
		return nil, err
	}
	files := make(map[ref.Application][]byte, len(found))
	ids := make([]ref.Application, len(q))
	for _, v := range found {
		files[ref.Application(v.Key)] = v.JPEG
	}
	for i, v := range q {
		if ids[i] = ref.Application(v.Key); !has(files, ids[i]) {
			return nil, ErrAnswer
		}
	}
	if len(found) != len(q) || len(files) != len(q) {
		return nil, ErrAnswer
	}
	apps, err := application.Find(ctx, f.Desk.DB, ids)
	if err != nil {
		return nil, err
	}
	photos := make([]portrait.Photo, len(apps))
	for i, a := range apps {
		photos[i] = f.prepare(a.Person, portrait.IDCard, files[a.ID], looker(a))
	}
	return photos, nil
}

func has[K comparable, V any](m map[K]V, k K) bool { _, ok := m[k]; return ok }
