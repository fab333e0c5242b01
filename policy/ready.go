package policy

import (
	"slices"
	"time"

	"kawu/policy/notice"
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
	documents  menu
	papers     []*notice.Document
	photos     menu
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

// menu is a list whose items are for some people only. All lists that can come out are made
// beforehand, one for each combination of items.
type menu struct {
	groups []term.Set[term.Group]
	under  []int // 0: any age
	lists  [][]string
}

func newMenu(codes []string, groups []term.Set[term.Group], under []int) menu {
	m := menu{groups: groups, under: under, lists: make([][]string, 1<<len(codes))}
	for mask := range m.lists {
		list := []string{}
		for i, c := range codes {
			if mask>>i&1 == 1 {
				list = append(list, c)
			}
		}
		m.lists[mask] = list
	}
	return m
}

func (m *menu) pick(p *Person) []string {
	mask := 0
	for i := range m.groups {
		if m.groups[i].Allows(p.Group) && (m.under[i] == 0 || p.Age < m.under[i]) {
			mask |= 1 << i
		}
	}
	return m.lists[mask]
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

// due computes the last day of a promise.
func due(m *notice.Promise, on term.Date, cal Calendar) Due {
	d := Due{Days: m.Days, Kind: m.Kind, Starts: m.Starts, Excludes: m.Excludes}
	switch {
	case m.Days == 0:
		d.Due = on
	case m.Kind == term.CalendarDays:
		d.Due = on + term.Date(m.Days)
	case cal != nil:
		if t, err := cal.AddWorkingDays(on.Time(), m.Days); err == nil {
			d.Due = term.DateOf(t)
		}
	}
	return d
}

// Calendar knows the State Council's working days. An unpublished year is an error, and then the
// due date stays unknown: it is never guessed.
type Calendar interface {
	AddWorkingDays(day time.Time, n int) (time.Time, error)
}

func (e *Edition) numbers(bank term.BankCode) []HotlineEntry {
	if h, ok := e.hotlines[bank]; ok {
		return h
	}
	return e.hotlines[""]
}
