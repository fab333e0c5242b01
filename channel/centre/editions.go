package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/edition"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/policy"
	"kawu/policy/term"
)

// Editions is GET /centre/editions: what is in force, what is coming, what waits for a second person,
// what has ended.
type Editions struct {
	web.Page
	Frame
	May     bool // may propose
	Waiting []ProposalRow
	Groups  []EditionGroup
	Decided []ProposalRow // rejected and taken back
}

// EditionGroup is the editions of one time.
type EditionGroup struct {
	Key  string // wording key
	Rows []EditionRow
}

// EditionRow is one edition of the city.
type EditionRow struct {
	ID         string
	Name       web.Text
	Href       string
	From, To   time.Time // days; To zero: no end is known
	Tag        web.Tag
	Origin     web.Said // with the program, or who proposed and who agreed
	All, Open  int      // cases that keep it
	Successive bool     // it ended because another took over
}

// ProposalRow is one proposal.
type ProposalRow struct {
	ID       string
	Edition  string
	Href     string
	From     time.Time
	By       string // who proposed
	At       time.Time
	Note     string
	Decider  string
	Decided  time.Time
	Words    string
	Tag      web.Tag
	OwnToo   bool // proposed by who looks
	Deciding bool // waits for who looks
}

// EditionsView is the page.
var EditionsView = web.NewView[Editions](files, "editions")

// mostProposals is how many of the latest proposals are listed.
const mostProposals = 200

func (p *Portal) editions(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx := r.Context()
	x := Editions{Page: p.Hall.Page(r, web.PortalCentre, "centre.editions"), May: p.mayPublish(who)}
	var err error
	if x.Frame, err = p.frame(ctx, "editions"); err != nil {
		return err
	}
	city, err := p.Publish.Shelf.Now(ctx)
	if err != nil {
		return err
	}
	all, err := edition.All(ctx, p.Store, p.city, mostProposals)
	if err != nil {
		return err
	}
	for _, q := range all {
		switch q.State {
		case edition.Proposed:
			x.Waiting = append(x.Waiting, p.proposalRow(ctx, x.Page, who, q))
		case edition.Rejected, edition.Withdrawn:
			x.Decided = append(x.Decided, p.proposalRow(ctx, x.Page, who, q))
		}
	}
	published, err := p.published(r)
	if err != nil {
		return err
	}
	cases, err := report.ByEdition(ctx, p.Store, p.city)
	if err != nil {
		return err
	}
	x.Groups = []EditionGroup{{Key: "centre.editions.now"}, {Key: "centre.editions.coming"}, {Key: "centre.editions.past"}}
	for i := range city.Editions() {
		row, group := p.editionRow(ctx, x.Page, city, i, published, cases)
		x.Groups[group].Rows = append(x.Groups[group].Rows, row)
	}
	return EditionsView.Show(w, http.StatusOK, x)
}

// mayPublish: the policy is the whole city's.
func (p *Portal) mayPublish(who desk.Actor) bool {
	return desk.May(who.Role, desk.ProposeEdition) && who.District == ""
}

// editionRow words the i-th edition of a city and says which group it belongs to.
func (p *Portal) editionRow(ctx context.Context, page web.Page, city *policy.City, i int, published map[ref.Edition]edition.Proposal, cases map[ref.Edition]report.Filed) (EditionRow, int) {
	e := city.Editions()[i]
	n := cases[ref.Edition(e.ID)]
	row := EditionRow{ID: e.ID, Name: web.Text(e.Name), Href: "/centre/editions/" + e.ID, From: e.InForce.From.Time(),
		All: int(n.All), Open: int(n.Open), Origin: web.Say("centre.edition.embedded")}
	last := lastDay(city, i)
	if last != 0 {
		row.To, row.Successive = last.Time(), last != e.InForce.To
	}
	if q, ok := published[ref.Edition(e.ID)]; ok {
		row.Origin = web.Say("centre.edition.published", "by", p.staff(ctx, page, q.ProposedBy), "decider", p.staff(ctx, page, q.DecidedBy), "at", q.DecidedAt)
	}
	tag, group := standing(page, city, e, last)
	row.Tag = tag
	return row, group
}

// lastDay is the day before another edition takes over, or the end that the edition names; 0: none.
func lastDay(city *policy.City, i int) term.Date {
	all := city.Editions()
	end := all[i].InForce.To
	if i+1 < len(all) && (end == 0 || all[i+1].InForce.From <= end) {
		return all[i+1].InForce.From - 1
	}
	return end
}

// standing says whether an edition is in force (0), coming (1) or past (2).
func standing(page web.Page, city *policy.City, e *policy.Edition, last term.Date) (web.Tag, int) {
	today := term.DateOf(page.Now)
	switch {
	case e.InForce.From > today:
		return web.Tag{Tone: web.Info, Said: web.Say("centre.edition.in_days", "n", int(e.InForce.From-today))}, 1
	case last != 0 && last < today || city.On(page.Now) != e:
		return web.Tag{Said: web.Say("centre.edition.ended")}, 2
	}
	return web.Tag{Tone: web.Good, Said: web.Say("centre.edition.now", "n", int(today-e.InForce.From)+1)}, 0
}

var proposalTones = map[string]web.Tone{"proposed": web.Watch, "published": web.Good, "rejected": web.Bad}

func (p *Portal) proposalRow(ctx context.Context, page web.Page, who desk.Actor, q edition.Proposal) ProposalRow {
	row := ProposalRow{ID: string(q.ID), Edition: string(q.Edition), Href: "/centre/proposals/" + string(q.ID), From: date(q.From),
		By: p.staff(ctx, page, q.ProposedBy), At: q.ProposedAt, Note: q.Note, Words: q.Words, Decided: q.DecidedAt,
		Tag:    web.Tag{Tone: proposalTones[string(q.State)], Said: web.Say("edition.state." + string(q.State))},
		OwnToo: q.ProposedBy == who.ID, Deciding: q.State == edition.Proposed && q.ProposedBy != who.ID && p.mayPublish(who)}
	if q.DecidedBy != "" {
		row.Decider = p.staff(ctx, page, q.DecidedBy)
	}
	return row
}

// EditionBox is one row with the page's language.
type EditionBox struct {
	P   web.Page
	Row EditionRow
}

// ShowEdition boxes a row.
func (x Editions) ShowEdition(p web.Page, row EditionRow) EditionBox { return EditionBox{p, row} }
