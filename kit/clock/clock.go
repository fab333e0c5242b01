// Package clock is the only place that reads the machine's time.
//
// Everything else is given a Clock, or a time fixed by the transaction it runs in. A demo moves
// through a month in a minute with Manual; a shape test keeps time.Now out of the other packages.
// Zone is China Standard Time: promises, windows and working days are Chinese calendar days.
package clock

import (
	"sync"
	"time"
)

// Zone is China Standard Time (UTC+8, no summer time since 1991). It does not depend on the
// machine's zone files.
var Zone = time.FixedZone("CST", 8*3600)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Real is the machine's clock.
type Real struct{}

// Now is the machine's time in Zone, cut to microseconds, which is what both databases keep.
func (Real) Now() time.Time { return time.Now().In(Zone).Truncate(time.Microsecond) }

// Manual stands still until it is moved. It never goes back.
type Manual struct {
	mu sync.Mutex
	t  time.Time
}

// At makes a Manual that stands at t.
func At(t time.Time) *Manual { return &Manual{t: t.In(Zone).Truncate(time.Microsecond)} }

// Now is where it stands.
func (m *Manual) Now() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.t }

// To moves it forward to t; a t in its past is ignored.
func (m *Manual) To(t time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t = t.In(Zone).Truncate(time.Microsecond); t.After(m.t) {
		m.t = t
	}
}

// Add moves it forward by d.
func (m *Manual) Add(d time.Duration) { m.To(m.Now().Add(d)) }

// Day is midnight of t's calendar day in Zone.
func Day(t time.Time) time.Time {
	y, m, d := t.In(Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone)
}

// Sleep waits on the machine's clock; only servers' polling loops use it.
func Sleep(d time.Duration, stop <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-stop:
	}
}

// Since measures real elapsed time for figures and logs, whatever clock the business runs on.
func Since() func() time.Duration {
	t := time.Now()
	return func() time.Duration { return time.Since(t) }
}
