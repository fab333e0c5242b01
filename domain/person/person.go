package person

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/name"
	"kawu/kit/phone"
	"kawu/kit/seal"
)

// Category is the group a person belongs to, in the words of policy: employed, retired, pupil,
// resident, flexible, unemployed.
type Category string

// Person is one holder. Number, Name and Mobile print masked wherever they are formatted.
type Person struct {
	ID       ref.Person
	City     ref.City
	Number   idno.Number
	Name     name.Person
	Mobile   phone.Number
	Category Category
	Employer ref.Employer
	District ref.District
	Source   string // where the data came from: "insurance", "employer", "self"
}

// ErrUnknown is the refusal of a person that is not in the holder base.
var ErrUnknown = fault.New(fault.NotFound, "person.unknown", "this person is not in the holder base")

// purpose names of the sealed columns; each value can only be opened for its own.
const (
	sealNumber = "person.number"
	sealName   = "person.name"
	sealMobile = "person.mobile"
)

// Mark is the look-up digest of an identity number. Other rooms compare it; nobody can go back
// from it to the number without the installation's key.
func Mark(box *seal.Box, n idno.Number) string { return box.Digest("identity", n.Reveal()) }

// Marks is Mark for a set.
func Marks(box *seal.Box, ns []idno.Number) []string {
	plain := make([]string, len(ns))
	for i, n := range ns {
		plain[i] = n.Reveal()
	}
	return box.DigestAll("identity", plain)
}

// Put stores people; one whose number exists is brought up to date and keeps its id.
func Put(ctx context.Context, tx *db.Tx, people []Person) error {
	rows, err := sealed(tx.Box(), people)
	if err != nil {
		return err
	}
	_, err = tx.ExecEach(ctx, `insert into person (id, city, number_seal, number_mark, name_seal, mobile_seal, category, employer, district, source, rev)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6,
		e.value ->> 7, e.value ->> 8, e.value ->> 9, 0 from each($1) e where true
		on conflict (number_mark) do update set name_seal = excluded.name_seal, mobile_seal = excluded.mobile_seal,
		category = excluded.category, employer = excluded.employer, district = excluded.district, source = excluded.source, rev = person.rev + 1`, rows)
	return err
}

func sealed(box *seal.Box, people []Person) ([]db.Row, error) {
	var err error
	column := func(purpose string, f func(Person) string) (out []string) {
		plain := make([]string, len(people))
		for i, p := range people {
			plain[i] = f(p)
		}
		if err == nil {
			out, err = box.SealAll(purpose, plain)
		}
		return out
	}
	number := column(sealNumber, func(p Person) string { return p.Number.Reveal() })
	names := column(sealName, func(p Person) string { return p.Name.Reveal() })
	mobile := column(sealMobile, func(p Person) string { return p.Mobile.Reveal() })
	if err != nil {
		return nil, err
	}
	ns := make([]idno.Number, len(people))
	for i, p := range people {
		ns[i] = p.Number
	}
	marks := Marks(box, ns)
	rows := make([]db.Row, len(people))
	for i, p := range people {
		rows[i] = db.Row{p.ID, p.City, number[i], marks[i], names[i], mobile[i], p.Category, p.Employer, p.District, p.Source}
	}
	return rows, nil
}

const columns = "select p.id, p.city, p.number_seal, p.name_seal, p.mobile_seal, p.category, p.employer, p.district, p.source from person p "

func scanner(box *seal.Box) func(*sql.Rows) (Person, error) {
	return func(r *sql.Rows) (p Person, err error) {
		var number, full, mobile string
		if err = r.Scan(&p.ID, &p.City, &number, &full, &mobile, &p.Category, &p.Employer, &p.District, &p.Source); err != nil {
			return p, err
		}
		if number, err = box.Open(sealNumber, number); err != nil {
			return p, err
		}
		if full, err = box.Open(sealName, full); err != nil {
			return p, err
		}
		if mobile, err = box.Open(sealMobile, mobile); err != nil {
			return p, err
		}
		p.Number, p.Name, p.Mobile = idno.Number(number), name.Person(full), phone.Number(mobile)
		return p, nil
	}
}

// Get reads one person.
func Get(ctx context.Context, q db.Q, id ref.Person) (Person, error) {
	p, ok, err := db.One(ctx, q, scanner(q.Box()), columns+"where p.id = $1", string(id))
	if err == nil && !ok {
		err = ErrUnknown
	}
	return p, err
}

// Find reads people by id.
func Find(ctx context.Context, q db.Q, ids []ref.Person) (map[ref.Person]Person, error) {
	out := make(map[ref.Person]Person, len(ids))
	s := scanner(q.Box())
	err := db.QueryEach(ctx, q, columns+"join each($1) e on p.id = e.value ->> 0", db.IDs(ids), func(r *sql.Rows) error {
		p, err := s(r)
		out[p.ID] = p
		return err
	})
	return out, err
}

// Brief is what a roster check needs to know of a person: no sealed column is opened for it.
type Brief struct {
	ID       ref.Person
	Category Category
	Employer ref.Employer
	District ref.District
}

// ByMarks looks people up by the digests of their numbers, aliases included.
func ByMarks(ctx context.Context, q db.Q, marks []string) (map[string]Brief, error) {
	out := make(map[string]Brief, len(marks))
	err := db.QueryEach(ctx, q, `select e.value ->> 0, p.id, p.category, p.employer, p.district from each($1) e
		left join person_alias a on a.number_mark = e.value ->> 0
		join person p on p.number_mark = e.value ->> 0 or p.id = a.person`, db.IDs(marks), func(r *sql.Rows) error {
		var mark string
		var b Brief
		err := r.Scan(&mark, &b.ID, &b.Category, &b.Employer, &b.District)
		out[mark] = b
		return err
	})
	return out, err
}

// SetMobile changes a person's mobile, as the person confirmed it.
func SetMobile(ctx context.Context, tx *db.Tx, id ref.Person, m phone.Number) error {
	s, err := tx.Box().Seal(sealMobile, m.Reveal())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "update person set mobile_seal = $1, source = 'self', rev = rev + 1 where id = $2", s, string(id))
	return err
}
