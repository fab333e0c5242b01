package web

import (
	"net/http"
	"net/url"
	"strings"
	"sync"

	"kawu/kit/wording"
)

// onceSize is how many sent forms are remembered; some 2 MB.
const onceSize = 10_000

// onceBook remembers where a sent form led to. It is a courtesy to people who press twice or go
// back; what guarantees that nothing is done twice is the conditional update behind the desk.
type onceBook struct {
	mu    sync.Mutex
	forms map[string]*sent
	order []string // ring of keys, oldest replaced first
	next  int
}

type sent struct {
	mu sync.Mutex
	to string // "" until it was done
}

func (b *onceBook) form(key string) *sent {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, ok := b.forms[key]; ok {
		return s
	}
	if b.forms == nil {
		b.forms, b.order = map[string]*sent{}, make([]string, onceSize)
	}
	delete(b.forms, b.order[b.next])
	b.order[b.next] = key
	b.next = (b.next + 1) % onceSize
	s := &sent{}
	b.forms[key] = s
	return s
}

// Once does what a form asks for and redirects to the address that do gives (post, redirect, get).
// The same form sent again, by a second press or after going back, is not done again: it leads to
// where the first one led. After a refusal it may be sent again.
func (h *Hall) Once(w http.ResponseWriter, r *http.Request, do func() (to string, err error)) error {
	token := r.PostFormValue("once")
	if token == "" {
		token = newToken()
	}
	s := h.once.form(VisitorOf(r.Context()).Session + r.URL.Path + "#" + token)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.to == "" {
		to, err := do()
		if err != nil {
			return err
		}
		s.to = to
	}
	seeOther(w, r, s.to)
	return nil
}

// Sent leads a form that was done before to where it led then; false when it was not, or may be sent
// again. Pages ask it before they refuse what is no longer possible just because it was done.
func (h *Hall) Sent(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
		return false // a file is not read to find out
	}
	s := h.once.form(VisitorOf(r.Context()).Session + r.URL.Path + "#" + r.PostFormValue("once"))
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.to != "" {
		seeOther(w, r, s.to)
	}
	return s.to != ""
}

// seeOther redirects; htmx is told to go there with the whole page.
func seeOther(w http.ResponseWriter, r *http.Request, to string) {
	if r.Header.Get("HX-Request") != "" {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusOK)
		return
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// Saying adds to an address what the next page says at its top: a wording key that begins with
// "said.", such as "said.reminded".
func Saying(to, key string) string {
	sep := "?"
	if u, err := url.Parse(to); err == nil && u.RawQuery != "" {
		sep = "&"
	}
	return to + sep + "said=" + url.QueryEscape(key)
}

// noticeOf takes only keys made for this, so that an address cannot make a page say anything else.
func noticeOf(r *http.Request) Said {
	key := r.URL.Query().Get("said")
	if strings.HasPrefix(key, "said.") && wording.Has(key) {
		return Say(key)
	}
	return Said{}
}

// Vouch gives the keys that are true now of the card on the page. What an address wants said of a card
// (keys that begin with "said.card.") is said only when it is among them: a page that is loaded again,
// left open in a second tab or opened from a history must never say that a card is stopped which works.
func (p *Page) Vouch(so map[string]bool) {
	if so[p.claim.Key] {
		p.Notice = p.claim
	}
}
