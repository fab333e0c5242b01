package web

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"

	"kawu/kit/clock"
)

type numberKey struct{}

// numberOf is the number a person quotes when something went wrong; it finds the request's log line.
func numberOf(r *http.Request) string {
	n, _ := r.Context().Value(numberKey{}).(string)
	return n
}

// newToken is 26 characters nobody can guess.
func newToken() string { return rand.Text() }

// digits hides anything in an address that could be an identity or phone number; ids have letters.
var digits = regexp.MustCompile(`[0-9]{6,}`)

// logged writes one line a request: no query, no form, no address of the visitor, no name.
func (h *Hall) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		took := clock.Since()
		number := newToken()[:8]
		r = r.WithContext(context.WithValue(r.Context(), numberKey{}, number))
		s := &status{ResponseWriter: w, code: http.StatusOK}
		next.ServeHTTP(s, r)
		level := slog.LevelInfo
		if s.code >= 500 {
			level = slog.LevelError
		}
		h.Log.Log(r.Context(), level, "request", "number", number, "method", r.Method,
			"path", digits.ReplaceAllString(r.URL.Path, "#"), "status", s.code, "ms", took().Milliseconds())
	})
}

// status remembers the status code for the log.
type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) { s.code = code; s.ResponseWriter.WriteHeader(code) }

// Unwrap lets http.ResponseController reach the connection.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// policy lets a page load nothing but our own files. Inline style attributes are allowed for one
// number only, --v of the promise ring; htmx runs without eval.
const policy = "default-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'"

func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()")
		if r.TLS != nil {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
