package trouble

import (
	"context"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

// Page is one page of a city's open troubles of a kind ("" for any), the most urgent first.
func Page(ctx context.Context, q db.Q, city ref.City, k Kind, offset, limit int) ([]Trouble, error) {
	return db.List(ctx, q, scan, columns+"where city = $1 and settled_at = 0 and ($2 = '' or kind = $2) order by due_at, id limit $3 offset $4",
		string(city), string(k), limit, offset)
}

// CountOpen counts a city's open troubles by kind.
func CountOpen(ctx context.Context, q db.Q, city ref.City) (map[Kind]int, error) {
	out := map[Kind]int{}
	err := db.Scan(ctx, q, func(r *sql.Rows) error {
		var k Kind
		var n int
		err := r.Scan(&k, &n)
		out[k] = n
		return err
	}, "select kind, count(*) from trouble where city = $1 and settled_at = 0 group by kind", string(city))
	return out, err
}

// AboutID lists the troubles that name an id people look up, such as a batch; open and settled, the
// newest first.
func AboutID(ctx context.Context, q db.Q, about string, limit int) ([]Trouble, error) {
	return db.List(ctx, q, scan, columns+"where about = $1 order by since desc, id desc limit $2", about, limit)
}

// Kinds are all kinds, in the order of the journey.
var Kinds = []Kind{NameDiffers, NotInRegister, Dead, CardElsewhere, AccountRefused, WrongAccount, FaceHeld, CardUnmade, CardRemade, UnknownReturn,
	NoCertificate, HandoverDiffers, ParcelFailed, UnknownParcel, MessageFailed, PartnerFails, Overdue, NotCollected, NotEnabled, ModuleLost}
