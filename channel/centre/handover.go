package centre

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/access"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/wording"
)

// Handover is GET /centre/handovers/{id}: who signed, and every card that did not match. POST is the
// centre's own signature: fields counted, missing, damaged, extra (codes, one a line), agree.
type Handover struct {
	web.Page
	Frame
	HandoverRow
	Giver, Taker string // who signed for each side; "" not yet
	Mismatches   []Mismatch
	Waits        bool // for the centre's own signature, and this officer may give it
	party.Counting
}

// Mismatch is one card that was missing, damaged or too much.
type Mismatch struct {
	Card string
	What web.Said
	At   time.Time
	Href string
}

// HandoverView is the page.
var HandoverView = web.NewView[Handover](files, "handover")

// CountedField is the number counted, named "counted".
func (h Handover) CountedField() web.Field {
	return h.Field("counted", "counter.handover.counted", h.Counted).Hint(h.T("centre.handover.counted.hint", "n", h.Num(h.Cards))).Code(8).Digits()
}

func (p *Portal) handover(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.handoverOf(r, who)
	if err != nil {
		return err
	}
	return HandoverView.Show(w, http.StatusOK, x)
}

func (p *Portal) list(ctx context.Context, id string) (custody.Handover, error) {
	l, err := custody.GetList(ctx, p.Store, ref.Handover(id))
	if err == nil && l.City != p.city {
		err = custody.ErrUnknown
	}
	return l, err
}

// waits tells whether a list waits for the centre's signature.
func waits(l custody.Handover) bool {
	return l.State == "drawn" && l.Giver.Kind == ref.HeldByCentre || l.State == "given" && l.Taker.Kind == ref.HeldByCentre
}

func (p *Portal) handoverOf(r *http.Request, who desk.Actor) (Handover, error) {
	ctx := r.Context()
	l, err := p.list(ctx, r.PathValue("id"))
	if err != nil {
		return Handover{}, err
	}
	rows, err := p.listRows(ctx, []custody.Handover{l})
	if err != nil {
		return Handover{}, err
	}
	x := Handover{Page: p.Hall.Page(r, web.PortalCentre, "centre.handover", "no", rows[0].No), HandoverRow: rows[0],
		Waits: waits(l) && desk.May(who.Role, desk.TakeHandover), Counting: party.Counting{Taking: l.State == "given"}}
	x.Giver, x.Taker = p.staff(ctx, x.Page, l.GiverBy), p.staff(ctx, x.Page, l.TakerBy)
	if x.Frame, err = p.frame(ctx, "handovers"); err != nil {
		return x, err
	}
	lines, err := custody.Lines(ctx, p.Store, l.ID)
	if err != nil {
		return x, err
	}
	maps.DeleteFunc(lines, func(_ ref.Card, f string) bool { return f == custody.Present })
	cards, err := card.Find(ctx, p.Store, slices.Sorted(maps.Keys(lines)))
	for _, c := range cards {
		x.Mismatches = append(x.Mismatches, Mismatch{Card: c.MaskedNumber(), What: web.Say("counter.line." + lines[c.ID]), At: l.TakenAt, Href: href(string(c.ID))})
	}
	return x, err
}

// staff is the name of a member of staff, or what a partner's system is called.
func (p *Portal) staff(ctx context.Context, page web.Page, id string) string {
	if s, found, err := access.Get(ctx, p.Store, ref.Staff(id)); err == nil && found {
		return s.Name.Reveal()
	}
	if key := "web.holder." + id; wording.Has(key) {
		return page.T(key)
	}
	return id
}

// sign is POST /centre/handovers/{id}.
func (p *Portal) sign(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	l, err := p.list(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	err = p.Hall.Once(w, r, func() (string, error) {
		said, err := party.Sign(r.Context(), p.Store, p.Handover, who, r.PostForm, l, waits(l))
		return web.Saying(href(string(l.ID)), said), err
	})
	if err == nil {
		return nil
	}
	x, again := p.handoverOf(r, who)
	if again != nil {
		return again
	}
	x.Typed(r.PostForm)
	if !x.Page.Fail(err) {
		return err
	}
	return HandoverView.Form(w, x.Page, x)
}
