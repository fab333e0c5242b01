package portrait

import (
	"context"
	"database/sql"
	"encoding/json"

	"kawu/domain/ref"
	"kawu/kit/db"
)

const columns = `select p.id, p.city, p.person, p.source, p.state, p.digest, p.quality, p.white, p.problems, p.looker_kind, p.looker,
	p.taken_at, p.decided_at, p.decided_by from photo p `

func scan(r *sql.Rows) (p Photo, err error) {
	var problems string
	var taken, decided int64
	if err = r.Scan(&p.ID, &p.City, &p.Person, &p.Source, &p.State, &p.Digest, &p.Quality, &p.White, &problems, &p.Looker.Kind, &p.Looker.Name,
		&taken, &decided, &p.DecidedBy); err != nil {
		return p, err
	}
	p.TakenAt, p.DecidedAt = db.Time(taken), db.Time(decided)
	if problems != "" {
		err = json.Unmarshal([]byte(problems), &p.Problems)
	}
	return p, err
}

// Get reads one photo without its picture.
func Get(ctx context.Context, q db.Q, id ref.Photo) (Photo, error) {
	p, ok, err := db.One(ctx, q, scan, columns+"where p.id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return p, err
}

// Find reads the good photos of a set of people; who has none is not in the map.
func Find(ctx context.Context, q db.Q, people []ref.Person) (map[ref.Person]Photo, error) {
	out := make(map[ref.Person]Photo, len(people))
	err := db.QueryEach(ctx, q, columns+"join each($1) e on p.person = e.value ->> 0 where p.state = 'good'", db.IDs(people), func(r *sql.Rows) error {
		p, err := scan(r)
		out[p.Person] = p
		return err
	})
	return out, err
}

// Missing keeps those people who have no photo that is good or waits for a look.
func Missing(ctx context.Context, q db.Q, people []ref.Person) ([]ref.Person, error) {
	return keep(ctx, q, people, "select 1 from photo p where p.person = e.value ->> 0 and p.state in ('good', 'waiting')")
}

// Unasked keeps those people for whom no question is under way to the register.
func Unasked(ctx context.Context, q db.Q, people []ref.Person) ([]ref.Person, error) {
	return keep(ctx, q, people, "select 1 from photo_asked a where a.person = e.value ->> 0")
}

// keep leaves those of a set for whom a query of our own finds nothing.
func keep(ctx context.Context, q db.Q, people []ref.Person, query string) (out []ref.Person, err error) {
	err = db.QueryEach(ctx, q, "select e.value ->> 0 from each($1) e where not exists ("+query+")", db.IDs(people), func(r *sql.Rows) error {
		var p ref.Person
		err := r.Scan(&p)
		out = append(out, p)
		return err
	})
	return out, err
}

// OfPerson lists a person's photos, newest first; replaced ones have no picture any more.
func OfPerson(ctx context.Context, q db.Q, person ref.Person) ([]Photo, error) {
	return db.List(ctx, q, scan, columns+"where p.person = $1 order by p.taken_at desc, p.id desc", string(person))
}

// ToLookAt lists the photos that a party's clerks have to deal with, oldest first: those that wait,
// and those of people who still need another.
func ToLookAt(ctx context.Context, q db.Q, looker ref.Holder, offset, limit int) ([]Photo, error) {
	return db.List(ctx, q, scan, columns+`where p.looker_kind = $1 and p.looker = $2 and p.state in ('waiting', 'refused')
		order by p.state desc, p.taken_at, p.id limit $3 offset $4`, string(looker.Kind), looker.Name, limit, offset)
}

// Count counts a party's photos that wait for a look and those of people who still need another.
func Count(ctx context.Context, q db.Q, looker ref.Holder) (waiting, refused int, err error) {
	err = db.Scan(ctx, q, func(r *sql.Rows) error { return r.Scan(&waiting, &refused) },
		`select coalesce(sum(case when state = 'waiting' then 1 else 0 end), 0), coalesce(sum(case when state = 'refused' then 1 else 0 end), 0)
		from photo where looker_kind = $1 and looker = $2 and state in ('waiting', 'refused')`, string(looker.Kind), looker.Name)
	return waiting, refused, err
}

// Picture opens a photo's JPEG: ErrUnknown when it has none.
func Picture(ctx context.Context, q db.Q, id ref.Photo) ([]byte, error) {
	sealed, ok, err := db.One(ctx, q, func(r *sql.Rows) (s string, err error) { return s, r.Scan(&s) },
		"select picture_seal from photo where id = $1", string(id))
	if err != nil {
		return nil, err
	}
	if !ok || sealed == "" {
		return nil, ErrUnknown
	}
	plain, err := q.Box().Open(sealPicture, sealed)
	return []byte(plain), err
}

// Pictures opens the JPEGs of a set of photos, by their digests; one that was replaced meanwhile, or
// cannot be opened, is left out.
func Pictures(ctx context.Context, q db.Q, photos []ref.Photo) (map[string][]byte, error) {
	out := make(map[string][]byte, len(photos))
	err := db.QueryEach(ctx, q, "select p.digest, p.picture_seal from photo p join each($1) e on p.id = e.value ->> 0 where p.picture_seal <> ''", db.IDs(photos),
		func(r *sql.Rows) error {
			var digest, sealed string
			if err := r.Scan(&digest, &sealed); err != nil {
				return err
			}
			if plain, err := q.Box().Open(sealPicture, sealed); err == nil {
				out[digest] = []byte(plain)
			}
			return nil
		})
	return out, err
}
