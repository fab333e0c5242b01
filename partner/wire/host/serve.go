package host

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"kawu/partner/wire"
)

// serve is the partner's end of the wire.
func (h *Host) serve(w http.ResponseWriter, r *http.Request) {
	if h.failing() {
		http.Error(w, "out of service", http.StatusServiceUnavailable)
		return
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, h.limit))
	if err != nil {
		http.Error(w, "too large", http.StatusRequestEntityTooLarge)
		return
	}
	var asked wire.Envelope
	if err := json.Unmarshal(text, &asked); err != nil {
		http.Error(w, "not an envelope", http.StatusBadRequest)
		return
	}
	body, err := h.keys.Open(&asked)
	if err != nil {
		http.Error(w, "bad signature", http.StatusBadRequest)
		return
	}
	if err := h.wait(r); err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	kind, answer, err := h.answer(&asked, body)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	reply, err := h.keys.Seal(wire.Header{To: asked.From, Kind: kind, Key: asked.Key, Answers: asked.Digest(), SentAt: h.now()}, answer)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	h.send(w, asked.Kind, reply)
}

// send applies the faults of the way back.
func (h *Host) send(w http.ResponseWriter, kind string, reply *wire.Envelope) {
	var lose, spoil bool
	err := h.takeFault(func(f *Faults) {
		lose = take(&f.Lose)
		spoil = !lose && kind != wire.KindCollect && take(&f.BadAnswer)
	})
	if err != nil || lose {
		panic(http.ErrAbortHandler) // drops the connection; the work is done and kept
	}
	if spoil {
		spoilSignature(reply)
	}
	writeJSON(w, reply)
}

func spoilSignature(e *wire.Envelope) { e.Signature[len(e.Signature)-1] ^= 1 }

// answer works under the lock: the clock first, then what is due, then the question.
func (h *Host) answer(asked *wire.Envelope, body []byte) (kind string, answer []byte, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.follow != nil {
		h.follow.See(asked.SentAt)
	}
	if err := h.tick(); err != nil {
		return "", nil, err
	}
	if asked.Kind == wire.KindCollect {
		answer, err = h.answerCollect(asked.From, body)
	} else {
		answer, err = h.ask(asked.Kind, asked.Key, body)
	}
	var refusal Refusal
	if errors.As(err, &refusal) {
		answer, err = json.Marshal(wire.Refusal(refusal))
		return wire.KindRefusal, answer, err
	}
	return wire.KindAnswer, answer, err
}

func (h *Host) answerCollect(to string, body []byte) ([]byte, error) {
	var q wire.After
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, Refuse("unreadable")
	}
	list, err := h.collect(q)
	if err != nil {
		return nil, err
	}
	got := wire.Collected{Messages: make([]*wire.Envelope, 0, len(list))}
	for _, m := range list {
		e, err := h.keys.Seal(wire.Header{To: to, Kind: m.Kind, Number: m.Number, SentAt: m.At}, m.Body)
		if err != nil {
			return nil, err
		}
		got.Messages = append(got.Messages, e)
	}
	if len(got.Messages) > 0 {
		err = h.turn(h.now(), "", func(*Turn) error {
			if take(&h.told.faults().BadMessage) {
				spoilSignature(got.Messages[0])
			}
			return nil
		})
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(got)
}
