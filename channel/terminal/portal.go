package terminal

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"

	"kawu/channel/web"
	"kawu/flow/readcard"
	"kawu/kit/fault"
)

// Portal answers terminals.
type Portal struct {
	Hall *web.Hall
	Read *readcard.Flow
}

// The refusals of a question that cannot be read.
var (
	ErrQuestion = fault.New(fault.Invalid, "terminal.bad_question", "the request is not JSON of the agreed form")
	ErrSince    = fault.New(fault.Invalid, "terminal.bad_since", "since is the number of a list, from 1")
)

// Routes adds the addresses.
func (p *Portal) Routes(mux *http.ServeMux) {
	mux.Handle("POST /terminal/readings", p.handle(p.readings))
	mux.Handle("GET /terminal/invalid", p.handle(p.invalid))
}

// size bounds a question: its most cards are some 70 kilobytes.
const size = 256 << 10

// handle gives the caller as it says it is, and writes a refusal in the agreed form.
func (p *Portal) handle(f func(http.ResponseWriter, *http.Request, readcard.Caller) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		number, token, _ := r.BasicAuth()
		w.Header().Set("Cache-Control", "no-store")
		if err := f(w, r, readcard.Caller{Number: number, Token: token}); err != nil {
			p.refuse(w, r, err)
		}
	})
}

// readings is POST /terminal/readings: step two for a set of cards.
func (p *Portal) readings(w http.ResponseWriter, r *http.Request, c readcard.Caller) error {
	var q readcard.Readings
	in := json.NewDecoder(http.MaxBytesReader(w, r.Body, size))
	in.DisallowUnknownFields()
	if err := in.Decode(&q); err != nil {
		if f := fault.Of(err); f != nil {
			return f
		}
		return ErrQuestion.Because(err)
	}
	if _, err := in.Token(); err != io.EOF {
		return ErrQuestion
	}
	answers, err := p.Read.Answer(r.Context(), c, q.Inquiries)
	if err != nil {
		return err
	}
	return show(w, http.StatusOK, readcard.Answers{Answers: answers})
}

// invalid is GET /terminal/invalid (?since=): the list of invalid cards as a file, the whole of it or
// what follows a number; 204 when nothing does.
func (p *Portal) invalid(w http.ResponseWriter, r *http.Request, c readcard.Caller) error {
	var since int64
	if text := r.URL.Query().Get("since"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return ErrSince.At("since")
		}
		since = n
	}
	newest, err := p.Read.InvalidFor(r.Context(), c, since)
	if err != nil {
		return err
	}
	if since == newest {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err := p.Read.WriteInvalid(r.Context(), w, since, newest); err != nil {
		p.Hall.Log.ErrorContext(r.Context(), "list of invalid cards", "err", err) // the terminal misses its last line
	}
	return nil
}

// refuse writes an error that is no fault as internal, and its cause to the log only.
func (p *Portal) refuse(w http.ResponseWriter, r *http.Request, err error) {
	rule, f, number := fault.RuleOf(err), fault.Of(err), rand.Text()[:8]
	if f == nil || f.Kind == fault.Internal {
		f = fault.New(fault.Internal, "fault.internal", "internal error", "number", number)
	}
	p.Hall.Log.Log(r.Context(), rule.Level, "fault", "number", number, "code", f.Code, "err", err)
	switch f.Kind {
	case fault.Unsigned:
		w.Header().Set("WWW-Authenticate", `Basic realm="terminal", charset="UTF-8"`)
	case fault.TooMany:
		w.Header().Set("Retry-After", fmt.Sprint(f.Args["seconds"]))
	}
	if err := show(w, rule.Status, readcard.Refusal{Errors: []readcard.Said{readcard.Say(f)}}); err != nil {
		p.Hall.Log.ErrorContext(r.Context(), "refusal", "err", err)
	}
}

func show(w http.ResponseWriter, status int, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, err = w.Write(append(b, '\n'))
	return err
}
