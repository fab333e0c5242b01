package citizen

import (
	"slices"

	"kawu/channel/web"
	"kawu/policy"
	"kawu/policy/guide"
	"kawu/policy/notice"
	"kawu/policy/tell"
	"kawu/policy/term"
)

// HowAnswer is GET /how when everything is known: the ways in the order of the city's advice, what
// is not open and why, each with its basis.
type HowAnswer struct {
	web.Page
	Edition web.Text
	Today   web.Text
	Opens   web.Said // nothing is open before this day; empty otherwise
	First   *Way     // nil: nothing is open
	Others  []*Way
	Urgent  web.Said // where to go when the card is needed at once
	Lost    bool     // report it first
	Instead *Instead // what to ask for, when this is not open but that is
	Plan    []Row
	Shut    []Shut
	Why     []Row // when nothing is open: each reason once
	Told    []ToldLine
	Back    string
	Warning Row
}

// Way is one way that is open.
type Way struct {
	Title   web.Said
	Route   Row
	Rows    []Row
	Brief   web.Said // until when, for a way that is folded
	Confirm bool     // the employer applies: the person only confirms
}

// Instead is another matter that is open.
type Instead struct {
	What web.Said
	Far  web.Said // how many questions are left on the way there, at most
	Href string
}

// Shut is a list of channels that are closed for one reason.
type Shut struct {
	Channels web.Said
	Says     []web.Said
	Opens    web.Said
	Basis    []Basis
}

// HowAnswerView is the page.
var HowAnswerView = web.NewView[HowAnswer](files, "how_answer")

// ShowRow boxes a row for {{template "row"}}.
func (a HowAnswer) ShowRow(r Row) RowBox { return RowBox{a.Page, r} }

// ShowBasis boxes sources for {{template "basis"}}.
func (a HowAnswer) ShowBasis(b []Basis) BasisBox { return BasisBox{a.Page, b} }

// WayBox is a way with the page's language.
type WayBox struct {
	web.Page
	Way
}

// ShowWay boxes a way for {{template "way"}}.
func (a HowAnswer) ShowWay(w *Way) WayBox { return WayBox{a.Page, *w} }

// ShowRoute is the way's first row, ShowRow any other.
func (b WayBox) ShowRoute() RowBox { return RowBox{b.Page, b.Route} }

// ShowRow boxes a row for {{template "row"}}.
func (b WayBox) ShowRow(r Row) RowBox { return RowBox{b.Page, r} }

// ToldBox is what was told with the page's language.
type ToldBox struct {
	web.Page
	Told []ToldLine
}

// ShowTold boxes what was told for {{template "told"}}.
func (a HowAnswer) ShowTold() ToldBox { return ToldBox{a.Page, a.Told} }

// ShowTold boxes what was told for {{template "told"}}.
func (h How) ShowTold() ToldBox { return ToldBox{h.Page, h.Told} }

// answering is the page of the answer.
func answering(page web.Page, g *guide.Guide, s guide.Stand) HowAnswer {
	c, found := g.Edition.City(), g.Answer(s)
	a := HowAnswer{Page: page, Edition: web.Text(g.Edition.Name), Today: dated(g.Day()), Told: toldLines(g, s),
		Back: address(told(s)[:len(s.Told)-1]), Lost: s.Reason == term.Lost, Warning: warning(g.Edition)}
	a.Title = a.T("guide.answer.yes")
	for i, w := range found.Ways {
		x := wayOf(g.Edition, s, w)
		if i == 0 {
			a.First = x
			continue
		}
		a.Others = append(a.Others, x)
	}
	if a.First == nil {
		a.Title = a.T("guide.answer.no")
	}
	if found.Opens != 0 {
		a.Opens = web.Say("guide.opens", "date", dated(found.Opens))
	}
	if found.Urgent != 0 {
		a.Urgent = web.Say("guide.urgent", "where", channels([]term.Channel{found.Urgent}))
	}
	if found.Instead != 0 {
		a.Instead = instead(g, s, found.Instead)
	}
	for _, x := range found.Plan {
		a.Plan = append(a.Plan, row(c, "guide.row.plan", tell.Grounds(x.Grounds())))
	}
	for _, x := range found.Shut {
		a.Shut = append(a.Shut, shut(c, x))
	}
	if a.First == nil {
		a.Why, a.Shut = reasons(c, found), nil
	}
	return a
}

// reasons are why nothing is open, each once, and what the card held is still good for.
func reasons(c *policy.City, found guide.Answer) (out []Row) {
	var all [][]tell.Line
	for _, x := range found.Shut {
		if found.Opens != 0 && x.Opens != found.Opens {
			continue // what opens first is what the person waits for
		}
		for _, l := range x.Because {
			all = append(all, []tell.Line{l})
		}
	}
	out = rows(c, all)
	if len(found.Meanwhile) > 0 {
		r := row(c, "guide.row.old_card", found.Meanwhile)
		r.Says = append(r.Says, readings(found.Meanwhile)...)
		out = append(out, r)
	}
	return out
}

// instead is the same person's way to another matter: what was told goes along, and what that matter
// asks besides is asked.
func instead(g *guide.Guide, s guide.Stand, r term.Reason) *Instead {
	out, answers := told(s), map[guide.Question]string{}
	out[0].word = r.String()
	for _, x := range out {
		answers[guide.Question(x.name)] = x.word
	}
	x := &Instead{What: web.Words(both("guide.reason." + r.String())), Far: web.Say("guide.far.none"), Href: address(out)}
	if there := g.Walk(answers); there.Ask != nil {
		x.Far = web.Say("guide.far", "n", there.Left+1)
	}
	return x
}

// channels names channels as a sentence does.
func channels(all []term.Channel) web.Said { return channelNames(all, "guide.or") }

func channelNames(all []term.Channel, joint string) web.Said {
	var names []web.Text
	for _, c := range all {
		names = append(names, both("guide.channel."+c.String()))
	}
	return list(names, joint)
}

func shut(c *policy.City, x guide.Shut) Shut {
	out := Shut{Channels: channelNames(x.Channels, "guide.and"), Basis: bases(c, x.Because)}
	for _, l := range x.Because {
		out.Says = append(out.Says, spoken(l.Say))
	}
	out.Says = append(out.Says, readings(x.Because)...)
	if len(out.Says) == 0 {
		out.Says = []web.Said{web.Say("guide.shut.silent")}
	}
	if x.Opens != 0 {
		out.Opens = web.Say("guide.opens", "date", dated(x.Opens))
	}
	return out
}

// cardItself is the document that is the card held.
const cardItself = "social_security_card"

// aspects are the rows of a way, in the order in which people ask.
var aspects = []string{"when", "need", "documents", "photo_sources", "banks", "promise", "delivery", "fee", "activation", "old_card"}

func wayOf(e *policy.Edition, s guide.Stand, w guide.Way) *Way {
	c := e.City()
	x := &Way{Title: channels(w.Channels), Brief: due(w)}
	x.Route = row(c, "guide.row.route", append(tell.Of(w.Explanation, "route"), tell.Of(w.Explanation, "who")...))
	x.Route.Says = x.Route.Says[:1] // whom it is for stands behind the basis
	if slices.ContainsFunc(w.Channels, atBank) {
		x.Route.Href, x.Route.Link = "/outlets", "guide.outlets"
	}
	x.Confirm = slices.ContainsFunc(w.Channels, func(c term.Channel) bool { return c == term.EmployerOnline || c == term.EmployerBank })
	for _, name := range aspects {
		lines := tell.Of(w.Explanation, name)
		if len(lines) == 0 || name == "old_card" && nothingOld(s) {
			continue
		}
		r := row(c, "guide.row."+name, lines)
		r.Says = append(r.Says, readings(lines)...)
		switch name {
		case "documents":
			r.Says, r.List = papers(e, w)
		case "banks":
			if w.BankChosenBy == term.ByIssuingBank {
				break // nothing to choose
			}
			for _, b := range w.Banks {
				known, _ := c.Bank(b)
				r.Chips = append(r.Chips, web.Text(known.Name))
			}
		case "promise":
			r.Due = due(w)
		case "delivery":
			if collects(w) && x.Route.Href == "" {
				r.Href, r.Link = "/outlets", "guide.outlets"
			}
		}
		x.Rows = append(x.Rows, r)
	}
	return x
}

// papers are what to bring: the card itself where it is asked for, then identity documents, of which
// one is enough.
func papers(e *policy.Edition, w guide.Way) (says, list []web.Said) {
	for _, id := range w.Documents {
		d := notice.ByID(e.Documents, id)
		if id == cardItself {
			says = append(says, spoken(d.Say))
			continue
		}
		list = append(list, spoken(d.Say))
	}
	if len(list) < 2 {
		return append(says, list...), nil
	}
	return append(says, web.Say("guide.one_of")), list
}

// nothingOld says that somebody who comes for a first card holds none that could end.
func nothingOld(s guide.Stand) bool {
	return s.Reason == term.First && s.Person.Holds != term.HoldsMagnetic
}

// due is the day that the promise comes to when filed today.
func due(w guide.Way) web.Said {
	switch {
	case w.Promise.Days == 0:
		return web.Say("guide.due.now")
	case w.Promise.Due == 0:
		return web.Say("guide.due.unknown")
	}
	return web.Say("guide.due", "date", dated(w.Promise.Due))
}

// atBank says whether one goes to a bank for it; those outlets have a page.
func atBank(c term.Channel) bool {
	return c == term.BankOutlet || c == term.InstantOutlet || c == term.Kiosk
}

// collects says whether the card is fetched at an outlet.
func collects(w guide.Way) bool {
	return slices.ContainsFunc(w.Delivery, func(d policy.Handover) bool { return d.Mode == term.AtOutlet })
}

// warning is the notice's warning against fraud; the program's own words where it has none.
func warning(e *policy.Edition) Row {
	if e.Warning == nil {
		return Row{}
	}
	return row(e.City(), "guide.row.warning", tell.Grounds(e.Warning.Grounds()))
}
