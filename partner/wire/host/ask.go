package host

import (
	"encoding/json"

	"kawu/partner/wire"
)

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
