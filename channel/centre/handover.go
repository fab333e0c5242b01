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
	"kawu/kit/fault"
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
	Taking       bool // as taker; otherwise as giver
	// As typed.
	Counted, Lost, Damaged, Extra string
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

// MissingField lists what is missing, named "missing".
func (h Handover) MissingField() web.Field {
	return h.Field("missing", "counter.handover.missing", h.Lost).Hint(h.T("counter.handover.missing.hint"))
}

// DamagedField lists what is damaged, named "damaged".
func (h Handover) DamagedField() web.Field {
	return h.Field("damaged", "counter.handover.damaged", h.Damaged)
}

// ExtraField lists what is not on the list, named "extra".
func (h Handover) ExtraField() web.Field {
	return h.Field("extra", "counter.handover.extra", h.Extra)
}

// AgreeTick is the box that must be ticked, named "agree".
func (h Handover) AgreeTick() web.Choices {
	if h.Taking {
		return h.Tick("agree", h.T("counter.handover.agree.take"), false)
	}
	return h.Tick("agree", h.T("counter.handover.agree.give"), false)
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
		Waits: waits(l) && desk.May(who.Role, desk.TakeHandover), Taking: l.State == "given"}
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

var errSigned = fault.New(fault.Conflict, "counter.signed", "this list does not wait for your signature any more")

// sign is POST /centre/handovers/{id}.
func (p *Portal) sign(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	l, err := p.list(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	err = p.Hall.Once(w, r, func() (string, error) {
		if !waits(l) {
			return "", errSigned
		}
		found, err := party.Count(r.Context(), p.Store, r.PostForm, l)
		if err != nil {
			return "", err
		}
		back := href(string(l.ID))
		if l.State == "drawn" {
			return web.Saying(back, "said.gave"), p.Handover.Give(r.Context(), who, l.ID)
		}
		key := "said.took"
		if len(found.Missing)+len(found.Damaged)+len(found.Extra) > 0 {
			key = "said.took_with_findings"
		}
		return web.Saying(back, key), p.Handover.Take(r.Context(), who, l.ID, found)
	})
	if err == nil {
		return nil
	}
	x, again := p.handoverOf(r, who)
	if again != nil {
		return again
	}
	x.Counted, x.Lost, x.Damaged, x.Extra = r.PostFormValue("counted"), r.PostFormValue("missing"), r.PostFormValue("damaged"), r.PostFormValue("extra")
	if !x.Page.Fail(err) {
		return err
	}
	return HandoverView.Form(w, x.Page, x)
}
