package audit

import (
	"context"

	"kawu/kit/db"
)

// Page is one page of the lines of an actor and about a subject ("" for any), newest first.
func Page(ctx context.Context, q db.Q, actor, subject string, offset, limit int) ([]Line, error) {
	return db.List(ctx, q, scan, columns+`where ($1 = '' or actor = $1) and ($2 = '' or subject = $2)
		order by seq desc limit $3 offset $4`, actor, subject, limit, offset)
}

// CountLines counts them.
func CountLines(ctx context.Context, q db.Q, actor, subject string) (int, error) {
	n, err := db.Int(ctx, q, "select count(*) from audit where ($1 = '' or actor = $1) and ($2 = '' or subject = $2)", actor, subject)
	return int(n), err
}
