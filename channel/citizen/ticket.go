package citizen

import (
	"encoding/json"
	"net/http"
	"time"
)

// A ticket is what the next page of a short way must know, kept in a sealed cookie of the browser
// and nowhere else: not in an address, where it would stay in histories and logs.

// give seals a ticket into a cookie that ends with the way.
func (p *Portal) give(w http.ResponseWriter, r *http.Request, name string, v any, until time.Time) error {
	b, err := json.Marshal(sealed{until.Unix(), v})
	if err != nil {
		return err
	}
	text, err := p.Store.Box().Seal("ticket."+name, string(b))
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: "kawu_" + name, Value: text, Path: "/" + name, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode})
	return nil
}

type sealed struct {
	Until int64
	V     any
}

// take opens a ticket; false when there is none, or it has run out.
func (p *Portal) take(r *http.Request, name string, v any) bool {
	c, err := r.Cookie("kawu_" + name)
	if err != nil {
		return false
	}
	text, err := p.Store.Box().Open("ticket."+name, c.Value)
	if err != nil {
		return false
	}
	s := sealed{V: v}
	return json.Unmarshal([]byte(text), &s) == nil && p.Hall.Clock.Now().Unix() <= s.Until
}

// drop ends a ticket.
func drop(w http.ResponseWriter, name string) {
	http.SetCookie(w, &http.Cookie{Name: "kawu_" + name, Path: "/" + name, MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode})
}
