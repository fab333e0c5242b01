package terminal

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"database/sql"

	"kawu/domain/ref"
	"kawu/kit/db"
)

const tokenPurpose = "psam.token"

// NewTokens gives each module's terminal a new token and ends the old one. The tokens are told once,
// in order; only their digests stay.
func NewTokens(ctx context.Context, tx *db.Tx, ids []ID) ([]string, error) {
	tokens := make([]string, len(ids))
	rows := make([]db.Row, len(ids))
	for i, m := range ids {
		tokens[i] = rand.Text() + rand.Text() // 260 bits
		rows[i] = db.Row{m, mark(tx, m, tokens[i])}
	}
	return tokens, setMarks(ctx, tx, rows)
}

// EndTokens ends the tokens of modules that are back. A lost module keeps its token, so that whoever
// uses it is known for what it is.
func EndTokens(ctx context.Context, tx *db.Tx, ids []ID) error {
	return setMarks(ctx, tx, db.Rows(ids, func(m ID) db.Row { return db.Row{m, ""} }))
}

func setMarks(ctx context.Context, tx *db.Tx, rows []db.Row) error {
	_, err := tx.ExecEach(ctx, `update psam set token_mark = e.mark
		from (select x.value ->> 0 as id, x.value ->> 1 as mark from each($1) x) e where psam.id = e.id`, rows)
	return err
}

// mark binds the digest to the module: a token copied into another row opens nothing.
func mark(q db.Q, m ID, token string) string {
	return q.Box().Digest(tokenPurpose, string(m)+" "+token)
}

// Known finds the module of a terminal by its number and token; found is false when the number is
// unknown or the token is not its own, and nobody learns which.
func Known(ctx context.Context, q db.Q, city ref.City, number, token string) (m Module, found bool, err error) {
	want := ""
	m, there, err := db.One(ctx, q, func(r *sql.Rows) (m Module, err error) {
		return m, r.Scan(&m.ID, &m.Terminal, &m.State, &want)
	}, "select id, terminal, state, token_mark from psam where city = $1 and terminal = $2", string(city), number)
	if err != nil {
		return m, false, err
	}
	same := subtle.ConstantTimeCompare([]byte(want), []byte(mark(q, m.ID, token))) == 1
	return m, there && want != "" && same, nil
}
