package host

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"kawu/kit/sm"
	"kawu/partner/wire"
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

// Handle sets what to do with a kind of question. The answer is kept: the same key with the same
// question gets it again, with another question a refusal "key_reused".
func Handle[Q, A any](h *Host, kind string, f func(t *Turn, q Q) (A, error)) {
	h.handlers[kind] = handler{decoding(f), true}
}

// HandleLines is Handle for questions whose lines remember their own answers, so that large answers
// are not kept twice.
func HandleLines[Q, A any](h *Host, kind string, f func(t *Turn, q Q) (A, error)) {
	h.handlers[kind] = handler{decoding(f), false}
}

func decoding[Q, A any](f func(t *Turn, q Q) (A, error)) func(*Turn, []byte) (any, error) {
	return func(t *Turn, body []byte) (any, error) {
		var q Q
		if err := json.Unmarshal(body, &q); err != nil {
			return nil, Refuse("unreadable")
		}
		return f(t, q)
	}
}

// Refusal is the error by which a handler refuses a whole question.
type Refusal wire.Refusal

func (r Refusal) Error() string { return "refused: " + r.Reason }

// Refuse makes a Refusal; lines are counted from 1 and at most ten are told.
func Refuse(reason string, lines ...int) error {
	return Refusal{Reason: reason, Lines: lines[:min(10, len(lines))]}
}

// ask answers one question inside the lock.
func (h *Host) ask(kind, key string, body []byte) (json.RawMessage, error) {
	f, ok := h.handlers[kind]
	if !ok {
		return nil, Refuse("unknown_kind")
	}
	if key == "" {
		return nil, Refuse("no_key")
	}
	mark, place := digest(body), kind+" "+key
	if was, ok := h.answered.Get(place); ok {
		if was.Digest != mark {
			return nil, Refuse("key_reused")
		}
		return was.Answer, nil
	}
	var answer json.RawMessage
	err := h.turn(h.now(), key, func(t *Turn) error {
		a, err := f.run(t, body)
		if err != nil {
			return err
		}
		if answer, err = json.Marshal(a); err == nil && f.remember {
			h.answered.Put(place, answered{mark, answer})
		}
		return err
	})
	return answer, err
}

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
		if m.Kind == q.Kind && m.Number <= q.After && strings.Compare(m.Number, old.Number) > 0 {
			old, ok = m, true
		}
	}
	return old, ok
}

func digest(text []byte) string {
	h := sm.Hash(text)
	return hex.EncodeToString(h[:])
}
