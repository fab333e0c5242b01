package guide

import (
	"slices"
	"strconv"
	"time"

	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// Guide leads through the edition of a city that is in force on a day.
type Guide struct {
	Edition *policy.Edition
	city    *policy.City
	on      time.Time
	cal     policy.Calendar
	named   []term.Channel // see channels
}

// New is a guide for what is asked on the day. cal may be nil; then days of working-day promises
// stay unknown.
func New(c *policy.City, on time.Time, cal policy.Calendar) *Guide {
	return &Guide{Edition: c.On(on), city: c, on: on, cal: cal}
}

// Day is the day of asking.
func (g *Guide) Day() term.Date { return term.DateOf(g.on) }

// Reasons are what somebody can come for: every reason that a route serves, or about which a refusal
// speaks and about nothing else. For anything else the notice has no answer but its hotline.
func (g *Guide) Reasons() (out []term.Reason) {
	for _, r := range term.Reasons {
		served := slices.ContainsFunc(g.Edition.Routes, func(x notice.Route) bool { return slices.Contains(x.Reasons, r) })
		named := slices.ContainsFunc(g.Edition.Refusals, func(x notice.Refusal) bool { return len(x.Reasons) == 1 && x.Reasons[0] == r })
		if served || named {
			out = append(out, r)
		}
	}
	return out
}

// Question is one thing that an edition may need to know; its text is the name of the answer in an
// address, the same as package ask has for it.
type Question string

// The questions, in the order in which they are asked.
const (
	AskReason    Question = "reason"
	AskGroup     Question = "group"
	AskInsured   Question = "insured"
	AskHousehold Question = "household"
	AskDistrict  Question = "district"
	AskLives     Question = "lives"
	AskHolds     Question = "holds"
	AskState     Question = "card-state"
	AskExpires   Question = "expires"
	AskSchool    Question = "school-notified"
	AskAge       Question = "age"
)

// Choice is one answer: words that this edition does not tell apart are one choice, and the first of
// them stands for all in an address.
type Choice struct {
	Words []string
	Rest  bool // it holds so many words that it is better called "other"
}

// Word is what an address holds.
func (c Choice) Word() string { return c.Words[0] }

// Asked is a question with its choices. AskExpires has none: it takes a day, or Unknown.
type Asked struct {
	Question Question
	Choices  []Choice
}

// Told is a question and the answer that was given.
type Told struct {
	Asked
	Word   string // as it was told
	Choice Choice // the one that it belongs to
}

// Stand is how far the answers lead: what was asked and told, then either one more question or none.
type Stand struct {
	Reason term.Reason
	Told   []Told
	Ask    *Asked // nil: everything is known
	Left   int    // questions that may follow Ask, at most
	Person policy.Person
}

// Unknown is the answer of somebody who cannot read the day on the card.
const Unknown = "unknown"

// Walk follows the answers, by question. Answers to what is not asked, and words that are no answer,
// are passed over: an address that somebody changed leads to a question, never to a fault.
func (g *Guide) Walk(answers map[Question]string) Stand {
	s := Stand{Person: policy.Person{Household: term.LocalHousehold, Lives: term.LivesHere, CardState: term.Normal, Age: policy.UsualAge(0)}}
	reasons := Asked{Question: AskReason}
	for _, r := range g.Reasons() {
		reasons.Choices = append(reasons.Choices, Choice{Words: []string{r.String()}})
	}
	if !s.take(reasons, answers) {
		return s
	}
	_ = s.Reason.UnmarshalText([]byte(s.Told[0].Word)) // a choice is a word of the vocabulary
	all := g.facts(&s)
	for i, f := range all {
		rest := all[i+1:]
		asked := g.apart(&s, f, rest)
		if asked == nil {
			f.set(&s.Person, f.values(&s)[0][0])
			continue
		}
		if !s.take(*asked, answers) {
			s.Left = s.open(rest)
			return s
		}
		f.set(&s.Person, s.Told[len(s.Told)-1].Word)
	}
	return s
}

// open counts the facts that can still differ among those who are left.
func (s *Stand) open(rest []fact) (n int) {
	for _, f := range rest {
		if len(f.values(s)) > 1 {
			n++
		}
	}
	return n
}

// take notes the answer to a question; false when there is none and it must be asked.
func (s *Stand) take(q Asked, answers map[Question]string) bool {
	word := answers[q.Question]
	if q.Question == AskExpires {
		if _, err := term.ParseDate(word); err == nil || word == Unknown {
			s.Told = append(s.Told, Told{q, word, Choice{Words: []string{word}}})
			return true
		}
	}
	for i, c := range q.Choices {
		if slices.Contains(c.Words, word) || q.Question == AskAge && within(word, c, i == len(q.Choices)-1) {
			s.Told = append(s.Told, Told{q, word, c})
			return true
		}
	}
	s.Ask = &q
	return false
}

// within says whether an age lies in a span; earlier spans were looked at before.
func within(age string, c Choice, last bool) bool {
	n, err := strconv.Atoi(age)
	to, _ := strconv.Atoi(c.Words[len(c.Words)-1])
	return err == nil && n >= 0 && n <= 130 && (last || n <= to)
}

// choice is what was chosen for a question; nil when it was not asked.
func (s *Stand) choice(q Question) *Choice {
	for i := range s.Told {
		if s.Told[i].Question == q {
			return &s.Told[i].Choice
		}
	}
	return nil
}
