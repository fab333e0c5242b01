package access

import (
	"context"
	"database/sql"
	"time"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/name"
)

// Register lists an installation's staff by login, also those who have left.
func Register(ctx context.Context, q db.Q, city ref.City) ([]Staff, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Staff, err error) {
		var sealed string
		var disabled, first int64
		if err = r.Scan(&s.ID, &s.Login, &s.Role, &s.City, &s.Org, &s.Place, &s.District, &sealed, &disabled, &first); err != nil {
			return s, err
		}
		full, err := q.Box().Open(sealName, sealed)
		s.Name, s.Disabled, s.First = name.Person(full), disabled > 0, db.Time(first)
		return s, err
	}, "select id, login, role, city, org, place, district, name_seal, disabled_at, first_until from staff where city = $1 order by login", string(city))
}

// Active counts a city's staff of one role who see the whole city and can still come in: they have not
// left, and if they hold a first password it has not run out at now.
func Active(ctx context.Context, q db.Q, city ref.City, role string, now time.Time) (int, error) {
	n, err := db.Int(ctx, q, `select count(*) from staff where city = $1 and role = $2 and district = ''
		and disabled_at = 0 and (first_until = 0 or first_until > $3)`, string(city), role, now.UnixMicro())
	return int(n), err
}
