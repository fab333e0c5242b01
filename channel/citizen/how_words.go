package citizen

import (
	"slices"
	"strconv"
	"strings"

	"kawu/channel/web"
	"kawu/kit/fault"
	"kawu/kit/wording"
	"kawu/policy/guide"
	"kawu/policy/notice"
	"kawu/policy/tell"
	"kawu/policy/term"
)

// ErrDay is the refusal of three boxes that make no day.
var ErrDay = fault.New(fault.Invalid, "guide.not_a_day", "this is no day; year, month and day as printed on the card")

// choice words an answer: its own words, or "others" with what that stands for below it.
// Somebody who comes for a first card is not asked which card it is, but whether there ever was one.
func choice(g *guide.Guide, r term.Reason, q guide.Question, c guide.Choice) (label, note web.Said) {
	switch {
	case q == guide.AskAge:
		return age(g, c), web.Said{}
	case q == guide.AskHolds && r == term.First:
		return before(c), web.Said{}
	}
	var names []web.Text
	for _, w := range c.Words {
		names = append(names, word(g, q, w))
	}
	if c.Rest {
		return web.Say(key("guide.rest.", q)), list(names, "guide.and")
	}
	if note := key("guide.note.", q) + "." + c.Words[0]; len(names) == 1 && wording.Has(note) {
		return web.Words(names[0]), web.Say(note)
	}
	return list(names, "guide.and"), web.Said{}
}

// before words what somebody who comes for a first card may have had: cards of any generation are one.
func before(c guide.Choice) web.Said {
	var names []web.Text
	for _, w := range c.Words {
		if w != term.HoldsNone.String() && w != term.HoldsMagnetic.String() {
			w = "elsewhere"
		}
		if name := both("guide.first." + w); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return list(names, "guide.or")
}

// key is a wording key of a question; keys have no dashes.
func key(stem string, q guide.Question) string { return stem + strings.ReplaceAll(string(q), "-", "_") }

// word is one word of an answer in both languages.
func word(g *guide.Guide, q guide.Question, w string) web.Text {
	if q == guide.AskDistrict {
		d, _ := g.Edition.City().District(w)
		return web.Text(d.Name)
	}
	return both(key("guide.", q) + "." + w)
}

// age words a span of ages: below, or from.
func age(g *guide.Guide, c guide.Choice) web.Said {
	n, _ := strconv.Atoi(c.Words[len(c.Words)-1]) // ages are numbers
	for _, d := range g.Edition.Documents {
		if d.Under != nil && *d.Under == n+1 {
			return web.Say("guide.age.under", "years", n+1)
		}
	}
	for _, a := range g.Edition.Audiences {
		if a.MinAge != nil && *a.MinAge == n+1 || a.MaxAge != nil && *a.MaxAge == n {
			return web.Say("guide.age.under", "years", n+1)
		}
	}
	return web.Say("guide.age.from", "years", n)
}

// expiry words the day printed on a card.
func expiry(w string) web.Said {
	d, err := term.ParseDate(w)
	if err != nil {
		return web.Say("guide.expires.unknown")
	}
	return web.Say("guide.expires.day", "date", dated(d))
}

// dated is a day with its year, as a value of a sentence.
func dated(d term.Date) web.Text {
	return web.Text{ZH: wording.ZH.Date(d.Time()), EN: wording.EN.Date(d.Time())}
}

// both is a wording in both languages, to be joined with others.
func both(key string) web.Text {
	return web.Text{ZH: wording.T(wording.ZH, key), EN: wording.T(wording.EN, key)}
}

// readings say how clauses are read where the notice can be read otherwise, each once.
func readings(lines []tell.Line) (out []web.Said) {
	var last *notice.Text
	for _, l := range lines {
		if l.Reading != nil && (last == nil || *last != *l.Reading) {
			out = append(out, spoken(*l.Reading))
		}
		last = l.Reading
	}
	return out
}
