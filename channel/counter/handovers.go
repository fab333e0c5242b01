package counter

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
)

// Handovers is GET /counter/handovers: lists of cards given to or taken by this outlet.
type Handovers struct {
	web.Page
	Frame
	Take []ListRow // to sign for: cards that come
	Give []ListRow // to give on: cards that go
	Past []ListRow // signed lately
}

// ListRow is one hand-over list.
type ListRow struct {
	ID, No   string
	From, To web.Text
	Made     time.Time
	Cards    int
	Boxes    int
	State    web.Tag
	Missing  int // listed as a mismatch
	Signed   time.Time
	Href     string
}

// HandoversView is the page.
var HandoversView = web.NewView[Handovers](files, "handovers")

func (p *Portal) handovers(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx, h := r.Context(), holder(who)
	x := Handovers{Page: p.Hall.Page(r, web.PortalCounter, "counter.handovers")}
	var err error
	if x.Frame, err = p.frame(ctx, who, "handovers"); err != nil {
		return err
	}
	open, err := custody.Open(ctx, p.Store, h.Kind, h.Name)
	if err != nil {
		return err
	}
	past, err := custody.SignedBy(ctx, p.Store, h, shown)
	if err != nil {
		return err
	}
	rows, err := p.rows(ctx, who, open)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if open[i].State == "drawn" {
			x.Give = append(x.Give, row)
		} else {
			x.Take = append(x.Take, row)
		}
	}
	if x.Past, err = p.rows(ctx, who, past); err != nil {
		return err
	}
	return HandoversView.Show(w, http.StatusOK, x)
}

// rows shows hand-over lists, with the names of their parties and how many cards did not match.
func (p *Portal) rows(ctx context.Context, who desk.Actor, lists []custody.Handover) ([]ListRow, error) {
	holders, ids := make([]ref.Holder, 0, 2*len(lists)), make([]ref.Handover, len(lists))
	for i, l := range lists {
		holders, ids[i] = append(holders, l.Giver, l.Taker), l.ID
	}
	book, err := party.Open(ctx, p.Store, p.City, holders)
	if err != nil {
		return nil, err
	}
	sizes, err := report.Lists(ctx, p.Store, ids)
	if err != nil {
		return nil, err
	}
	out := make([]ListRow, len(lists))
	for i, l := range lists {
		out[i] = ListRow{ID: string(l.ID), No: party.No("H", string(l.ID)), From: book.Name(l.Giver), To: book.Name(l.Taker), Made: l.DrawnAt,
			Cards: int(l.N), Boxes: sizes[l.ID].Batches, Missing: sizes[l.ID].Findings, State: listState(who, l), Href: "/counter/handovers/" + string(l.ID)}
		if !waits(who, l) {
			out[i].Signed = l.GivenAt
			if !l.TakenAt.IsZero() {
				out[i].Signed = l.TakenAt
			}
		}
	}
	return out, nil
}

// waits tells whether a list waits for the signature of this party.
func waits(who desk.Actor, l custody.Handover) bool {
	mine := holder(who)
	return l.State == "drawn" && same(l.Giver, mine) || l.State == "given" && same(l.Taker, mine)
}

func same(a, b ref.Holder) bool { return a.Kind == b.Kind && a.Name == b.Name }

func listState(who desk.Actor, l custody.Handover) web.Tag {
	switch {
	case waits(who, l):
		return web.Tag{Tone: web.Watch, Said: web.Say("counter.handover.state.open")}
	case l.State == "differs":
		return web.Tag{Tone: web.Bad, Said: web.Say("counter.handover.state.mismatch")}
	case l.State == "settled":
		return web.Tag{Tone: web.Info, Said: web.Say("counter.handover.state.settled")}
	case l.State == "taken":
		return web.Tag{Tone: web.Good, Said: web.Say("counter.handover.state.signed")}
	}
	return web.Tag{Tone: web.Info, Said: web.Say("counter.handover.state.under_way")}
}
