package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"kawu/kit/clock"
	"kawu/partner/wire"
)

// Options is what starting a simulator takes; every family's sim.New has it.
type Options struct {
	Data   string      // folder of its memory, made when missing; a restart with the same folder goes on
	Keys   string      // folder of the key files that wire.Setup made
	Clock  clock.Clock // nil: follow the time in the callers' envelopes
	Orders string      // file with orders (faults) as JSON, or "". The same file is obeyed once, not at every start
	Limit  int64       // bytes of one request; 0: wire.MaxBytes
	Keyd   string      // socket of the key process with the card keys; "": the vault in Keys
}

// Host runs one simulator.
type Host struct {
	party    string
	limit    int64
	keys     *wire.Keyring
	now      func() time.Time
	follow   *wire.FollowingClock // nil with a clock of its own
	memory   *Memory
	mux      *http.ServeMux
	handlers map[string]handler
	due      func(*Turn, json.RawMessage) error
	told     *told

	mu       sync.Mutex
	answered *Table[answered]
	messages *Table[message]
	numbers  *Table[int64]
	tasks    *Table[task]
	scalars  *Table[string] // "clock": the last time seen; "orders": digest of the last orders file
}

type handler struct {
	run      func(*Turn, []byte) (any, error)
	remember bool
}

// Open prepares the simulator of a party; tables, handlers and orders follow, then Start.
func Open(party string, o Options) (*Host, error) {
	if err := os.MkdirAll(o.Data, 0o700); err != nil {
		return nil, err
	}
	keys, err := wire.Load(o.Keys, party)
	if err != nil {
		return nil, err
	}
	if o.Limit == 0 {
		o.Limit = wire.MaxBytes
	}
	h := &Host{party: party, limit: o.Limit, keys: keys, memory: newMemory(), mux: http.NewServeMux(), handlers: map[string]handler{}}
	if o.Clock != nil {
		h.now = o.Clock.Now
	} else {
		h.follow = &wire.FollowingClock{}
		h.now = h.follow.Now
	}
	h.answered = NewTable[answered](h, "answered")
	h.messages = NewTable[message](h, "messages")
	h.numbers = NewTable[int64](h, "numbers")
	h.tasks = NewTable[task](h, "tasks")
	h.scalars = NewTable[string](h, "scalars")
	h.mux.HandleFunc("POST "+wire.Path, h.serve)
	Control(h, "forget", func(*Turn, struct{}) error { h.forget(); return nil })
	h.mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, map[string]string{"party": party}) })
	return h, nil
}

// Start replays the memory and obeys the orders file.
func (h *Host) Start(o Options) error {
	if h.told == nil {
		return fmt.Errorf("the simulator of %s has no orders", h.party)
	}
	if err := h.memory.open(filepath.Join(o.Data, h.party+".journal")); err != nil {
		return err
	}
	if seen, ok := h.scalars.Get("clock"); ok && h.follow != nil {
		t, err := time.Parse(time.RFC3339Nano, seen)
		if err != nil {
			return err
		}
		h.follow.See(t)
	}
	if err := h.told.restore(); err != nil {
		return err
	}
	if o.Orders == "" {
		return nil
	}
	text, err := os.ReadFile(o.Orders)
	if err != nil {
		return err
	}
	return h.Do(func(*Turn) error {
		mark := digest(text)
		if was, _ := h.scalars.Get("orders"); was == mark {
			return nil
		}
		h.scalars.Put("orders", mark)
		return h.told.merge(text)
	})
}

// Handler serves the wire, /health and the control endpoint.
func (h *Host) Handler() http.Handler { return h.mux }

// Close ends the simulator between two turns.
func (h *Host) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.memory.close()
}

// Do runs one turn from Go, after everything that is due.
func (h *Host) Do(f func(*Turn) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.tick(); err != nil {
		return err
	}
	return h.turn(h.now(), "", f)
}

// Work is how many lines the simulator has ever done something about: tests see by it that a question
// asked again is not done again.
func (h *Host) Work() (n int, err error) {
	err = h.Do(func(*Turn) error { v, _ := h.numbers.Get("work"); n = int(v); return nil })
	return n, err
}

// turn commits what f changed, or undoes it.
func (h *Host) turn(now time.Time, key string, f func(*Turn) error) error {
	err := f(&Turn{h: h, now: now, Key: key})
	if err == nil {
		err = h.told.keep()
	}
	if err != nil {
		h.memory.rollback()
		return errors.Join(err, h.told.restore())
	}
	if h.memory.lines > 0 && h.follow != nil {
		h.scalars.Put("clock", h.now().Format(time.RFC3339Nano))
	}
	if err := h.memory.commit(); err != nil {
		return errors.Join(err, h.told.restore())
	}
	return nil
}
