package citizen

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
	"kawu/policy/term"
)

// CityNotice is GET /notice (?edition= for another): what the city has decided, made from the
// edition itself, so that it never says anything else than the decisions do.
type CityNotice struct {
	web.Page
	ID       string
	Name     web.Text
	State    web.Tag // in force, to come, over
	From, To web.Text
	Sources  []Source
	Sections []Section
	Editions []EditionLink // the city's others
}

// Source is a published text.
type Source struct {
	Title, Publisher string
	Date             web.Text
}

// Section is one part of the notice in plain words; parts that the notice has not are left out.
type Section struct {
	Name  string // wording key
	Rows  []Row
	Basis []Basis // of all its rows
	Fold  bool    // few people look for it
}

// Anchor is the section's place on the page.
func (s Section) Anchor() string { return s.Name[strings.LastIndex(s.Name, ".")+1:] }

// EditionLink leads to another edition's page.
type EditionLink struct {
	Name, From web.Text
	Href       string
	State      web.Tag
}

// CityNoticeView is the page.
var CityNoticeView = web.NewView[CityNotice](files, "notice")

// ShowRow boxes a row for {{template "row"}}.
func (n CityNotice) ShowRow(r Row) RowBox { return RowBox{n.Page, r} }

// ShowBasis boxes a section's sources for {{template "basis"}}.
func (n CityNotice) ShowBasis(b []Basis) BasisBox { return BasisBox{n.Page, b} }

// publishedNotice is GET /notice.
func (p *Portal) publishedNotice(w http.ResponseWriter, r *http.Request) error {
	c, now := p.City(), p.Hall.Clock.Now()
	e := c.On(now)
	if id := r.FormValue("edition"); id != "" {
		var err error
		if e, err = c.Edition(id); err != nil {
			return err
		}
	}
	return CityNoticeView.Show(w, http.StatusOK, NoticeOf(p.page(r, "citizen.notice.city"), e, now))
}

// NoticeOf makes the page of an edition as one reads it on a day.
func NoticeOf(page web.Page, e *policy.Edition, now time.Time) CityNotice {
	c := e.City()
	n := CityNotice{Page: page, ID: e.ID, Name: web.Text(e.Name), State: standing(c, e, now), From: dated(e.InForce.From), Sections: sections(e)}
	if e.InForce.To != 0 {
		n.To = dated(e.InForce.To)
	}
	for _, s := range c.Notices {
		n.Sources = append(n.Sources, Source{s.Title, s.Publisher, dated(s.Date)})
	}
	for _, o := range c.Editions() {
		if o != e {
			n.Editions = append(n.Editions, EditionLink{web.Text(o.Name), dated(o.InForce.From), "/notice?edition=" + o.ID, standing(c, o, now)})
		}
	}
	return n
}

// standing says whether an edition is in force on a day.
func standing(c *policy.City, e *policy.Edition, now time.Time) web.Tag {
	switch day := term.DateOf(now); {
	case e.InForce.From > day:
		return web.Tag{Tone: web.Info, Said: web.Say("citizen.notice.to_come")}
	case c.On(now) == e && e.InForce.Has(day):
		return web.Tag{Tone: web.Good, Said: web.Say("citizen.notice.in_force")}
	}
	return web.Tag{Said: web.Say("citizen.notice.over")}
}

// grounded is any part of an edition, or a fact.
type grounded[T any] interface {
	*T
	Grounds() []notice.Ground
}

// lines are the clauses of a list as they are said.
func lines[T any, P grounded[T]](list []T) (out [][]tell.Line) {
	for i := range list {
		out = append(out, tell.Grounds(P(&list[i]).Grounds()))
	}
	return out
}

// rows make one row of each clause, the same words once; without a name, because the section has it.
func rows(c *policy.City, clauses [][]tell.Line) (out []Row) {
	seen := map[notice.Text]bool{}
	for _, l := range clauses {
		if len(l) > 0 && !seen[l[0].Say] {
			seen[l[0].Say] = true
			r := row(c, "", l[:1])
			r.Name = web.Said{}
			out = append(out, r)
		}
	}
	return out
}

// sections are the parts of an edition in the order in which people ask.
func sections(e *policy.Edition) (out []Section) {
	c := e.City()
	add := func(name string, rows []Row) {
		if len(rows) == 0 {
			return
		}
		s := Section{Name: name, Rows: rows}
		for i := range rows {
			for _, b := range rows[i].Basis {
				if !rows[i].Practice && !slices.ContainsFunc(s.Basis, func(o Basis) bool { return o.Phrase == b.Phrase }) {
					s.Basis = append(s.Basis, b)
				}
			}
			rows[i].Basis = nil
		}
		out = append(out, s)
	}
	fold := func(name string, rows []Row) {
		if add(name, rows); len(rows) > 0 {
			out[len(out)-1].Fold = true
		}
	}
	add("citizen.notice.who", rows(c, whom(e)))
	add("citizen.notice.when", rows(c, append([][]tell.Line{tell.Grounds(e.InForce.Grounds())}, lines(e.Windows)...)))
	add("citizen.notice.ways", routes(e))
	add("citizen.notice.shut", rows(c, lines(e.Refusals)))
	add("citizen.notice.needs", rows(c, lines(e.Needs)))
	add("citizen.notice.documents", rows(c, append(lines(e.Documents), lines(e.Photos)...)))
	add("citizen.notice.banks", banks(e))
	add("citizen.notice.promise", rows(c, lines(e.Promises)))
	add("citizen.notice.delivery", rows(c, lines(e.Deliveries)))
	add("citizen.notice.activation", rows(c, lines(e.Activations)))
	add("citizen.notice.old", rows(c, append(lines(e.OldCards), lines(e.Acceptance)...)))
	add("citizen.notice.fees", rows(c, lines(e.Fees)))
	add("citizen.notice.hotlines", calls(e))
	fold("citizen.notice.card", rows(c, lines(e.Products)))
	add("citizen.notice.plan", rows(c, append(lines(e.Plan), lines(e.Targets)...)))
	fold("citizen.notice.life", rows(c, life(e)))
	fold("citizen.notice.more", rows(c, facts(c)))
	if e.Warning != nil {
		add("citizen.notice.warning", rows(c, [][]tell.Line{tell.Grounds(e.Warning.Grounds())}))
	}
	return out
}

// whom the edition is for: everybody eligible, the pilot's people, else those of its routes.
func whom(e *policy.Edition) (out [][]tell.Line) {
	ids := []string{e.Eligible, e.Pilot}
	if e.Eligible+e.Pilot == "" {
		for _, r := range e.Routes {
			ids = append(ids, r.Who)
		}
	}
	for _, id := range ids {
		if a := e.Audience(id); a != nil {
			out = append(out, tell.Grounds(a.Grounds()))
		}
	}
	return out
}

// routes say for which matters and by which channels.
func routes(e *policy.Edition) (out []Row) {
	for i := range e.Routes {
		n := &e.Routes[i]
		r := row(e.City(), "", tell.Grounds(n.Grounds())[:1])
		var matters []web.Text
		for _, x := range n.Reasons {
			matters = append(matters, web.Text(notice.Label("reason", x.String())))
		}
		r.Name = list(matters, "guide.and")
		r.Says = append(r.Says, web.Say("citizen.notice.by", "where", channelNames(n.Channels, "guide.and")))
		out = append(out, r)
	}
	return out
}

// banks say who picks, and list the banks once.
func banks(e *policy.Edition) []Row {
	out := rows(e.City(), lines(e.BankChoices))
	if len(out) > 0 {
		for _, b := range e.Banks() {
			out[len(out)-1].Chips = append(out[len(out)-1].Chips, web.Text(b.Name))
		}
	}
	return out
}

// life is what holds for a card afterwards: reported lost, unclaimed, PIN, renewal …
func life(e *policy.Edition) (out [][]tell.Line) {
	p := &e.Profile
	out = append(out, holds(p, 0))
	for _, g := range [][]notice.Ground{p.Renewal.Grounds(), p.Unclaimed.Grounds(), p.PIN.Grounds(), p.Validity.Grounds(),
		p.Replacement.Grounds(), p.Payout.Grounds(), p.ECard.Grounds(), p.Instant.Grounds(), p.Picture.Grounds()} {
		out = append(out, tell.Grounds(g))
	}
	return out
}

// facts are what the notice tells people beside its rules.
func facts(c *policy.City) (out [][]tell.Line) {
	for i := range c.Facts {
		if f := &c.Facts[i]; f.Kind == term.Information && f.Topic != "faq" {
			out = append(out, tell.Grounds(f.Grounds()))
		}
	}
	return out
}

// calls are the numbers by topic; the page of hotlines has them to dial.
func calls(e *policy.Edition) (out []Row) {
	h := HotlinesOf(web.Page{}, e)
	for _, l := range h.Lines {
		out = append(out, Row{Name: l.Topic, Says: []web.Said{web.Words(web.Text{ZH: l.Number})}, Basis: l.Basis, Practice: l.Silent})
	}
	if len(h.Banks) > 0 {
		out = append(out, Row{Says: []web.Said{web.Say("citizen.hotlines.banks")}})
	}
	if n := len(out); n > 0 {
		out[n-1].Href, out[n-1].Link = "/hotlines", "citizen.hotlines"
	}
	return out
}
