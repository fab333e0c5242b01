package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/kit/state"
)

// Handovers is GET /centre/handovers: who gave what to whom, what is not signed, what did not match.
type Handovers struct {
	web.Page
	Frame
	Tabs  []web.Tab
	Rows  []HandoverRow
	Pager web.Pager
}

// HandoverRow is one list.
type HandoverRow struct {
	ID, No            string
	From, To          web.Text
	Cards             int
	Missing           int
	Given, Taken, Due time.Time
	State             web.Tag
	Href              string
}

// HandoversView is the page.
var HandoversView = web.NewView[Handovers](files, "handovers")

// listTabs are the states of a list with the tab that lists them.
var listTabs = []struct {
	state state.State
	key   string
}{{"", "centre.handovers.tab.all"}, {"drawn", "centre.handovers.tab.drawn"}, {"given", "centre.handovers.tab.open"}, {"differs", "centre.handovers.tab.mismatch"},
	{"taken", "centre.handovers.tab.signed"}, {"settled", "centre.handovers.tab.settled"}}

func listState(l custody.Handover) web.Tag {
	switch l.State {
	case "taken":
		return web.Tag{Tone: web.Good, Said: web.Say("centre.handover.signed")}
	case "differs":
		return web.Tag{Tone: web.Bad, Said: web.Say("centre.handover.mismatch")}
	case "settled":
		return web.Tag{Tone: web.Info, Said: web.Say("centre.handover.settled")}
	case "given":
		return web.Tag{Tone: web.Watch, Said: web.Say("centre.handover.open")}
	}
	return web.Tag{Tone: web.Plain, Said: web.Say("centre.handover.drawn")}
}

func (p *Portal) handovers(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	ctx, tab := r.Context(), state.State(r.URL.Query().Get("tab"))
	x := Handovers{Page: p.Hall.Page(r, web.PortalCentre, "centre.handovers")}
	var err error
	if x.Frame, err = p.frame(ctx, "handovers"); err != nil {
		return err
	}
	counts, err := custody.CountLists(ctx, p.Store, p.city)
	if err != nil {
		return err
	}
	for s, n := range counts {
		if s != "" {
			counts[""] += n
		}
	}
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: counts[tab], Base: "/centre/handovers?tab=" + string(tab)}
	for _, t := range listTabs {
		x.Tabs = append(x.Tabs, web.Tab{Key: t.key, Href: "/centre/handovers?tab=" + string(t.state), N: counts[t.state], Current: t.state == tab})
	}
	list, err := custody.ListsIn(ctx, p.Store, p.city, tab, x.Pager.Offset(), size)
	if err != nil {
		return err
	}
	if x.Rows, err = p.listRows(ctx, list); err != nil {
		return err
	}
	return HandoversView.Show(w, http.StatusOK, x)
}

// signTime is how long after a list was drawn it should be signed by both.
const signTime = 48 * time.Hour

func (p *Portal) listRows(ctx context.Context, list []custody.Handover) ([]HandoverRow, error) {
	holders, ids := make([]ref.Holder, 0, 2*len(list)), make([]ref.Handover, len(list))
	for i, l := range list {
		holders, ids[i] = append(holders, l.Giver, l.Taker), l.ID
	}
	book, err := p.book(ctx, holders...)
	if err != nil {
		return nil, err
	}
	sizes, err := report.Lists(ctx, p.Store, ids)
	out := make([]HandoverRow, len(list))
	for i, l := range list {
		out[i] = HandoverRow{ID: string(l.ID), No: party.No("H", string(l.ID)), From: book.Name(l.Giver), To: book.Name(l.Taker), Cards: int(l.N),
			Missing: sizes[l.ID].Findings, Given: l.GivenAt, Taken: l.TakenAt, Due: l.DrawnAt.Add(signTime), State: listState(l), Href: href(string(l.ID))}
	}
	return out, err
}
