package wire

import (
	"sync"
	"time"

	"kawu/kit/clock"
)

// FollowingClock is a simulator's clock: the latest time it has seen on a properly signed envelope.
// So a caller whose clock runs through a month in a minute takes its partners along, in whatever
// process they are. It never goes back.
type FollowingClock struct {
	mu sync.Mutex
	t  time.Time
}

// Now is the latest time seen; the zero time before the first envelope.
func (f *FollowingClock) Now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.t.In(clock.Zone)
}

// See moves the clock on to t; a t in its past is ignored.
func (f *FollowingClock) See(t time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if t.After(f.t) {
		f.t = t
	}
}

// Reset lets the clock start anew with the next envelope.
func (f *FollowingClock) Reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.t = time.Time{}
}
