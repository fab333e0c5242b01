package perso

import (
	"context"

	"kawu/chip/key"
	"kawu/kit/fault"
)

// chunk bounds how many cards are in the machine at once, and so the memory of a set.
const chunk = 512

// Maker makes cards of one city. Authority may be nil: then the cards end without certificates and
// the caller loads them later with Load. Press may be nil: then the faces stay blank.
type Maker struct {
	Keys      key.Store
	Masters   Masters
	Authority Authority
	Press     Press
}

// Make makes one card.
func (m *Maker) Make(ctx context.Context, b Blank, o Order) Result {
	return m.MakeAll(ctx, []Blank{b}, []Order{o})[0]
}

// MakeAll makes a set: blanks and orders in the same order, results too. A failed card's result says
// why; a store or authority that fails as a whole fails every card that waits for it.
func (m *Maker) MakeAll(ctx context.Context, blanks []Blank, orders []Order) []Result {
	out, lives := make([]Result, len(orders)), m.Masters.lives()
	for from := 0; from < len(orders); from += chunk {
		to := min(from+chunk, len(orders))
		set := make([]*card, to-from)
		for i := range set {
			set[i] = &card{m: m, lives: lives, ch: blanks[from+i].Channel, reset: blanks[from+i].Reset, order: orders[from+i]}
			set[i].res.Key = orders[from+i].Key
		}
		m.run(ctx, set)
		for i, c := range set {
			out[from+i] = c.res
		}
	}
	return out
}

// run takes a set through the steps. Between two questions to the store every card works by itself.
func (m *Maker) run(ctx context.Context, set []*card) {
	m.each(set, (*card).open)
	m.prove(ctx, set, (*card).write)
	m.prove(ctx, set, (*card).compare)
	m.each(set, (*card).openCert)
	m.prove(ctx, set, (*card).generate)
	m.certify(ctx, set)
	m.each(set, (*card).openBank)
	m.prove(ctx, set, (*card).bank)
	m.replaceKeys(ctx, set)
	m.each(set, (*card).reopen)
	m.prove(ctx, set, (*card).finish)
	if m.Authority != nil { // the chip is complete; without certificates Load completes it
		m.print(ctx, set)
	}
	for _, c := range set {
		c.res.Waste = c.touched && c.res.Err != nil
	}
}

// each runs a step for every card that is still in the set.
func (m *Maker) each(set []*card, step func(*card) error) {
	parallel(len(set), func(i int) { set[i].do(step) })
}

// prove asks the store all open questions of the set at once, then runs the step that uses the
// answers.
func (m *Maker) prove(ctx context.Context, set []*card, step func(*card) error) {
	questions := make([]key.Question, 0, 3*len(set))
	for _, c := range set {
		if c.res.Err == nil {
			questions = append(questions, c.questions...)
		}
	}
	proofs, err := m.Keys.Prove(ctx, questions)
	if err != nil {
		fail(set, err)
		return
	}
	for _, c := range set {
		if c.res.Err == nil {
			c.proofs, proofs = proofs[:len(c.questions)], proofs[len(c.questions):]
		}
	}
	m.each(set, step)
}

func (m *Maker) certify(ctx context.Context, set []*card) {
	if m.Authority == nil {
		return
	}
	var asks []Ask
	var who []*card
	for _, c := range set {
		if c.res.Err == nil {
			asks = append(asks, Ask{CardID: c.res.CardID, Name: c.order.Name, Signing: c.res.Signing})
			who = append(who, c)
		}
	}
	answers, err := m.Authority.Certify(ctx, asks)
	if err != nil || len(answers) != len(asks) {
		fail(who, noCertificate("the authority did not answer").Because(err))
		return
	}
	for i, c := range who {
		c.issued = answers[i]
	}
	m.each(who, (*card).load)
}

func (m *Maker) replaceKeys(ctx context.Context, set []*card) {
	list := make([]key.Dispersal, 0, len(slots)*len(set))
	for _, c := range set {
		if c.res.Err == nil {
			list = c.dispersals(list)
		}
	}
	wrapped, err := m.Keys.Disperse(ctx, list)
	if err != nil {
		fail(set, err)
		return
	}
	for _, c := range set {
		if c.res.Err == nil {
			n := len(c.slots())
			c.wrapped, wrapped = wrapped[:n], wrapped[n:]
		}
	}
	m.each(set, (*card).replace)
}

// fail ends all cards that were still on their way.
func fail(set []*card, err error) {
	for _, c := range set {
		if c.res.Err == nil {
			c.res.Err = err
		}
	}
}

func noCertificate(reason string) *fault.Fault {
	return fault.New(NoCertificate.Kind, NoCertificate.Code, NoCertificate.Message, "reason", reason)
}
