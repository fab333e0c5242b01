package publish

import (
	"context"

	"kawu/domain/edition"
	"kawu/domain/ref"
	"kawu/kit/db"
	"kawu/policy/shelf"
)

// Press gives the shelf what a city has published at run time.
type Press struct {
	Store *db.DB
	City  ref.City
}

// Last is one tiny question, asked whenever somebody decides by the policy of today.
func (p Press) Last(ctx context.Context) (int64, error) { return edition.Last(ctx, p.Store, p.City) }

// After reads what this node has not seen yet.
func (p Press) After(ctx context.Context, no int64) ([]shelf.Sheet, error) {
	all, err := edition.After(ctx, p.Store, p.City, no)
	out := make([]shelf.Sheet, len(all))
	for i, x := range all {
		out[i] = shelf.Sheet{No: x.No, File: x.File, Text: x.Text}
	}
	return out, err
}
