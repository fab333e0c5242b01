package host

// lasting are the tables that outlive Forget: what the simulator was told to do wrong, and an
// authority's own keys.
var lasting = map[string]bool{"told": true, "secrets": true}

// Forget empties the memory and lets the clock start anew, for a caller that begins from nothing:
// a second demo against simulators that run as their own processes. POST /control/forget does the
// same. What it was told to do wrong stays in force.
func (h *Host) Forget() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.turn(h.now(), "", func(*Turn) error { h.forget(); return nil })
}

func (h *Host) forget() {
	for name, wipe := range h.memory.wipe {
		if !lasting[name] {
			wipe()
		}
	}
	if h.follow != nil {
		h.follow.Reset()
	}
}
