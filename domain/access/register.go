package access

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/kit/name"
)

// Register lists an installation's staff by login, also those who have left.
func Register(ctx context.Context, q db.Q, city ref.City) ([]Staff, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Staff, err error) {
		var sealed string
		var disabled int64
		if err = r.Scan(&s.ID, &s.Login, &s.Role, &s.City, &s.Org, &s.Place, &s.District, &sealed, &disabled); err != nil {
			return s, err
		}
		full, err := q.Box().Open(sealName, sealed)
		s.Name, s.Disabled = name.Person(full), disabled > 0
		return s, err
	}, "select id, login, role, city, org, place, district, name_seal, disabled_at from staff where city = $1 order by login", string(city))
}

// Active counts a city's staff of one role who have not left and who see the whole city.
func Active(ctx context.Context, q db.Q, city ref.City, role string) (int, error) {
	n, err := db.Int(ctx, q, "select count(*) from staff where city = $1 and role = $2 and district = '' and disabled_at = 0", string(city), role)
	return int(n), err
}
