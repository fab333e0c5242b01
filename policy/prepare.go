package policy

import (
	"kawu/policy/menu"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// ready makes an edition fit to decide by. It has been checked, so every name is there.
func ready(c *City, n *notice.Edition) *Edition {
	e := &Edition{Edition: n, city: c, audiences: map[string]*audience{}}
	for i := range n.Audiences {
		a := &n.Audiences[i]
		e.audiences[a.ID] = &audience{Audience: a, groups: term.SetOf(a.Groups...), households: term.SetOf(a.Households...),
			lives: term.SetOf(a.Lives...), holds: term.SetOf(a.Holds...)}
	}
	for _, a := range e.audiences {
		a.within, a.either, a.except = e.named(a.Within), e.named(a.Either), e.named(a.Except)
	}
	e.eligible, e.pilot = e.audiences[n.Eligible], e.audiences[n.Pilot]
	for i := range n.Refusals {
		e.refusals = append(e.refusals, e.readyRefusal(&n.Refusals[i]))
	}
	if n.Advice != nil {
		e.onRequest = term.SetOf(n.Advice.OnRequest...)
	}
	e.readyHotlines()
	for i := range n.Routes {
		e.routes = append(e.routes, e.readyRoute(&n.Routes[i]))
	}
	return e
}

func (e *Edition) named(ids []string) (out []*audience) {
	for _, id := range ids {
		out = append(out, e.audiences[id])
	}
	return out
}

func (e *Edition) readyRefusal(n *notice.Refusal) refusal {
	f := refusal{Refusal: n, who: e.audiences[n.Who], window: e.Window(n.Window), reasons: term.SetOf(n.Reasons...),
		channels: term.SetOf(n.Channels...), states: term.SetOf(n.CardStates...)}
	f.asksCard = f.who != nil && f.who.holds != 0
	if len(n.Channels) == 0 {
		f.channels = term.SetOf(term.Channels...)
	}
	return f
}

func (e *Edition) readyRoute(n *notice.Route) Route {
	r := Route{Route: n, who: e.audiences[n.Who], window: e.Window(n.Window), reasons: term.SetOf(n.Reasons...),
		channels: term.SetOf(n.Channels...), offer: e.readyOffer(n)}
	for _, id := range n.Needs {
		m := notice.ByID(e.Needs, id)
		r.needs = append(r.needs, need{m, term.SetOf(m.CardStates...)})
	}
	r.grounds = append(r.grounds, n.Grounds()...)
	r.grounds = append(r.grounds, r.who.Grounds()...)
	if r.window != nil {
		r.grounds = append(r.grounds, r.window.Grounds()...)
	}
	for _, m := range r.needs {
		r.grounds = append(r.grounds, m.Grounds()...)
	}
	return r
}

func (e *Edition) readyOffer(n *notice.Route) offer {
	o := offer{banks: notice.ByID(e.BankChoices, n.Banks), promise: notice.ByID(e.Promises, n.Promise),
		fee: notice.ByID(e.Fees, n.Fee), product: notice.ByID(e.Products, n.Product),
		old: notice.ByID(e.OldCards, n.OldCard), activation: notice.ByID(e.Activations, n.Activation),
		deliveries: notice.All(n.Deliveries, e.DeliveryByID), bankNames: []string{}}
	for _, code := range o.banks.Banks {
		b, _ := e.city.Bank(string(code))
		o.bankNames = append(o.bankNames, b.Name.ZH)
	}
	if o.promise.Excludes == nil {
		o.promise.Excludes = []string{}
	}
	o.oldCard = OldCardFate{o.old.Until, o.old.Collected, o.old.BankSurvives, o.old.Reading}
	o.switches = Switches{orEmpty(o.activation.SocialSecurity), orEmpty(o.activation.Bank), o.activation.BankEnablesSS}
	for _, d := range o.deliveries {
		o.handovers = append(o.handovers, Handover{d.Mode, d.FeeBearer, orNone(d.Fallback), d.Signature})
	}
	o.menus(e, n)
	return o
}

func (o *offer) menus(e *Edition, n *notice.Route) {
	o.papers = notice.All(n.Documents, func(id string) *notice.Document { return notice.ByID(e.Documents, id) })
	o.pictures = notice.All(n.Photos, func(id string) *notice.Photo { return notice.ByID(e.Photos, id) })
	papers, pictures := make([]menu.Item, len(o.papers)), make([]menu.Item, len(o.pictures))
	for i, d := range o.papers {
		papers[i].Code = d.ID
		if d.Under != nil {
			papers[i].Under = *d.Under
		}
	}
	for i, p := range o.pictures {
		pictures[i] = menu.Item{Code: p.ID, Groups: term.SetOf(p.Groups...)}
	}
	o.documents, o.photos = menu.New(papers), menu.New(pictures)
}

// readyHotlines writes the list once for every bank, because the bank's own number is in it.
func (e *Edition) readyHotlines() {
	e.hotlines = map[term.BankCode][]HotlineEntry{"": e.hotlineList(notice.CardBank)}
	for _, b := range e.city.Banks {
		if b.Hotline != "" {
			e.hotlines[b.Code] = e.hotlineList(b.Hotline)
		}
	}
}

func (e *Edition) hotlineList(bank string) []HotlineEntry {
	out := []HotlineEntry{}
	for _, h := range e.Hotlines {
		number := h.Number
		if number == notice.CardBank {
			number = bank
		}
		out = append(out, HotlineEntry{h.ID, number})
	}
	return out
}

func orEmpty(p []term.Place) []term.Place {
	if p == nil {
		return []term.Place{}
	}
	return p
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
