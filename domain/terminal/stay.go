package terminal

import (
	"context"
	"database/sql"
	"time"

	"kawu/kit/db"
	"kawu/kit/name"
)

// Stay is one keeper's time with a module. Until is zero for the one that lasts; the keeper of a lost
// module answers for it until it is found.
type Stay struct {
	Place  Place
	Keeper name.Person // empty at the centre
	Since  time.Time
	Until  time.Time
}

const keeperPurpose = "psam_stay.keeper"

func openKeeper(q db.Q, sealed string) (name.Person, error) {
	plain, err := q.Box().Open(keeperPurpose, sealed)
	return name.Person(plain), err
}

// begin starts the chains of modules at the centre.
func begin(ctx context.Context, tx *db.Tx, ids []ID) error {
	keeper, err := tx.Box().Seal(keeperPurpose, "")
	if err != nil {
		return err
	}
	_, err = tx.ExecEach(ctx, `insert into psam_stay (psam, seq, place_kind, place, keeper_seal, since, until)
		select e.value ->> 0, 1, $2, $3, $4, cast($5 as bigint), 0 from each($1) e`, db.IDs(ids), string(Centre.Kind), Centre.Name, keeper, tx.Micro())
	return err
}

// Hand ends the stays of modules and begins the next at the same instant.
func Hand(ctx context.Context, tx *db.Tx, ids []ID, to Place, keeper name.Person) error {
	sealed, err := tx.Box().Seal(keeperPurpose, keeper.Reveal())
	if err != nil {
		return err
	}
	if _, err = tx.ExecEach(ctx, "update psam_stay set until = cast($2 as bigint) where until = 0 and psam in (select e.value ->> 0 from each($1) e)",
		db.IDs(ids), tx.Micro()); err != nil {
		return err
	}
	_, err = tx.ExecEach(ctx, `insert into psam_stay (psam, seq, place_kind, place, keeper_seal, since, until)
		select e.value ->> 0, (select max(k.seq) + 1 from psam_stay k where k.psam = e.value ->> 0), $2, $3, $4, cast($5 as bigint), 0 from each($1) e`,
		db.IDs(ids), string(to.Kind), to.Name, sealed, tx.Micro())
	return err
}

// Stays is the chain of one module, first keeper first.
func Stays(ctx context.Context, q db.Q, m ID) ([]Stay, error) {
	return db.List(ctx, q, func(r *sql.Rows) (s Stay, err error) {
		var since, until int64
		var keeper string
		if err = r.Scan(&s.Place.Kind, &s.Place.Name, &keeper, &since, &until); err != nil {
			return s, err
		}
		s.Since, s.Until = db.Time(since), db.Time(until)
		s.Keeper, err = openKeeper(q, keeper)
		return s, err
	}, "select place_kind, place, keeper_seal, since, until from psam_stay where psam = $1 order by seq", string(m))
}
