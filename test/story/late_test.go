package story

import (
	"context"
	"testing"

	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/kit/db/dbtest"
)

// TestLate: a factory that needs a month more breaks the promise. Every case becomes the trouble of
// whoever has it, follows the card, and ends when the card is made.
func TestLate(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, engine := range dbtest.Engines {
		t.Run(string(engine), func(t *testing.T) {
			t.Parallel()
			d := found(t, dbtest.Made(t, engine), 12)
			tell(t, d, "factory", `{"late_days": 30}`)
			steps(t, d.Apply, d.Journey)
			all, err := trouble.All(ctx, d.House.Store, d.House.City, 1000)
			if err != nil {
				t.Fatal(err)
			}
			late, moved := 0, 0
			for _, x := range all {
				if x.Kind != trouble.Overdue {
					continue
				}
				late++
				if x.SettledAt.IsZero() {
					t.Errorf("still open after the card was made: %+v", x)
				}
				if x.OwnerKind != ref.HeldByFactory {
					moved++
				}
			}
			s, err := d.Sum(ctx, 0)
			if err != nil || !s.Whole() || late == 0 || moved == 0 {
				t.Errorf("%d late, %d of them followed the card, whole: %v, %v", late, moved, s.Whole(), err)
			}
		})
	}
}
