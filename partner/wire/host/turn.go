package host

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"kawu/kit/sm"
)

// Turn is one piece of work: a question, something that became due, or a call from Go.
type Turn struct {
	h   *Host
	now time.Time
	Key string // idempotency key of the question; "" otherwise
}

// Now is the simulator's time; for what became due, the time at which it did.
func (t *Turn) Now() time.Time { return t.now }

type answered struct {
	Digest string          `json:"digest"` // of the question
	Answer json.RawMessage `json:"answer"`
}

type message struct {
	Kind   string          `json:"kind"`
	Number string          `json:"number"`
	At     time.Time       `json:"at"`
	Body   json.RawMessage `json:"body"`
}

type task struct {
	Due  time.Time       `json:"due"`
	Data json.RawMessage `json:"data"`
}

// Number writes a message number: twelve digits, so that text sorts as numbers do.
func Number(n int64) string { return fmt.Sprintf("%012d", n) }

// Post publishes a message of a kind now, under the next number of that kind.
func (t *Turn) Post(kind string, body any) error {
	return t.PostMany(kind, 1, func(int64) any { return body })
}

// PostMany publishes one message that uses up n numbers, for a message that is a set whose members
// have numbers of their own: first to first+n-1. The message has the last one.
func (t *Turn) PostMany(kind string, n int, body func(first int64) any) error {
	was, _ := t.h.numbers.Get(kind)
	text, err := json.Marshal(body(was + 1))
	if err != nil {
		return err
	}
	last := was + int64(n)
	t.h.numbers.Put(kind, last)
	t.h.messages.Put(kind+" "+Number(last), message{kind, Number(last), t.now, text})
	return nil
}

// Next counts: 1, 2, 3 … under a name, for numbers that are never given twice.
func (t *Turn) Next(name string) int64 {
	n, _ := t.h.numbers.Get("next " + name)
	t.h.numbers.Put("next "+name, n+1)
	return n + 1
}

// Worked adds to the count of lines that the simulator has done something about; a repeat of a key
// adds nothing.
func (t *Turn) Worked(lines int) {
	n, _ := t.h.numbers.Get("work")
	t.h.numbers.Put("work", n+int64(lines))
}

// Schedule has OnDue called with data once the clock has reached due.
func (t *Turn) Schedule(due time.Time, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	t.h.tasks.Put(fmt.Sprintf("%020d %s", due.UnixMicro(), Number(t.Next("task"))), task{due, text})
	return nil
}

// OnDue sets what to do with scheduled data. It runs in the order of the due times.
func OnDue[T any](h *Host, f func(t *Turn, data T) error) {
	h.due = func(t *Turn, text json.RawMessage) error {
		var data T
		if err := json.Unmarshal(text, &data); err != nil {
			return err
		}
		return f(t, data)
	}
}

// tick works off what is due, each in a turn of its own; work may schedule more.
func (h *Host) tick() error {
	for now := h.now(); ; {
		first := ""
		for key, v := range h.tasks.All() {
			if !v.Due.After(now) && (first == "" || key < first) {
				first = key
			}
		}
		if first == "" {
			return nil
		}
		v, _ := h.tasks.Get(first)
		err := h.turn(v.Due, "", func(t *Turn) error {
			h.tasks.Delete(first)
			return h.due(t, v.Data)
		})
		if err != nil {
			return err
		}
	}
}

func digest(text []byte) string {
	h := sm.Hash(text)
	return hex.EncodeToString(h[:])
}
