package policy

import (
	"slices"

	"kawu/policy/menu"
	"kawu/policy/notice"
	"kawu/policy/promise"
	"kawu/policy/term"
)

// Edition is one notice, ready to decide by. It is made once: names become pointers, lists become
// sets, and every answer that can be written down beforehand is, so that deciding only compares.
type Edition struct {
	*notice.Edition
	city      *City
	audiences map[string]*audience
	eligible  *audience
	pilot     *audience
	refusals  []refusal
	routes    []Route
	hotlines  map[term.BankCode][]HotlineEntry
	onRequest term.Set[term.Channel]
}

type refusal struct {
	*notice.Refusal
	who      *audience
	window   *notice.Window
	reasons  term.Set[term.Reason]
	channels term.Set[term.Channel]
	states   term.Set[term.CardState]
	asksCard bool // it is about a card held, so it is not for somebody of whom no card is known
}

type need struct {
	*notice.Need
	states term.Set[term.CardState]
}

// Route is a route with what its names stand for.
type Route struct {
	*notice.Route
	who      *audience
	window   *notice.Window
	needs    []need
	reasons  term.Set[term.Reason]
	channels term.Set[term.Channel]
	grounds  []notice.Ground // of the route, its audience, its window and its needs
	offer
}

// offer is what a route gives.
type offer struct {
	banks      *notice.BankChoice
	bankNames  []string
	documents  menu.Menu
	papers     []*notice.Document
	photos     menu.Menu
	pictures   []*notice.Photo
	promise    *notice.Promise
	deliveries []*notice.Delivery
	handovers  []Handover
	activation *notice.Activation
	switches   Switches
	old        *notice.OldCard
	oldCard    OldCardFate
	fee        *notice.Fee
	product    *notice.Product
}

// suggest is the default bank's kind, or none when that bank is known not to be in the list.
func (o *offer) suggest(p *Person) term.BankDefault {
	bank := term.BankCode("")
	switch o.banks.Default {
	case term.PayrollBank:
		bank = p.PayrollBank
	case term.PensionBank:
		bank = p.PensionBank
	}
	if bank != "" && len(o.banks.Banks) > 0 && !slices.Contains(o.banks.Banks, bank) {
		return term.NoDefault
	}
	return o.banks.Default
}

// Calendar knows the State Council's working days.
type Calendar = promise.Calendar

func (e *Edition) numbers(bank term.BankCode) []HotlineEntry {
	if h, ok := e.hotlines[bank]; ok {
		return h
	}
	return e.hotlines[""]
}
