package portrait

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/id"
	"kawu/kit/state"
)

// chunk is how many pictures go into one statement: some 15 MB.
const chunk = 500

// Put stores a set of new photos, one a person, and decides what can be decided without a look: with
// no picture it is refused, with no problem it is good, otherwise it waits. What it takes the place of
// is replaced. It fills the ids in all.
func Put(ctx context.Context, tx *db.Tx, all []Photo, sitting string) error {
	moves := map[state.Event][]ref.Photo{}
	var people, sure []ref.Person
	for i, x := range id.Many("pho", tx.At(), len(all)) {
		all[i].ID, all[i].Digest = ref.Photo(x), digest(all[i].JPEG)
		people = append(people, all[i].Person)
		e := all[i].event()
		if e == "pass" {
			sure = append(sure, all[i].Person)
		}
		if e != "" {
			moves[e] = append(moves[e], all[i].ID)
		}
	}
	if err := replace(ctx, tx, people, "'waiting', 'refused'", "", sitting); err != nil {
		return err
	}
	if err := replace(ctx, tx, sure, "'good'", "", sitting); err != nil {
		return err
	}
	for from := 0; from < len(all); from += chunk {
		if err := insert(ctx, tx, all[from:min(from+chunk, len(all))]); err != nil {
			return err
		}
	}
	for _, e := range []state.Event{"pass", "refuse"} {
		if err := state.Apply(ctx, tx, Cycle, e, moves[e], sitting); err != nil {
			return err
		}
	}
	return nil
}

func insert(ctx context.Context, tx *db.Tx, all []Photo) error {
	pictures := make([]string, len(all))
	for i, p := range all {
		pictures[i] = string(p.JPEG)
	}
	pictures, err := tx.Box().SealAll(sealPicture, pictures)
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, p := range all {
		problems, err := p.problems()
		if err != nil {
			return err
		}
		if p.Digest == "" {
			pictures[i] = ""
		}
		rows[i] = db.Row{p.ID, p.City, p.Person, p.Source, pictures[i], p.Digest, p.Quality, p.White, problems, p.Looker.Kind, p.Looker.Name}
	}
	_, err = tx.ExecEach(ctx, `insert into photo (id, city, person, source, state, rev, picture_seal, digest, quality, white, problems,
		looker_kind, looker, taken_at, decided_at, decided_by)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, 'waiting', 0, e.value ->> 4, e.value ->> 5,
		cast(e.value ->> 6 as bigint), cast(e.value ->> 7 as bigint), e.value ->> 8, e.value ->> 9, e.value ->> 10,
		cast($2 as bigint), 0, '' from each($1) e`, rows, tx.Micro())
	return err
}

// replace ends the photos that people have in some states, but for one, and empties their pictures.
// states is a list of our own words.
func replace(ctx context.Context, tx *db.Tx, people []ref.Person, states string, but ref.Photo, sitting string) error {
	var old []ref.Photo
	err := db.QueryEach(ctx, tx, "select p.id from photo p join each($1) e on p.person = e.value ->> 0 where p.state in ("+states+") and p.id <> $2",
		db.IDs(people), func(r *sql.Rows) error {
			var x ref.Photo
			err := r.Scan(&x)
			old = append(old, x)
			return err
		}, string(but))
	if err != nil || len(old) == 0 {
		return err
	}
	if err := state.Apply(ctx, tx, Cycle, "replace", old, sitting); err != nil {
		return err
	}
	_, err = tx.ExecEach(ctx, "update photo set picture_seal = '' where id in (select e.value ->> 0 from each($1) e)", db.IDs(old))
	return err
}

// Accept makes a waiting photo good after a clerk has looked at it; its problems stay, as overruled.
func Accept(ctx context.Context, tx *db.Tx, p Photo, by, sitting string) error {
	if err := replace(ctx, tx, []ref.Person{p.Person}, "'good'", p.ID, sitting); err != nil {
		return err
	}
	return decide(ctx, tx, p.ID, "accept", by, sitting)
}

// Refuse asks for another photo than a waiting one.
func Refuse(ctx context.Context, tx *db.Tx, id ref.Photo, by, sitting string) error {
	return decide(ctx, tx, id, "refuse", by, sitting)
}

func decide(ctx context.Context, tx *db.Tx, id ref.Photo, e state.Event, by, sitting string) error {
	if err := state.Apply(ctx, tx, Cycle, e, []ref.Photo{id}, sitting); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "update photo set decided_at = $1, decided_by = $2 where id = $3", tx.Micro(), by, string(id))
	return err
}

// Asked notes that the register is being asked for these people's photos.
func Asked(ctx context.Context, tx *db.Tx, people []ref.Person) error {
	_, err := tx.ExecEach(ctx, "insert into photo_asked (person, at) select e.value ->> 0, cast($2 as bigint) from each($1) e where true on conflict do nothing",
		db.IDs(people), tx.Micro())
	return err
}

// Answered ends the question to the register for these people.
func Answered(ctx context.Context, tx *db.Tx, people []ref.Person) error {
	_, err := tx.ExecEach(ctx, "delete from photo_asked where person in (select e.value ->> 0 from each($1) e)", db.IDs(people))
	return err
}
