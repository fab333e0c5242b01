package centre

import "kawu/channel/web"

// Frame is the rail's counts, embedded in every page's data.
type Frame struct {
	Overdue    int    // cases past their promise
	Batches    int    // production batches under way
	Faces      int    // names that somebody has to look at before they are printed
	Handovers  int    // lists not signed in time
	Exceptions int    // open
	Outbox     int    // messages that a partner refused for good
	Stuck      int    // duties that failed and wait to be tried again
	Proposals  int    // editions that wait for a second person
	Cancels    int    // cancellations that wait for a second person
	Here       string // "losses" "overview" "overdue" "faces" "batches" "handovers" "exceptions" "exchanges" "duties" "audit" "card" "calendar" "editions" "terminals"
}

// RailBox is the rail with the page's language.
type RailBox struct {
	web.Page
	Rail []RailItem
}

// RailItem is one entry of the rail.
type RailItem struct {
	Name    string // wording key
	Href    string
	Count   int
	Hot     bool // must be acted on
	Current bool
}

// ShowRail builds the rail.
func (f Frame) ShowRail(p web.Page) RailBox {
	item := func(page, key, href string, n int, hot bool) RailItem {
		return RailItem{Name: key, Href: href, Count: n, Hot: hot && n > 0, Current: f.Here == page}
	}
	return RailBox{p, []RailItem{
		item("overview", "centre.rail.overview", "/centre/", 0, false),
		item("calendar", "centre.rail.calendar", "/centre/calendar", 0, false),
		item("overdue", "centre.rail.overdue", "/centre/overdue", f.Overdue, true),
		item("faces", "centre.rail.faces", "/centre/faces", f.Faces, true),
		item("batches", "centre.rail.batches", "/centre/batches", f.Batches, false),
		item("handovers", "centre.rail.handovers", "/centre/handovers", f.Handovers, false),
		item("exceptions", "centre.rail.exceptions", "/centre/exceptions", f.Exceptions, false),
		item("exchanges", "centre.rail.exchanges", "/centre/exchanges", f.Outbox, true),
		item("duties", "centre.rail.duties", "/centre/duties", f.Stuck, true),
		item("editions", "centre.rail.editions", "/centre/editions", f.Proposals, true),
		item("losses", "centre.rail.losses", "/centre/losses", f.Cancels, true),
		item("terminals", "centre.rail.terminals", "/centre/terminals", 0, false),
		item("audit", "centre.rail.audit", "/centre/audit", 0, false),
	}}
}
