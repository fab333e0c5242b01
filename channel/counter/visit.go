package counter

import (
	"encoding/json"
	"net/http"
	"time"

	"kawu/flow/desk"
)

// visit is what has been done for one card at one window and is not in the rooms yet. It lies sealed
// in a cookie, so that any node can go on, and ends with the visit: nothing of a person stays on
// the counter's machine.
type visit struct {
	By, Card string
	Document string // identity number as shown; the flow compares it once more
	Found    bool   // the envelope was opened
	Proxy    string // name of who collects for the person; ""
	Later    []string
	Started  time.Time
}

const (
	visitPurpose = "counter.visit"
	visitTime    = 30 * time.Minute
)

// visitOf opens the cookie of a card's visit; anything else than this clerk's own is a new visit.
func (p *Portal) visitOf(r *http.Request, who desk.Actor, card string) visit {
	fresh := visit{By: who.ID, Card: card}
	c, err := r.Cookie("visit")
	if err != nil {
		return fresh
	}
	text, err := p.Store.Box().Open(visitPurpose, c.Value)
	if err != nil {
		return fresh
	}
	var v visit
	if json.Unmarshal([]byte(text), &v) != nil || v.By != who.ID || v.Card != card || p.Hall.Clock.Now().Sub(v.Started) > visitTime {
		return fresh
	}
	return v
}

// keep seals the visit into its cookie.
func (p *Portal) keep(w http.ResponseWriter, r *http.Request, v visit) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	sealed, err := p.Store.Box().Seal(visitPurpose, string(b))
	if err != nil {
		return err
	}
	http.SetCookie(w, &http.Cookie{Name: "visit", Value: sealed, Path: "/counter/", HttpOnly: true, Secure: r.TLS != nil,
		SameSite: http.SameSiteStrictMode, MaxAge: int(visitTime / time.Second)})
	return nil
}
