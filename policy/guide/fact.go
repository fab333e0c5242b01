package guide

import (
	"slices"
	"strconv"

	"kawu/kit/region"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// fact is something about a person that an edition may speak of.
type fact struct {
	question Question
	words    func(*Stand) []string // that can be true of somebody, given what was told
	set      func(*policy.Person, string)
	named    *mentions
}

// values are the words, those together that the edition cannot tell apart.
func (f *fact) values(s *Stand) [][]string { return f.named.together(f.question, f.words(s)) }

// facts lists those that the edition's rules for the reason speak of, in the order of asking.
func (g *Guide) facts(s *Stand) []fact {
	m := g.mentions(s.Reason)
	all := []fact{
		{question: AskGroup, words: fixed("employed", "retired", "pupil", "resident", "flexible", "unemployed"), set: func(p *policy.Person, w string) {
			_ = p.Group.UnmarshalText([]byte(w))
			p.Age = policy.UsualAge(p.Group)
		}},
		{question: AskInsured, words: fixed("yes", "no"), set: func(p *policy.Person, w string) { p.NotInsured = w == "no" }},
		{question: AskHousehold, words: fixed("local", "other"), set: func(p *policy.Person, w string) { _ = p.Household.UnmarshalText([]byte(w)) }},
		{question: AskDistrict, words: g.districts, set: func(p *policy.Person, w string) { p.District = region.Code(w) }},
		{question: AskLives, words: fixed("local", "elsewhere_in_province", "elsewhere"), set: func(p *policy.Person, w string) { _ = p.Lives.UnmarshalText([]byte(w)) }},
		{question: AskHolds, words: g.holds(m), set: func(p *policy.Person, w string) { _ = p.Holds.UnmarshalText([]byte(w)) }},
		{question: AskState, words: states, set: func(p *policy.Person, w string) { _ = p.CardState.UnmarshalText([]byte(w)) }},
		{question: AskExpires, words: g.expiries(m), set: func(p *policy.Person, w string) { p.Expires, _ = term.ParseDate(w) }},
		{question: AskSchool, words: fixed("no", "yes"), set: func(p *policy.Person, w string) { p.SchoolNotified = w == "yes" }},
		{question: AskAge, words: m.bands, set: func(p *policy.Person, w string) { p.Age, _ = strconv.Atoi(w) }},
	}
	var out []fact
	for _, f := range all {
		if f.named = m; m.named[f.question] != nil {
			out = append(out, f)
		}
	}
	return out
}

func fixed(words ...string) func(*Stand) []string { return func(*Stand) []string { return words } }

func (g *Guide) districts(*Stand) (out []string) {
	for _, d := range g.city.Districts {
		out = append(out, string(d.Code))
	}
	return out
}

// holds: most matters are about a card. A first card is asked for by people without one, by those
// with a magnetic card where the edition has one, and, where cards move between cities and a refusal
// speaks of it, by those with a card from elsewhere. Nobody else who said "no card yet" is asked which.
func (g *Guide) holds(m *mentions) func(*Stand) []string {
	magnetic := slices.ContainsFunc(g.Edition.Products, func(p notice.Product) bool { return p.Generation == 0 })
	moves := slices.ContainsFunc(g.Edition.Routes, func(r notice.Route) bool { return slices.Contains(r.Reasons, term.Transfer) })
	return func(s *Stand) (out []string) {
		if s.Reason == term.First {
			out = append(out, term.HoldsNone.String())
		}
		if magnetic && s.Reason != term.Transfer {
			out = append(out, term.HoldsMagnetic.String())
		}
		if s.Reason != term.First || m.held && moves {
			out = append(out, term.HoldsGen1.String(), term.HoldsGen2.String(), term.HoldsGen3.String())
		}
		return out
	}
}

// states of the card held: nobody who holds none, or a magnetic one, is asked for its state.
func states(s *Stand) []string {
	if c := s.choice(AskHolds); c != nil && (c.Word() == term.HoldsNone.String() || c.Word() == term.HoldsMagnetic.String()) {
		return []string{term.Normal.String()}
	}
	return []string{"normal", "sealed", "not_collected", "temporary_loss", "formal_loss", "locked", "cancelled"}
}

// far is so many days before expiry that no edition opens renewal.
const far = 400

// expiries are a day of expiry with which renewal is open today, and one with which it is not.
func (g *Guide) expiries(m *mentions) func(*Stand) []string {
	return fixed(g.Day().String(), (g.Day() + term.Date(m.expiry) + far).String())
}

// adult is the age from which people work; those who do are not asked whether they are children.
const adult = 16

// bands are the spans between the ages that the edition names, each by an age in it: its last, and
// of the last span its first.
func (m *mentions) bands(s *Stand) (out []string) {
	first := 0
	if c := s.choice(AskGroup); c != nil && !slices.Contains(c.Words, term.Pupil.String()) && !slices.Contains(c.Words, term.Resident.String()) {
		first = adult
	}
	for _, l := range m.ages {
		if l > first {
			out = append(out, strconv.Itoa(l-1))
		}
	}
	return append(out, strconv.Itoa(max(first, m.ages[len(m.ages)-1])))
}
