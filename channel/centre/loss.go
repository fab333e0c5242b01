package centre

import (
	"net/http"
	"strings"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/desk"
)

// Lost is the part of a card's page about loss and cancellation: what an officer can do for somebody who
// rings 12333, and for a card that ends.
type Lost struct {
	party.Loss
	May      bool // who looks may act, not only read
	Decide   bool // a cancellation waits, and this is the second person
	AskedBy  string
	EndedBy  string // who agreed to the cancellation
	Unproven string // as typed, kept when something is wrong: reason with proof
	Document string
}

// LostBox is that part with its page.
type LostBox struct {
	web.Page
	ID string
	Lost
}

// ShowLost boxes the part.
func (c Card) ShowLost() LostBox { return LostBox{c.Page, c.ID, c.Lost} }

// ReasonSelect is the reason with its proof, named "reason".
func (l LostBox) ReasonSelect() web.Select {
	return l.Select("reason", "counter.loss.reason", l.Unproven, party.CancelReasons(l.Page, true))
}

// NumberField is the holder's identity number, named "number".
func (l LostBox) NumberField() web.Field {
	return l.Field("number", "counter.loss.number", l.Document).Hint(l.T("centre.loss.number.hint")).Code(24)
}

// CallerTick says that the officer has made sure who rings, named "agree".
func (l LostBox) CallerTick() web.Choices { return l.Tick("agree", l.T("centre.loss.caller"), false) }

// ProofTick says that the officer has seen the proof, named "seen".
func (l LostBox) ProofTick() web.Choices { return l.Tick("seen", l.T("centre.loss.seen"), false) }

// lostOf reads the part.
func (p *Portal) lostOf(r *http.Request, who desk.Actor, page web.Page, c card.Card) (l Lost, err error) {
	if l.Loss, err = party.LossOf(r.Context(), p.Store, p.City, c); err != nil {
		return l, err
	}
	l.May = desk.May(who.Role, desk.CancelCard)
	if a := l.Asked; a != nil {
		l.AskedBy = p.staff(r.Context(), page, a.AskedBy)
		l.Decide = l.May && a.AskedBy != who.ID
	}
	if e := l.Ended; e != nil {
		l.AskedBy, l.EndedBy = p.staff(r.Context(), page, e.AskedBy), p.staff(r.Context(), page, e.DecidedBy)
	}
	return l, nil
}

// lose is POST /centre/cards/{id}: field "do" reports the card lost for who rings ("temporary"), cancels
// it ("cancel"), or decides on a cancellation that waits ("agree", "reject").
func (p *Portal) lose(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	id := r.PathValue("id")
	err := p.Hall.Once(w, r, func() (string, error) {
		said, err := p.loseTake(r, who, ref.Card(id))
		return web.Saying("/centre/cards/"+id, said), err
	})
	if err == nil {
		return nil
	}
	x, again := p.cardPage(r, who)
	if again != nil {
		return again
	}
	x.Lost.Unproven, x.Lost.Document = r.PostFormValue("reason"), r.PostFormValue("number")
	if !x.Page.Fail(err) {
		return err
	}
	return CardView.Form(w, x.Page, x)
}

func (p *Portal) loseTake(r *http.Request, who desk.Actor, id ref.Card) (said string, err error) {
	ctx := r.Context()
	switch do := r.PostFormValue("do"); do {
	case "temporary":
		if r.PostFormValue("agree") == "" {
			return "", party.ErrAgree.At("agree")
		}
		return "said.card.lost", p.Report.Temporarily(ctx, who, id)
	case "cancel":
		o, err := party.CancelOrder(r, strings.ToUpper(strings.TrimSpace(r.PostFormValue("number"))), "seen")
		if err != nil {
			return "", err
		}
		waits, err := p.Cancel.Cancel(ctx, who, id, o)
		if waits {
			return "said.card.cancel_waits", err
		}
		return "said.card.cancelled", err
	case "agree", "reject":
		return p.decideCancel(r, who, id, do == "agree")
	}
	return "", card.ErrUnknown
}

func (p *Portal) decideCancel(r *http.Request, who desk.Actor, id ref.Card, agreed bool) (string, error) {
	all, err := cancellation.Of(r.Context(), p.Store, id)
	if err != nil {
		return "", err
	}
	if len(all) == 0 {
		return "", cancellation.ErrUnknown
	}
	if agreed {
		return "said.card.cancelled", p.Cancel.Agree(r.Context(), who, all[0].ID)
	}
	return "said.card.cancel_rejected", p.Cancel.Reject(r.Context(), who, all[0].ID)
}
