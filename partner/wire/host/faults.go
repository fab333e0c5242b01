package host

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"time"

	"kawu/kit/clock"
	"kawu/partner/wire"
)

// Faults are the troubles that every simulator can be told to make. Each number counts down.
type Faults struct {
	Fail       int   `json:"fail,omitempty"`        // requests answered 503 before any work
	Delay      Delay `json:"delay,omitzero"`        // requests answered late
	Lose       int   `json:"lose,omitempty"`        // requests whose work is done and whose answer is dropped with the connection
	BadAnswer  int   `json:"bad_answer,omitempty"`  // answers to questions with a signature that does not fit; the work is done
	BadMessage int   `json:"bad_message,omitempty"` // Collects whose first message has a signature that does not fit
	Duplicate  int   `json:"duplicate,omitempty"`   // messages that come twice in one Collect
	Replay     int   `json:"replay,omitempty"`      // Collects that bring the last message once more
}

// Delay holds back a number of answers on the machine's clock.
type Delay struct {
	Requests     int `json:"requests"`
	Milliseconds int `json:"milliseconds"`
}

func take(n *int) bool {
	if *n <= 0 {
		return false
	}
	*n--
	return true
}

// told keeps a family's orders in the memory and gives the common faults in them.
type told struct {
	faults  func() *Faults
	merge   func([]byte) error
	keep    func() error
	restore func() error
}

// Orders makes the place for a family's orders; faults finds the common part in them. The pointer
// stays the same and is read and changed inside turns only. Orders with a method Check() error are
// checked by it before they are obeyed.
func Orders[O any](h *Host, faults func(*O) *Faults) *O {
	orders, table := new(O), NewTable[json.RawMessage](h, "told")
	saved := func() []byte { v, _ := table.Get(""); return v }
	h.told = &told{
		faults: func() *Faults { return faults(orders) },
		merge: func(text []byte) error {
			d := json.NewDecoder(bytes.NewReader(text))
			d.DisallowUnknownFields()
			err := d.Decode(orders)
			if c, ok := any(orders).(interface{ Check() error }); ok && err == nil {
				err = c.Check()
			}
			return err
		},
		keep: func() error {
			text, err := json.Marshal(orders)
			if err == nil && !bytes.Equal(text, saved()) {
				table.Put("", text)
			}
			return err
		},
		restore: func() error {
			var o O
			if text := saved(); text != nil {
				if err := json.Unmarshal(text, &o); err != nil {
					return err
				}
			}
			*orders = o
			return nil
		},
	}
	h.mux.HandleFunc("GET /control/orders", func(w http.ResponseWriter, _ *http.Request) {
		_ = h.Do(func(*Turn) error { writeJSON(w, orders); return nil })
	})
	h.mux.HandleFunc("POST /control/orders", func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, wire.MaxBytes))
		if err == nil {
			err = h.Tell(text)
		}
		answerControl(w, err)
	})
	return orders
}

// Tell adds orders to those in force: a field that is there is set, an entry of a map is added.
// An unknown field is an error and nothing is changed.
func (h *Host) Tell(orders []byte) error {
	return h.Do(func(*Turn) error { return h.told.merge(orders) })
}

// failing takes a request that shall fail before any work.
func (h *Host) failing() (fail bool) {
	err := h.takeFault(func(f *Faults) { fail = take(&f.Fail) })
	return fail || err != nil
}

// wait holds a request back if it shall be late, until the caller gives up.
func (h *Host) wait(r *http.Request) error {
	var delay time.Duration
	err := h.takeFault(func(f *Faults) {
		if take(&f.Delay.Requests) {
			delay = time.Duration(f.Delay.Milliseconds) * time.Millisecond
		}
	})
	if delay > 0 {
		clock.Sleep(delay, r.Context().Done())
	}
	return err
}

func (h *Host) takeFault(f func(*Faults)) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.turn(h.now(), "", func(*Turn) error { f(h.told.faults()); return nil })
}
