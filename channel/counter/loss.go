package counter

import (
	"context"
	"net/http"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/idno"
)

// Loss is /counter/loss: the identity document first, then the holder's card with what may be done with
// it. POST /counter/loss looks a holder up (so that a number never stands in an address); POST
// /counter/loss/{card} does one thing, named by field "do".
type Loss struct {
	web.Page
	Frame
	Number       string // as typed
	Card         string // id; "": nobody is looked up yet
	CardNo       string // masked
	Generation   int
	Name, Masked string
	party.Loss
	Release bool     // it can be given back here
	WhyStay web.Said // why it cannot be released
	// As typed, kept when something is wrong.
	Reason, Reported, Shown string
	Proxy                   bool
}

// LossView is the page.
var LossView = web.NewView[Loss](files, "loss")

// NumberField is the identity number on the holder's document, named "number".
func (l Loss) NumberField() web.Field {
	return l.Field("number", "counter.loss.number", l.Number).Hint(l.T("counter.loss.number.hint")).Code(24)
}

// WhyChoices are the reasons of a formal report, named "why".
func (l Loss) WhyChoices() web.Choices {
	c := l.Choices("why", "counter.loss.why")
	for _, r := range []loss.Reason{loss.Lost, loss.Stolen, loss.ChangeBank} {
		c = c.Add(string(r), l.T("loss.why."+string(r)), "", l.Reported == string(r) || l.Reported == "" && r == loss.Lost)
	}
	return c
}

// CardField is the number of the card that was brought, named "card".
func (l Loss) CardField() web.Field {
	return l.Field("card", "counter.loss.card", l.Shown).Hint(l.T("counter.loss.card.hint")).Code(12)
}

// CancelChoices are the reasons of a cancellation with their proofs, named "reason" as "reason/proof".
func (l Loss) CancelChoices() web.Select {
	return l.Select("reason", "counter.loss.reason", l.Reason, party.CancelReasons(l.Page, false))
}

// ProxyTick says that somebody came for the holder, named "proxy".
func (l Loss) ProxyTick() web.Choices { return l.Tick("proxy", l.T("counter.loss.proxy"), l.Proxy) }

// AgreeTick is what the clerk confirms before a card is cancelled, named "agree".
func (l Loss) AgreeTick() web.Choices {
	return l.Tick("agree", l.T("counter.loss.cancel.agree"), false)
}

// errNobody is the answer to a number that no holder has.
var errNobody = fault.New(fault.Invalid, "counter.nobody", "nobody with this identity number holds a card here")

func (p *Portal) lossPage(r *http.Request, who desk.Actor) (Loss, error) {
	l := Loss{Page: p.Hall.Page(r, web.PortalCounter, "counter.loss")}
	var err error
	l.Frame, err = p.frame(r.Context(), who, "loss")
	return l, err
}

// loss is GET /counter/loss.
func (p *Portal) loss(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	l, err := p.lossPage(r, who)
	if err != nil {
		return err
	}
	return LossView.Show(w, http.StatusOK, l)
}

// lossFind is POST /counter/loss: the card in use of the holder whose document is shown, else the
// newest one. What the clerk saw stays in the visit.
func (p *Portal) lossFind(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	n, _, err := idno.Parse(r.PostFormValue("number"))
	var c card.Card
	if err == nil {
		c, err = p.holds(r.Context(), n)
	}
	if err == nil {
		if err := p.keep(w, r, visit{By: who.ID, Card: string(c.ID), Document: n.Reveal(), Started: p.Hall.Clock.Now()}); err != nil {
			return err
		}
		http.Redirect(w, r, "/counter/loss/"+string(c.ID), http.StatusSeeOther)
		return nil
	}
	l, again := p.lossPage(r, who)
	if again != nil {
		return again
	}
	l.Number = r.PostFormValue("number")
	f := fault.Of(err)
	if f == nil || !l.Page.Fail(fault.List{f.At("number")}) {
		return err
	}
	return LossView.Form(w, l.Page, l)
}

// holds finds the card that a number's holder speaks of.
func (p *Portal) holds(ctx context.Context, n idno.Number) (card.Card, error) {
	mark := person.Mark(p.Store.Box(), n)
	found, err := person.ByMarks(ctx, p.Store, []string{mark})
	if err != nil {
		return card.Card{}, err
	}
	all, err := card.OfPerson(ctx, p.Store, found[mark].ID)
	if err != nil {
		return card.Card{}, err
	}
	if len(all) == 0 || string(all[0].City) != p.City.ID {
		return card.Card{}, errNobody
	}
	c, inUse, err := card.InUse(ctx, p.Store, found[mark].ID)
	if err == nil && !inUse {
		c = all[0]
	}
	return c, err
}

// lossCard is GET /counter/loss/{card}: only with the document in this visit.
func (p *Portal) lossCard(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	l, ok, err := p.lossOf(r, who)
	if err != nil {
		return err
	}
	if !ok {
		http.Redirect(w, r, "/counter/loss", http.StatusSeeOther)
		return nil
	}
	return LossView.Show(w, http.StatusOK, l)
}

func (p *Portal) lossOf(r *http.Request, who desk.Actor) (l Loss, ok bool, err error) {
	ctx, id := r.Context(), r.PathValue("card")
	v := p.visitOf(r, who, id)
	if v.Document == "" {
		return l, false, nil
	}
	c, err := card.Get(ctx, p.Store, ref.Card(id))
	if err != nil {
		return l, false, err
	}
	if l, err = p.lossPage(r, who); err != nil {
		return l, false, err
	}
	return l, true, p.fillLoss(ctx, who, &l, c)
}

func (p *Portal) fillLoss(ctx context.Context, who desk.Actor, l *Loss, c card.Card) error {
	h, err := person.Get(ctx, p.Store, c.Person)
	if err != nil {
		return err
	}
	l.Card, l.CardNo, l.Generation, l.Name, l.Masked = string(c.ID), c.MaskedNumber(), int(c.Generation), h.Name.Masked(), h.Number.Masked()
	if l.Loss, err = party.LossOf(ctx, p.Store, p.City, c); err != nil {
		return err
	}
	l.Loss.Vouch(&l.Page, c)
	l.Can["cancel"] = l.Can["cancel"] && c.Social != card.Locked // that is the card centre's
	if l.Since.IsZero() {
		return nil
	}
	err = p.Lost.MayRelease(ctx, who, c)
	if f := fault.Of(err); f != nil {
		l.WhyStay = party.Saying(f)
		return nil
	}
	l.Release = err == nil
	return err
}
