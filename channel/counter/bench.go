package counter

import (
	"net/http"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/domain/custody"
	"kawu/flow/desk"
)

// Bench is GET /counter/: what waits here. POST /counter/find looks a person or an envelope up (so
// that a number never stands in an address); when there is one thing to do, its page opens at once.
type Bench struct {
	web.Page
	Frame
	Find    string // as typed; kept when nothing was found
	None    bool   // something was looked for and not found
	Found   []Waiting
	Drawers []Waiting // the oldest cards waiting here
	Lists   []ListRow // hand-over lists to sign
}

// Waiting is a card in a drawer of this outlet.
type Waiting struct {
	Card         string // id
	Name, Masked string
	Drawer       string    // "B-07", or the envelope's code
	Since        time.Time // lies here, or is with whoever has it
	Days         int
	State        web.Tag
	Where        web.Said // who has it, where, since when, the phone; empty when it is here
	Href         string   // collect page; "" when nothing can be done here
}

// BenchView is the page.
var BenchView = web.NewView[Bench](files, "bench")

// shown is how many cards and lists stand on the bench; the rest is a page further.
const shown = 20

// bench is what a clerk sees between two people; a bank's card operations have a page of their own.
func (p *Portal) bench(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	if who.Role == desk.Banker {
		http.Redirect(w, r, "/counter/bank", http.StatusSeeOther)
		return nil
	}
	b, err := p.benchOf(r, who)
	if err != nil {
		return err
	}
	return BenchView.Show(w, http.StatusOK, b)
}

func (p *Portal) benchOf(r *http.Request, who desk.Actor) (Bench, error) {
	ctx := r.Context()
	b := Bench{Page: p.Hall.Page(r, web.PortalCounter, "counter.bench")}
	var err error
	if b.Frame, err = p.frame(ctx, who, "bench"); err != nil {
		return b, err
	}
	h := holder(who)
	links, err := custody.With(ctx, p.Store, h.Kind, h.Name, shown)
	if err != nil {
		return b, err
	}
	if b.Drawers, err = p.waiting(ctx, who, links); err != nil {
		return b, err
	}
	open, err := custody.Open(ctx, p.Store, h.Kind, h.Name)
	if err != nil {
		return b, err
	}
	b.Lists, err = p.rows(ctx, who, open[:min(len(open), shown)])
	return b, err
}

// find looks up what was typed or scanned.
func (p *Portal) find(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	typed := strings.TrimSpace(r.PostFormValue("find"))
	found, err := p.look(r.Context(), who, typed)
	if err != nil {
		return err
	}
	if len(found) == 1 && found[0].Href != "" {
		http.Redirect(w, r, found[0].Href, http.StatusSeeOther)
		return nil
	}
	b, err := p.benchOf(r, who)
	if err != nil {
		return err
	}
	b.Find, b.Found, b.None = typed, found, len(found) == 0
	return BenchView.Show(w, http.StatusOK, b)
}
