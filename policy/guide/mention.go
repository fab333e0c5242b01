package guide

import (
	"fmt"
	"slices"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// mentions is what an edition's rules for one reason speak of: for each question, the lists of words
// that conditions name. It only keeps the search small; what is asked is decided by comparing
// answers.
type mentions struct {
	named  map[Question][][]string
	held   bool  // a refusal speaks of a card held
	expiry int   // days before expiry; 0: never
	ages   []int // sorted; a band begins at each
}

func (g *Guide) mentions(r term.Reason) *mentions {
	e, m := g.Edition, &mentions{named: map[Question][][]string{}}
	m.audience(e, e.Eligible)
	before := len(m.named[AskHolds])
	for i := range e.Refusals {
		if f := &e.Refusals[i]; len(f.Reasons) == 0 || slices.Contains(f.Reasons, r) {
			m.audience(e, f.Who)
			note(m, AskState, f.CardStates)
		}
	}
	m.held = len(m.named[AskHolds]) > before
	for i := range e.Routes {
		if x := &e.Routes[i]; slices.Contains(x.Reasons, r) {
			m.route(e, x)
		}
	}
	slices.Sort(m.ages)
	if m.ages = slices.Compact(m.ages); len(m.ages) > 0 {
		m.named[AskAge] = [][]string{}
		if m.named[AskGroup] != nil { // who may be a child is asked for the age
			m.named[AskGroup] = append(m.named[AskGroup], []string{term.Pupil.String(), term.Resident.String()})
		}
	}
	if m.expiry > 0 {
		m.named[AskExpires] = [][]string{}
	}
	return m
}

// note adds a condition's list; an empty one is no condition.
func note[W fmt.Stringer](m *mentions, q Question, list []W) {
	if len(list) == 0 {
		return
	}
	var words []string
	for _, w := range list {
		words = append(words, w.String())
	}
	m.named[q] = append(m.named[q], words)
}

// yes is a condition on a fact that is true or false.
type yes string

func (y yes) String() string { return string(y) }

func (m *mentions) route(e *policy.Edition, x *notice.Route) {
	m.audience(e, x.Who)
	for _, id := range x.Needs {
		n := notice.ByID(e.Needs, id)
		if n.SchoolNotice != nil {
			note(m, AskSchool, []yes{"yes"})
		}
		if n.BeforeExpiry != nil {
			m.expiry = max(m.expiry, *n.BeforeExpiry)
		}
		note(m, AskState, n.CardStates)
	}
	for _, id := range x.Documents {
		if d := notice.ByID(e.Documents, id); d.Under != nil {
			m.ages = append(m.ages, *d.Under)
		}
	}
	for _, id := range x.Photos {
		note(m, AskGroup, notice.ByID(e.Photos, id).Groups)
	}
}

// audience notes what an audience speaks of, and those that it is built from.
func (m *mentions) audience(e *policy.Edition, id string) {
	if id == "" {
		return
	}
	a := e.Audience(id)
	note(m, AskGroup, a.Groups)
	note(m, AskHousehold, a.Households)
	note(m, AskLives, a.Lives)
	note(m, AskHolds, a.Holds)
	if a.Insured != nil {
		note(m, AskInsured, []yes{"yes"})
	}
	if len(a.Districts) > 0 {
		m.named[AskDistrict] = append(m.named[AskDistrict], a.Districts)
	}
	if a.MinAge != nil {
		m.ages = append(m.ages, *a.MinAge)
	}
	if a.MaxAge != nil {
		m.ages = append(m.ages, *a.MaxAge+1)
	}
	for _, list := range [][]string{a.Within, a.Either, a.Except} {
		for _, x := range list {
			m.audience(e, x)
		}
	}
}

// together puts words together that are in the same lists: nothing in the edition can tell them
// apart, so one stands for all while answers are compared.
func (m *mentions) together(q Question, words []string) (out [][]string) {
	at := map[string]int{}
	for _, w := range words {
		key := ""
		if q == AskAge || q == AskExpires {
			key = w // one for each span already
		}
		for i, list := range m.named[q] {
			if slices.Contains(list, w) {
				key += fmt.Sprint(i, " ")
			}
		}
		if i, ok := at[key]; ok {
			out[i] = append(out[i], w)
			continue
		}
		at[key] = len(out)
		out = append(out, []string{w})
	}
	return out
}
