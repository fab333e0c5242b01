package centre

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/report"
	"kawu/flow/desk"
)

// Batches is GET /centre/batches (?tab= ?page=): production batches.
type Batches struct {
	web.Page
	Frame
	Tabs  []web.Tab
	Rows  []BatchRow
	Pager web.Pager
}

// BatchRow is one production batch.
type BatchRow struct {
	ID, No  string
	Factory web.Text
	Bank    web.Text
	State   web.Tag
	Ordered int
	Made    int
	Failed  int
	Sent    time.Time // to the factory
	Due     time.Time
	Left    int
	Href    string
}

// BatchesView is the page.
var BatchesView = web.NewView[Batches](files, "batches")

// batchTabs are the states of a batch with the tab that lists them.
var batchTabs = []struct{ state, key string }{{"", "centre.batches.tab.all"}, {"drawn", "centre.batches.tab.ordered"},
	{"sent", "centre.batches.tab.making"}, {"returned", "centre.batches.tab.returned"}, {"finished", "centre.batches.tab.done"}}

func batchState(s string) web.Tag {
	switch s {
	case "sent":
		return web.Tag{Tone: web.Info, Said: web.Say("centre.state.batch.making")}
	case "returned":
		return web.Tag{Tone: web.Branded, Said: web.Say("centre.state.batch.returned")}
	case "finished":
		return web.Tag{Tone: web.Good, Said: web.Say("centre.state.batch.done")}
	}
	return web.Tag{Tone: web.Plain, Said: web.Say("centre.state.batch.ordered")}
}

func (p *Portal) batches(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	ctx, tab := r.Context(), r.URL.Query().Get("tab")
	x := Batches{Page: p.Hall.Page(r, web.PortalCentre, "centre.batches")}
	var err error
	if x.Frame, err = p.frame(ctx, "batches"); err != nil {
		return err
	}
	counts, err := report.CountBatches(ctx, p.Store, p.city)
	if err != nil {
		return err
	}
	for s, n := range counts {
		if s != "" {
			counts[""] += n
		}
	}
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: counts[tab], Base: "/centre/batches?tab=" + tab}
	for _, t := range batchTabs {
		x.Tabs = append(x.Tabs, web.Tab{Key: t.key, Href: "/centre/batches?tab=" + t.state, N: counts[t.state], Current: t.state == tab})
	}
	list, err := report.Batches(ctx, p.Store, p.city, tab, x.Pager.Offset(), size)
	if err != nil {
		return err
	}
	book, err := p.book(ctx)
	if err != nil {
		return err
	}
	for _, b := range list {
		x.Rows = append(x.Rows, batchRow(x.Page, b, book))
	}
	return BatchesView.Show(w, http.StatusOK, x)
}

func batchRow(page web.Page, b report.Batch, book party.Book) BatchRow {
	x := BatchRow{ID: string(b.ID), No: party.No("B", string(b.ID)), Factory: party.Words("web.holder.factory"), Bank: book.Bank(b.Bank),
		State: batchState(b.State), Ordered: int(b.Ordered), Made: int(b.Made), Failed: int(b.Failed), Sent: b.SentAt, Due: date(b.Due), Href: href(string(b.ID))}
	if !x.Due.IsZero() {
		x.Left = page.DaysTo(x.Due)
	}
	return x
}
