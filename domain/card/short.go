package card

import (
	"context"
	"strings"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// ByShort finds cards by the last eight characters of their id, as printed on the envelope. Two
// cards may share them, once in a million million.
func ByShort(ctx context.Context, q db.Q, short string) ([]Card, error) {
	return db.List(ctx, q, scan, columns+"where substr(c.id, length(c.id) - 7) = $1 order by c.id limit 10", strings.ToUpper(short))
}

// InUse reads the one card of a person whose social security application is in use: what enabling
// another card would void.
func InUse(ctx context.Context, q db.Q, p ref.Person) (Card, bool, error) {
	return db.One(ctx, q, scan, columns+"where c.person = $1 and s.state in ('1', '2', '3', '4')", string(p))
}
