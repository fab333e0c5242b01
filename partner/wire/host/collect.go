package host

import (
	"slices"

	"kawu/partner/wire"
)

// collectBytes bounds one answer to a Collect; it always holds at least one message.
const collectBytes = 24 << 20

// collect picks the messages after a number, with the faults that double and repeat.
func (h *Host) collect(q wire.After) ([]message, error) {
	var keys []string
	for key, m := range h.messages.All() {
		if m.Kind == q.Kind && m.Number > q.After {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var out []message
	err := h.turn(h.now(), "", func(*Turn) error {
		f := h.told.faults()
		if old, ok := h.last(q); ok && take(&f.Replay) {
			out = append(out, old)
		}
		for size, i := 0, 0; i < len(keys) && (size == 0 || size < collectBytes); i++ {
			m, _ := h.messages.Get(keys[i])
			out = append(out, m)
			size += len(m.Body)
			if take(&f.Duplicate) {
				out = append(out, m)
			}
		}
		return nil
	})
	return out, err
}

// last is the newest message that the caller had already.
func (h *Host) last(q wire.After) (old message, ok bool) {
	for _, m := range h.messages.All() {
		if m.Kind == q.Kind && m.Number <= q.After && m.Number > old.Number {
			old, ok = m, true
		}
	}
	return old, ok
}
