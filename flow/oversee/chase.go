package oversee

import (
	"context"
	"time"

	"kawu/domain/audit"
	"kawu/domain/ref"
	"kawu/flow/desk"
)

func chased(h ref.Holder) string { return "chase " + string(h.Kind) + " " + h.Name }

// Chase notes that a holder was called about its late cases. The call itself is made by a person;
// the note keeps the next one from asking again the same morning.
func (f *Flow) Chase(ctx context.Context, who desk.Actor, h ref.Holder, cases int) error {
	return f.Desk.Sit(ctx, who, desk.Chase, func(s *desk.Sitting) error {
		s.About(chased(h), cases)
		return nil
	})
}

// Chased is when a holder was chased last; the zero time when it never was.
func (f *Flow) Chased(ctx context.Context, h ref.Holder) (time.Time, error) {
	lines, err := audit.About(ctx, f.Desk.DB, chased(h), 1)
	if err != nil || len(lines) == 0 {
		return time.Time{}, err
	}
	return lines[0].At, nil
}
