package counter

import (
	"context"
	"net/http"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/access"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
)

// sign is POST /counter/handovers/{id}: count and sign, as giver or as taker.
func (p *Portal) sign(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	l, err := p.list(r.Context(), who, r.PathValue("id"))
	if err != nil {
		return err
	}
	err = p.Hall.Once(w, r, func() (string, error) {
		said, err := party.Sign(r.Context(), p.Store, p.Handover, who, r.PostForm, l, waits(who, l))
		return web.Saying("/counter/handovers/"+string(l.ID), said), err
	})
	if err == nil {
		return nil
	}
	x, again := p.handoverOf(r, who)
	if again != nil {
		return again
	}
	x.Typed(r.PostForm)
	for i, line := range x.Lines {
		x.Lines[i].Missing, x.Lines[i].Damaged = ticked(r, "gone", line.Envelope), ticked(r, "broken", line.Envelope)
	}
	if !x.Page.Fail(err) {
		return err
	}
	return HandoverView.Form(w, x.Page, x)
}

func ticked(r *http.Request, field, value string) bool {
	for _, v := range r.PostForm[field] {
		if v == value {
			return true
		}
	}
	return false
}

// groups counts a list's cards by their production batch, which is how they lie in boxes.
func (p *Portal) groups(ctx context.Context, ids []ref.Card) ([]BoxCount, error) {
	counts, err := report.BatchesOf(ctx, p.Store, ids)
	if err != nil {
		return nil, err
	}
	out := make([]BoxCount, len(counts))
	for i, c := range counts {
		out[i] = BoxCount{Box: party.Code(string(c.Batch)), Batch: party.No("B", string(c.Batch)), Cards: int(c.N)}
	}
	return out, nil
}

// signatures are the two that move responsibility.
func (p *Portal) signatures(ctx context.Context, l custody.Handover) ([]Signature, error) {
	book, err := party.Open(ctx, p.Store, p.City, []ref.Holder{l.Giver, l.Taker})
	if err != nil {
		return nil, err
	}
	var out []Signature
	if !l.GivenAt.IsZero() {
		out = append(out, Signature{Side: "counter.handover.gave", Name: p.signer(ctx, l.GiverBy), Where: book.Name(l.Giver), At: l.GivenAt})
	}
	if !l.TakenAt.IsZero() {
		out = append(out, Signature{Side: "counter.handover.took", Name: p.signer(ctx, l.TakerBy), Where: book.Name(l.Taker), At: l.TakenAt})
	}
	return out, nil
}

// signer is the name of who signed: staff by name, a partner's system by what it is called.
func (p *Portal) signer(ctx context.Context, id string) string {
	if s, found, err := access.Get(ctx, p.Store, ref.Staff(id)); err == nil && found {
		return s.Name.Reveal()
	}
	return id
}
