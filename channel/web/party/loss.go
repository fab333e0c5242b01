package party

import (
	"context"
	"net/http"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/flow/cancelcard"
	"kawu/flow/reportloss"
	"kawu/kit/db"
	"kawu/kit/fault"
	"kawu/kit/idno"
	"kawu/kit/wording"
	"kawu/policy"
)

// Loss is how a card stands towards loss and cancellation, as staff see it: both portals offer acts
// from it.
type Loss struct {
	State        web.Tag
	Formal       bool // reported formally: a release wants the card
	Since, Until time.Time
	Why          web.Said // reason of the open report
	Then         web.Said // what happens when the report runs out
	Bank         web.Text
	BankPhone    string                // "" when the city's list has none
	Asked        *cancellation.Request // waits for a second person; nil: none
	Ended        *cancellation.Request // by which the card was cancelled; nil: it was not
	Cause        web.Said              // reason and proof of either
	Certified    bool                  // it has certificates, which end with it: cards of former generations have none
	Rejected     bool                  // the last request was turned down
	Can          map[string]bool       // "temporary" "formal" "cancel"
	WhyNot       web.Said              // nothing can be reported: why, and what to do
}

var lossTones = map[string]web.Tone{"1": web.Good, "2": web.Bad, "3": web.Bad, "4": web.Bad}

// LossTone is the colour of a card's national state.
func LossTone(c card.Card) web.Tone { return lossTones[string(c.Social)] }

// LossOf reads how a card stands.
func LossOf(ctx context.Context, q db.Q, city *policy.City, c card.Card) (l Loss, err error) {
	l = Loss{State: web.Tag{Tone: LossTone(c), Said: web.Say("loss.state." + string(c.Social))}, Formal: c.Social == card.Lost,
		Bank: web.Text{ZH: string(c.Bank)}, Can: map[string]bool{}}
	if b, ok := city.Bank(string(c.Bank)); ok {
		l.Bank, l.BankPhone = web.Text(b.Name), b.Hotline
	}
	_, l.Can["temporary"] = card.Social.Next(c.Social, "report_temporarily")
	_, l.Can["formal"] = card.Social.Next(c.Social, "report")
	_, l.Can["cancel"] = card.Social.Next(c.Social, "cancel")
	for s, f := range map[string]*fault.Fault{"0": reportloss.ErrNotEnabled, "3": reportloss.ErrLocked, "9": reportloss.ErrVoid} {
		if s == string(c.Social) {
			l.WhyNot = Saying(f)
		}
	}
	open, err := loss.Open(ctx, q, []ref.Card{c.ID})
	if err != nil {
		return l, err
	}
	if x, is := open[c.ID]; is {
		l.Since, l.Until, l.Why = x.Since, x.Until, web.Say("loss.why."+string(x.Reason))
		if !x.Until.IsZero() {
			l.Then = web.Say("loss.then." + string(x.Expiry))
		}
	}
	certs, err := certificate.Of(ctx, q, c.ID)
	if err != nil {
		return l, err
	}
	l.Certified = len(certs) > 0
	asked, err := cancellation.Of(ctx, q, c.ID)
	if len(asked) > 0 {
		l.request(&asked[0])
	}
	return l, err
}

// request fills in how the newest request to cancel the card stands.
func (l *Loss) request(r *cancellation.Request) {
	l.Cause = Cancelled(r.Reason, r.Proof)
	switch r.State {
	case cancellation.Asked:
		l.Asked, l.Can["cancel"] = r, false
	case cancellation.Done:
		l.Ended, l.WhyNot = r, web.Said{}
	case cancellation.Rejected:
		l.Rejected = true
	}
}

// Vouch lets a page say of a card what is so now.
func (l Loss) Vouch(p *web.Page, c card.Card) {
	p.Vouch(map[string]bool{"said.card.lost": c.Social == card.TempLost, "said.card.lost_formally": c.Social == card.Lost, "said.card.released": c.Social == card.Normal,
		"said.card.cancelled": c.Social == card.Void, "said.card.cancel_waits": l.Asked != nil, "said.card.cancel_rejected": l.Rejected && c.Social != card.Void})
}

// Saying is a fault as a sentence in both languages.
func Saying(f *fault.Fault) web.Said {
	return web.Words(web.Text{ZH: wording.Of(wording.ZH, f), EN: wording.Of(wording.EN, f)})
}

// CancelReasons are the reasons of a cancellation, each with the proofs that fit, as "reason/proof";
// the one that only the card centre may use stands in it when centre is set. None is chosen beforehand.
func CancelReasons(p web.Page, centre bool) []web.Option {
	out := []web.Option{{Label: p.T("loss.cancel.choose")}}
	for _, x := range cancellation.Proofs {
		if x.Reason == cancellation.Unclaimed && !centre {
			continue
		}
		for _, f := range x.Fits {
			out = append(out, web.Option{Value: string(x.Reason) + "/" + string(f), Label: p.Say(Cancelled(x.Reason, f))})
		}
	}
	return out
}

// Cancelled words a reason and its proof.
func Cancelled(r cancellation.Reason, f cancellation.Proof) web.Said {
	return web.Say("loss.cancel.both", "reason", web.Say("loss.cancel."+string(r)), "proof", web.Say("loss.proof."+string(f)))
}

// CancelOrder reads what a form of CancelReasons sends, in field "reason", with what somebody confirmed in
// the box named tick. Everything that is missing is said at once.
func CancelOrder(r *http.Request, document, tick string) (cancelcard.Order, error) {
	var wrong fault.List
	reason, proof, _ := strings.Cut(r.PostFormValue("reason"), "/")
	if !cancellation.Fits(cancellation.Reason(reason), cancellation.Proof(proof)) {
		wrong.Add("reason", cancelcard.ErrProof)
	}
	if document == "" {
		wrong.Add("number", idno.Empty)
	}
	if r.PostFormValue(tick) == "" {
		wrong.Add(tick, ErrAgree)
	}
	return cancelcard.Order{Reason: cancellation.Reason(reason), Proof: cancellation.Proof(proof), Document: document, Proxy: r.PostFormValue("proxy") == "yes"}, wrong.Err()
}
