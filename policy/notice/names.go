package notice

import (
	"fmt"

	"kawu/policy/term"
)

// maxMenu keeps the lists that depend on the person small: every combination is prepared.
const maxMenu = 8

// names gathers what an edition defines and what it uses, section by section.
type names struct {
	e    *Edition
	used map[string]bool // "audiences pilot"
	out  Findings
}

// checkNames: every name that is used is defined, every part that is defined is used, and none is
// defined twice.
func (e *Edition) checkNames() Findings {
	n := &names{e: e, used: map[string]bool{}}
	n.topUses()
	for i := range e.Routes {
		n.routeUses(&e.Routes[i], fmt.Sprintf("routes[%d]", i))
	}
	for i, d := range e.Deliveries {
		if d.Fallback != "" {
			n.use(fmt.Sprintf("deliveries[%d].fallback", i), d.ID, "deliveries", d.Fallback)
			if d.Fallback == d.ID {
				n.add(fmt.Sprintf("deliveries[%d].fallback", i), d.ID, "own_fallback", "name", d.ID)
			}
		}
	}
	n.audiences()
	n.banks()
	n.defined()
	return n.out
}

func (n *names) add(path, clause, code string, args ...any) {
	n.out = append(n.out, n.e.at().find(path, clause, code, args...))
}

// use notes that a part is named; an empty name names nothing.
func (n *names) use(path, clause, section string, ids ...string) {
	for _, id := range ids {
		if id == "" {
			continue
		}
		n.used[section+" "+id] = true
		if !n.has(section, id) {
			n.add(path, clause, "unknown_name", "section", section, "name", id)
		}
	}
}

func (n *names) has(section, id string) bool {
	for _, s := range n.section(section) {
		if s == id {
			return true
		}
	}
	return false
}

// sections lists the parts that have names, in the order of the file.
var sections = []string{"audiences", "windows", "needs", "refusals", "routes", "bank_choices", "documents", "photos",
	"promises", "deliveries", "activations", "old_cards", "fees", "products", "hotlines", "acceptance", "plan", "targets"}

func (n *names) section(name string) []string {
	e := n.e
	return map[string]func() []string{
		"audiences": func() []string { return IDs(e.Audiences) }, "windows": func() []string { return IDs(e.Windows) },
		"needs": func() []string { return IDs(e.Needs) }, "refusals": func() []string { return IDs(e.Refusals) },
		"routes": func() []string { return IDs(e.Routes) }, "bank_choices": func() []string { return IDs(e.BankChoices) },
		"documents": func() []string { return IDs(e.Documents) }, "photos": func() []string { return IDs(e.Photos) },
		"promises": func() []string { return IDs(e.Promises) }, "deliveries": func() []string { return IDs(e.Deliveries) },
		"activations": func() []string { return IDs(e.Activations) }, "old_cards": func() []string { return IDs(e.OldCards) },
		"fees": func() []string { return IDs(e.Fees) }, "products": func() []string { return IDs(e.Products) },
		"hotlines": func() []string { return IDs(e.Hotlines) }, "acceptance": func() []string { return IDs(e.Acceptance) },
		"plan": func() []string { return IDs(e.Plan) }, "targets": func() []string { return IDs(e.Targets) },
	}[name]()
}

func (n *names) topUses() {
	e := n.e
	n.use("eligible", "", "audiences", e.Eligible)
	n.use("pilot", "", "audiences", e.Pilot)
	if e.Campaign != nil {
		n.use("campaign.window", "", "windows", e.Campaign.Window)
	}
	for i, t := range e.Targets {
		n.use(fmt.Sprintf("targets[%d].who", i), t.ID, "audiences", t.Who)
	}
	for i, f := range e.Refusals {
		n.use(fmt.Sprintf("refusals[%d].who", i), f.ID, "audiences", f.Who)
		n.use(fmt.Sprintf("refusals[%d].window", i), f.ID, "windows", f.Window)
	}
	for i, a := range e.Audiences {
		path := fmt.Sprintf("audiences[%d]", i)
		n.use(path+".within", a.ID, "audiences", a.Within...)
		n.use(path+".either", a.ID, "audiences", a.Either...)
		n.use(path+".except", a.ID, "audiences", a.Except...)
	}
}

func (n *names) routeUses(r *Route, path string) {
	n.use(path+".who", r.ID, "audiences", r.Who)
	n.use(path+".window", r.ID, "windows", r.Window)
	n.use(path+".needs", r.ID, "needs", r.Needs...)
	n.use(path+".before", r.ID, "routes", r.Before...)
	n.use(path+".banks", r.ID, "bank_choices", r.Banks)
	n.use(path+".documents", r.ID, "documents", r.Documents...)
	n.use(path+".photos", r.ID, "photos", r.Photos...)
	n.use(path+".promise", r.ID, "promises", r.Promise)
	n.use(path+".deliveries", r.ID, "deliveries", r.Deliveries...)
	n.use(path+".activation", r.ID, "activations", r.Activation)
	n.use(path+".old_card", r.ID, "old_cards", r.OldCard)
	n.use(path+".fee", r.ID, "fees", r.Fee)
	n.use(path+".product", r.ID, "products", r.Product)
	for key, empty := range map[string]bool{"reasons": len(r.Reasons) == 0, "channels": len(r.Channels) == 0,
		"documents": len(r.Documents) == 0, "photos": len(r.Photos) == 0, "deliveries": len(r.Deliveries) == 0} {
		if empty {
			n.add(path+"."+key, r.ID, "empty_list", "key", key)
		}
	}
	for key, long := range map[string]int{"documents": len(r.Documents), "photos": len(r.Photos)} {
		if long > maxMenu {
			n.add(path+"."+key, r.ID, "too_long", "key", key, "limit", maxMenu)
		}
	}
}

// defined: nothing twice, nothing for nothing. Routes, refusals and what is only shown are used by
// being there.
func (n *names) defined() {
	free := map[string]bool{"refusals": true, "routes": true, "hotlines": true, "acceptance": true, "plan": true, "targets": true}
	for _, section := range sections {
		seen := map[string]bool{}
		for i, id := range n.section(section) {
			path := fmt.Sprintf("%s[%d]", section, i)
			if seen[id] {
				n.add(path, id, "twice", "name", id)
			}
			seen[id] = true
			if !free[section] && !n.used[section+" "+id] {
				n.add(path, id, "unused", "section", section, "name", id)
			}
		}
	}
}

func (n *names) banks() {
	for i, b := range n.e.BankChoices {
		seen := map[term.BankCode]bool{}
		for j, code := range b.Banks {
			path := fmt.Sprintf("bank_choices[%d].banks[%d]", i, j)
			if _, ok := n.e.city.Bank(string(code)); !ok {
				n.add(path, b.ID, "unknown_bank", "name", string(code))
			}
			if seen[code] {
				n.add(path, b.ID, "twice", "name", string(code))
			}
			seen[code] = true
		}
	}
}

func (n *names) audiences() {
	for i := range n.e.Audiences {
		a := &n.e.Audiences[i]
		path := fmt.Sprintf("audiences[%d]", i)
		if n.e.circle(a, a, len(n.e.Audiences)) {
			n.add(path, a.ID, "circle", "name", a.ID)
		}
		for j, d := range a.Districts {
			if _, ok := n.e.city.District(d); !ok {
				n.add(fmt.Sprintf("%s.districts[%d]", path, j), a.ID, "unknown_district", "name", d)
			}
		}
	}
}

// circle says whether a is built from itself; deep ends the search.
func (e *Edition) circle(a, start *Audience, deep int) bool {
	for _, list := range [][]string{a.Within, a.Either, a.Except} {
		for _, id := range list {
			b := e.Audience(id)
			if b == start || b != nil && deep > 0 && e.circle(b, start, deep-1) {
				return true
			}
		}
	}
	return false
}
