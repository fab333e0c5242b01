package web

import (
	"log/slog"
	"net/http"
	"runtime/debug"

	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Hall is what all portals share in one running program. app fills it once.
type Hall struct {
	Clock   clock.Clock // the business clock
	Log     *slog.Logger
	City    Text   // the city whose cards these are
	Hotline string // the number on every page, "12333"
	Demo    bool   // the SMS inbox and the demonstration's log-ins are shown

	once onceBook
}

// Handler is a page's handler. An error it returns becomes the fault page, so nothing may have been
// written before.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Handle turns a page's handler into net/http's.
func (h *Hall) Handle(f Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := f(w, r); err != nil {
			h.Fail(w, r, err)
		}
	})
}

// ErrElsewhere refuses a form that was sent from another site.
var ErrElsewhere = fault.New(fault.Forbidden, "web.elsewhere", "the form was sent from another site")

// Wrap puts what every request needs around the portals: a number to quote, the log, headers,
// protection against forms of other sites, preferences, and a page instead of a crash.
func (h *Hall) Wrap(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	guard.SetDenyHandler(h.Handle(func(http.ResponseWriter, *http.Request) error { return ErrElsewhere }))
	return h.logged(headers(h.rescue(guard.Handler(remember(next)))))
}

// rescue shows the fault page when a handler panics; the stack goes to the log only.
func (h *Hall) rescue(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil && v != http.ErrAbortHandler {
				h.Log.ErrorContext(r.Context(), "panic", "number", numberOf(r), "stack", string(debug.Stack()))
				h.Fail(w, r, fault.New(fault.Internal, "fault.internal", "internal error"))
			}
		}()
		next.ServeHTTP(w, r)
	})
}
