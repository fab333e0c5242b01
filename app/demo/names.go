package demo

import (
	"context"

	"kawu/domain/production"
)

// names: the card centre looks at the names that another font stands in for, and finds them right.
func (d *Demo) names(ctx context.Context) error {
	waiting, err := production.ProofsIn(ctx, d.House.Store, d.House.City, production.ProofWaiting, 0, 10_000)
	if err != nil {
		return err
	}
	for _, p := range waiting {
		if _, err := d.House.Flows.Make.Show(ctx, d.centre(), p.Application); err != nil {
			return err
		}
		if err := d.House.Flows.Make.Right(ctx, d.centre(), p.Application); err != nil {
			return err
		}
	}
	return nil
}
