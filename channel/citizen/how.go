package citizen

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/kit/wording"
	"kawu/policy/guide"
	"kawu/policy/term"
)

// How is GET /how: what somebody has to do for a card, one question a page. Every answer is a link,
// so it works without script, the address holds what was told, and going back is going back.
type How struct {
	web.Page
	Edition  web.Text
	No       int      // of the question, from 1
	Left     int      // questions that may follow, at most; -1: not known before the first answer
	Question web.Said // worded as people speak
	Hint     web.Said
	Choices  []Choice
	Day      *DayAsked // a day is asked for instead
	Told     []ToldLine
	Back     string // address of the question before, or of the first page
}

// Choice is one big answer.
type Choice struct {
	Label, Note web.Said
	Href        string
}

// DayAsked is the form for the day printed on a card.
type DayAsked struct {
	Keep             []Kept // what was told, sent along
	Year, Month, Day string // as typed
	Unknown          string // address for those who cannot read it
}

// Kept is one hidden field.
type Kept struct{ Name, Value string }

// ToldLine is an answer given, with the way back to its question.
type ToldLine struct {
	Question, Answer web.Said
	Href             string
}

// HowView is the page of a question.
var HowView = web.NewView[How](files, "how")

// YearField, MonthField and DayField are the three boxes of a day.
func (h How) YearField() web.Field {
	return h.Field("y", "guide.day.year", h.Day.Year).Digits().Code(4)
}

// Ahead says how many questions may follow; empty before the first answer.
func (h How) Ahead() web.Said {
	switch {
	case h.Left < 0:
		return web.Said{}
	case h.Left == 0:
		return web.Say("guide.ahead.last")
	}
	return web.Say("guide.ahead", "n", h.Left)
}

// Onward is the word on the button: where it leads.
func (h How) Onward() web.Said {
	if h.Left == 0 {
		return web.Say("guide.go_on.last")
	}
	return web.Say("guide.go_on")
}

// MonthField is the second box.
func (h How) MonthField() web.Field {
	return h.Field("m", "guide.day.month", h.Day.Month).Digits().Code(2)
}

// DayField is the third box.
func (h How) DayField() web.Field { return h.Field("d", "guide.day.day", h.Day.Day).Digits().Code(2) }

// questions are what an address may hold, in the order in which it is written.
var questions = []guide.Question{guide.AskReason, guide.AskGroup, guide.AskInsured, guide.AskHousehold, guide.AskDistrict, guide.AskLives,
	guide.AskHolds, guide.AskState, guide.AskExpires, guide.AskSchool, guide.AskAge}

// how is GET /how.
func (p *Portal) how(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	answers := map[guide.Question]string{}
	for _, name := range questions {
		answers[name] = q.Get(string(name))
	}
	g := guide.New(p.City(), p.Hall.Clock.Now(), p.Calendar)
	if q.Has("y") || q.Has("m") || q.Has("d") {
		return p.howDay(w, r, g, answers)
	}
	return ShowHow(w, p.page(r, "guide.title"), g, answers)
}

// howDay takes the three boxes of a day and leads to the address that holds it.
func (p *Portal) howDay(w http.ResponseWriter, r *http.Request, g *guide.Guide, answers map[guide.Question]string) error {
	q := r.URL.Query()
	typed := DayAsked{Year: q.Get("y"), Month: q.Get("m"), Day: q.Get("d")}
	for _, form := range []string{"2006-1-2", "06-1-2"} {
		if d, err := time.Parse(form, digitsOf(typed.Year)+"-"+digitsOf(typed.Month)+"-"+digitsOf(typed.Day)); err == nil {
			answers[guide.AskExpires] = d.Format(time.DateOnly)
			http.Redirect(w, r, address(told(g.Walk(answers))), http.StatusSeeOther)
			return nil
		}
	}
	h := asking(p.page(r, "guide.title"), g, g.Walk(answers))
	if h.Day == nil {
		http.Redirect(w, r, address(told(g.Walk(answers))), http.StatusSeeOther)
		return nil
	}
	h.Day.Year, h.Day.Month, h.Day.Day = typed.Year, typed.Month, typed.Day
	h.Fail(ErrDay.At("day"))
	return HowView.Show(w, http.StatusUnprocessableEntity, h)
}

// digitsOf keeps the digits of what was typed, also those of a Chinese keyboard: full-width ones.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9':
			return r
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return -1
	}, s)
}

// ShowHow shows the next question, or the answer when there is none.
func ShowHow(w http.ResponseWriter, page web.Page, g *guide.Guide, answers map[guide.Question]string) error {
	s := g.Walk(answers)
	if s.Ask != nil {
		return HowView.Show(w, http.StatusOK, asking(page, g, s))
	}
	return HowAnswerView.Show(w, http.StatusOK, answering(page, g, s))
}

// asking is the page of the question that is open.
func asking(page web.Page, g *guide.Guide, s guide.Stand) How {
	h := How{Page: page, Edition: web.Text(g.Edition.Name), No: len(s.Told) + 1, Told: toldLines(g, s), Back: "/"}
	if len(s.Told) > 0 {
		h.Back = address(told(s)[:len(s.Told)-1])
	}
	if s.Ask == nil {
		return h
	}
	name := string(s.Ask.Question)
	if h.Left = s.Left; s.Reason == 0 {
		h.Left = -1
	}
	h.Question = web.Say(key("guide.ask.", s.Ask.Question))
	if s.Reason == term.First && s.Ask.Question == guide.AskHolds {
		h.Question = web.Say("guide.first.ask") // "which card do you hold" is no question to somebody without one
	}
	if hint := h.Question.Key + ".hint"; wording.Has(hint) {
		h.Hint = web.Say(hint)
	}
	h.Title = h.Say(h.Question)
	here := told(s)
	if s.Ask.Question == guide.AskExpires {
		h.Day = &DayAsked{Unknown: address(append(here, pair{name, guide.Unknown}))}
		for _, t := range here {
			h.Day.Keep = append(h.Day.Keep, Kept{t.name, t.word})
		}
		return h
	}
	for _, c := range s.Ask.Choices {
		label, note := choice(g, s.Reason, s.Ask.Question, c)
		h.Choices = append(h.Choices, Choice{label, note, address(append(here[:len(here):len(here)], pair{name, c.Word()}))})
	}
	return h
}

// pair is an answer in an address.
type pair struct{ name, word string }

// told are the answers that were asked for, in their order.
func told(s guide.Stand) (out []pair) {
	for _, t := range s.Told {
		out = append(out, pair{string(t.Question), t.Word})
	}
	return out
}

// address is where these answers lead.
func address(answers []pair) string {
	var q []string
	for _, a := range answers {
		q = append(q, fmt.Sprintf("%s=%s", a.name, url.QueryEscape(a.word)))
	}
	if len(q) == 0 {
		return "/how"
	}
	return "/how?" + strings.Join(q, "&")
}

// toldLines are the answers given, each leading back to its question.
func toldLines(g *guide.Guide, s guide.Stand) (out []ToldLine) {
	for i, t := range s.Told {
		label, _ := choice(g, s.Reason, t.Question, t.Choice)
		if t.Question == guide.AskExpires {
			label = expiry(t.Word)
		}
		out = append(out, ToldLine{web.Say(key("guide.told.", t.Question)), label, address(told(s)[:i])})
	}
	return out
}

// apply is GET /apply, an address that people may have kept: the way to a card is /how.
func (p *Portal) apply(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, "/how", http.StatusSeeOther)
	return nil
}
