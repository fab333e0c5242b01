package counter

import (
	"net/http"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/reportloss"
)

// lossDo is POST /counter/loss/{card}: one thing with the card of the holder whose document was shown.
func (p *Portal) lossDo(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	id := r.PathValue("card")
	v := p.visitOf(r, who, id)
	if v.Document == "" {
		http.Redirect(w, r, "/counter/loss", http.StatusSeeOther)
		return nil
	}
	err := p.Hall.Once(w, r, func() (string, error) {
		said, err := p.lossTake(r, who, ref.Card(id), v.Document)
		return web.Saying("/counter/loss/"+id, said), err
	})
	if err == nil {
		return nil
	}
	l, _, again := p.lossOf(r, who)
	if again != nil {
		return again
	}
	l.Reason, l.Reported, l.Shown, l.Proxy = r.PostFormValue("reason"), r.PostFormValue("why"), r.PostFormValue("card"), r.PostFormValue("proxy") != ""
	if !l.Page.Fail(err) {
		return err
	}
	return LossView.Form(w, l.Page, l)
}

// lossTake does what the form asks for and tells what to say then.
func (p *Portal) lossTake(r *http.Request, who desk.Actor, id ref.Card, document string) (said string, err error) {
	ctx, saw := r.Context(), reportloss.Shown{Document: document, Proxy: r.PostFormValue("proxy") == "yes", Number: code(r.PostFormValue("card"))}
	switch r.PostFormValue("do") {
	case "temporary":
		return "said.card.lost", p.Lost.Temporarily(ctx, who, id)
	case "formal":
		return "said.card.lost_formally", p.Lost.Formally(ctx, who, id, loss.Reason(r.PostFormValue("why")), saw)
	case "release":
		return "said.card.released", p.Lost.Release(ctx, who, id, saw)
	case "cancel":
		o, err := party.CancelOrder(r, document, "agree")
		if err != nil {
			return "", err
		}
		waits, err := p.Cancel.Cancel(ctx, who, id, o)
		if waits {
			return "said.card.cancel_waits", err
		}
		return "said.card.cancelled", err
	}
	return "", card.ErrUnknown
}
