package access

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/name"
)

// Staff is one user of a portal who is not a citizen. What it may see is Org, Place and District;
// what it may do is Role, a word of flow/desk.
type Staff struct {
	ID       ref.Staff
	Login    string // lower case, chosen by the office: not a person's number
	Role     string
	City     ref.City
	Org      string       // employer id, bank code, or "centre"
	Place    ref.Outlet   // for clerks
	District ref.District // for centre staff of one district; "" is the whole city
	Name     name.Person
	Disabled bool
	First    time.Time // when the first password runs out; zero when the owner has chosen another
}

const sealName = "staff.name"

// Login brings a login to the form it is stored in.
func Login(typed string) string { return strings.ToLower(strings.TrimSpace(typed)) }

// Put stores staff with their password hashes, in the same order; one whose login exists is
// replaced and keeps its id and, when its new hash is empty, its password with First.
func Put(ctx context.Context, tx *db.Tx, all []Staff, hashes []string) error {
	plain := make([]string, len(all))
	for i, s := range all {
		plain[i] = s.Name.Reveal()
	}
	names, err := tx.Box().SealAll(sealName, plain)
	if err != nil {
		return err
	}
	rows := make([]db.Row, len(all))
	for i, s := range all {
		rows[i] = db.Row{s.ID, Login(s.Login), hashes[i], s.Role, s.City, s.Org, s.Place, s.District, names[i], firstMicro(s.First)}
	}
	_, err = tx.ExecEach(ctx, `insert into staff (id, login, password, role, city, org, place, district, name_seal, disabled_at, first_until)
		select e.value ->> 0, e.value ->> 1, e.value ->> 2, e.value ->> 3, e.value ->> 4, e.value ->> 5, e.value ->> 6, e.value ->> 7,
		e.value ->> 8, 0, cast(e.value ->> 9 as bigint) from each($1) e where true on conflict (login) do update set role = excluded.role, city = excluded.city,
		org = excluded.org, place = excluded.place, district = excluded.district, name_seal = excluded.name_seal, disabled_at = 0,
		first_until = case when excluded.password = '' then staff.first_until else excluded.first_until end,
		password = case when excluded.password = '' then staff.password else excluded.password end`, rows)
	return err
}

// Disable keeps a set of staff out from this moment, also out of sessions that are open.
func Disable(ctx context.Context, tx *db.Tx, ids []ref.Staff) error {
	_, err := tx.ExecEach(ctx, "update staff set disabled_at = cast($2 as bigint) where disabled_at = 0 and id in (select e.value ->> 0 from each($1) e)",
		db.IDs(ids), tx.Micro())
	return err
}

const columns = "select id, login, role, city, org, place, district, name_seal, disabled_at, first_until, password from staff "

type row struct {
	Staff
	hash string
}

func one(ctx context.Context, q db.Q, where string, arg string) (row, bool, error) {
	return db.One(ctx, q, func(r *sql.Rows) (s row, err error) {
		var sealed string
		var disabled, first int64
		if err = r.Scan(&s.ID, &s.Login, &s.Role, &s.City, &s.Org, &s.Place, &s.District, &sealed, &disabled, &first, &s.hash); err != nil {
			return s, err
		}
		full, err := q.Box().Open(sealName, sealed)
		s.Name, s.Disabled, s.First = name.Person(full), disabled > 0, db.Time(first)
		return s, err
	}, columns+where, arg)
}

// ByLogin reads one member of staff and its password hash; both are empty when there is none.
func ByLogin(ctx context.Context, q db.Q, login string) (Staff, string, error) {
	s, _, err := one(ctx, q, "where login = $1", Login(login))
	return s.Staff, s.hash, err
}

// Get reads one member of staff; found is false when there is none.
func Get(ctx context.Context, q db.Q, id ref.Staff) (s Staff, found bool, err error) {
	r, found, err := one(ctx, q, "where id = $1", string(id))
	return r.Staff, found, err
}

// SetHash stores another hash of the same password.
func SetHash(ctx context.Context, tx *db.Tx, id ref.Staff, hash string) error {
	_, err := tx.Exec(ctx, "update staff set password = $1 where id = $2", hash, string(id))
	return err
}
