package policy

import (
	"slices"
	"time"

	"kawu/policy/notice"
	"kawu/policy/term"
)

// Explanation is a decision with every clause that had a part in it.
type Explanation struct {
	Decision
	Clauses []Cited `json:"clauses"`
}

// Cited is a clause and the part of the decision that it settled.
type Cited struct {
	Aspect string `json:"aspect"` // why, who, when, banks, documents … a key of the wording "aspect.…"
	Clause string `json:"clause"` // its id in the edition
	notice.Ground
}

// Explain is Decide with every clause that decided it, in the order of the answer; after a refusal, why,
// and then the clauses of the way out, if there is one.
func (e *Edition) Explain(p *Person, r term.Reason, c term.Channel, on time.Time, cal Calendar) Explanation {
	x := Explanation{Decision: e.Decide(p, r, c, on, cal), Clauses: []Cited{}}
	if !x.Allowed {
		q := question{e: e, p: p, reason: r, channel: c, day: x.On}
		q.look()
		for _, cause := range q.causes() {
			x.cite("why", cause)
		}
	}
	if x.route != nil {
		x.citeRoute(e, x.route)
		x.citeOffer(x.route)
	}
	for i := range e.Hotlines {
		x.cite("hotlines", &e.Hotlines[i].Clause)
	}
	if e.Warning != nil {
		x.cite("warning", e.Warning)
	}
	return x
}

func (x *Explanation) citeRoute(e *Edition, o *Route) {
	x.cite("route", &o.Clause)
	x.cite("who", &o.who.Clause)
	if o.window != nil {
		x.cite("when", &o.window.Clause)
	}
	for _, n := range o.needs {
		x.cite("need", &n.Clause)
	}
	if e.Advice != nil {
		x.cite("advice", &e.Advice.Clause)
	}
}

func (x *Explanation) citeOffer(o *Route) {
	x.cite("banks", &o.banks.Clause)
	for _, d := range o.papers {
		if slices.Contains(x.Documents, d.ID) {
			x.cite("documents", &d.Clause)
		}
	}
	for _, f := range o.pictures {
		if slices.Contains(x.PhotoSources, f.ID) {
			x.cite("photo_sources", &f.Clause)
		}
	}
	x.cite("promise", &o.promise.Clause)
	for _, d := range o.deliveries {
		x.cite("delivery", &d.Clause)
	}
	x.cite("activation", &o.activation.Clause)
	x.cite("old_card", &o.old.Clause)
	x.cite("fee", &o.fee.Clause)
	x.cite("product", &o.product.Clause)
}

func (x *Explanation) cite(aspect string, c *notice.Clause) {
	for _, g := range c.Grounds() {
		x.Clauses = append(x.Clauses, Cited{aspect, c.ID, g})
	}
}
