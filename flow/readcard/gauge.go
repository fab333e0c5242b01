package readcard

import (
	"sync"
	"time"

	"kawu/domain/terminal"
	"kawu/kit/fault"
)

// gauge counts the cards that each terminal asked for in this minute, in this process: what is too
// many is refused before the key store and the database see it. Its zero value is ready.
type gauge struct {
	mu     sync.Mutex
	minute time.Time
	n      map[terminal.ID]int
}

// take counts n cards, or refuses them all with ErrOften.
func (g *gauge) take(m terminal.ID, n int, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if minute := now.Truncate(time.Minute); !minute.Equal(g.minute) || g.n == nil {
		g.minute, g.n = minute, map[terminal.ID]int{}
	}
	if g.n[m]+n > PerMinute {
		left := g.minute.Add(time.Minute).Sub(now)
		return fault.New(ErrOften.Kind, ErrOften.Code, ErrOften.Message, "most", PerMinute, "seconds", int((left+time.Second-1)/time.Second))
	}
	g.n[m] += n
	return nil
}
