package centre

import (
	"net/http"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/kit/clock"
)

// Overdue is GET /centre/overdue (?holder= opens one): grouped by who has the cards or cases now.
type Overdue struct {
	web.Page
	Frame
	Total   int
	Holders []HolderGroup
	May     bool   // may chase
	Open    string // holder whose cases are listed below
	Rows    []OverdueRow
	Pager   web.Pager
}

// HolderGroup is one holder's late cases. POST /centre/overdue/{id} chases.
type HolderGroup struct {
	ID     string
	Holder web.Text
	Kind   string // wording key: "web.holder.bank" "web.holder.factory" "web.holder.courier" "web.holder.outlet" "web.holder.employer" "web.holder.centre"
	Phone  string
	N      int
	Oldest int // days late
	Chased time.Time
}

// OverdueRow is one late case.
type OverdueRow struct {
	Card, No, Masked string
	Stage            string // wording key
	Due              time.Time
	Days             int       // late
	Since            time.Time // with this holder
	Href             string
}

// OverdueView is the page.
var OverdueView = web.NewView[Overdue](files, "overdue")

// OpenName is the name of the holder whose cases are listed.
func (o Overdue) OpenName() web.Text {
	for _, h := range o.Holders {
		if h.ID == o.Open {
			return h.Holder
		}
	}
	return web.Text{}
}

// holderID names a holder in an address: an outlet, a bank, a factory are no personal data, and a
// late case is never with a person.
func holderID(h ref.Holder) string { return string(h.Kind) + ":" + h.Name }

func (p *Portal) overdue(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx := r.Context()
	x := Overdue{Page: p.Hall.Page(r, web.PortalCentre, "centre.overdue"), May: desk.May(who.Role, desk.Chase)}
	var err error
	if x.Frame, err = p.frame(ctx, "overdue"); err != nil {
		return err
	}
	late, err := report.OverdueBy(ctx, p.Store, p.city, p.today())
	if err != nil {
		return err
	}
	holders := make([]ref.Holder, len(late))
	for i, l := range late {
		holders[i] = l.Holder
	}
	book, err := p.book(ctx, holders...)
	if err != nil {
		return err
	}
	x.Open = r.URL.Query().Get("holder")
	for _, l := range late {
		g := HolderGroup{ID: holderID(l.Holder), Holder: book.Name(l.Holder), Kind: party.Kind(l.Holder.Kind), Phone: book.Phone(l.Holder),
			N: int(l.N), Oldest: -x.DaysTo(date(l.Oldest))}
		if g.Chased, err = p.Oversee.Chased(ctx, l.Holder); err != nil {
			return err
		}
		x.Holders, x.Total = append(x.Holders, g), x.Total+g.N
		if g.ID == x.Open {
			if err := p.lateOf(r, &x, l); err != nil {
				return err
			}
		}
	}
	return OverdueView.Show(w, http.StatusOK, x)
}

// lateOf lists the late cases of the holder that is open.
func (p *Portal) lateOf(r *http.Request, x *Overdue, l report.LateWith) error {
	ctx := r.Context()
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: int(l.N), Base: "/centre/overdue?holder=" + x.Open}
	cases, err := report.OverdueOf(ctx, p.Store, p.city, p.today(), l.Holder, x.Pager.Offset(), size)
	if err != nil {
		return err
	}
	ids := make([]ref.Application, len(cases))
	for i, c := range cases {
		ids[i] = c.Application
	}
	apps, err := application.Find(ctx, p.Store, ids)
	if err != nil {
		return err
	}
	masked := map[ref.Application]string{}
	for _, a := range apps {
		masked[a.ID] = a.Number.Masked()
	}
	for _, c := range cases {
		row := OverdueRow{Card: string(c.Card), No: party.Code(string(c.Application)), Masked: masked[c.Application], Stage: stage(c.State),
			Due: date(c.DueDay), Since: c.Since, Href: href(string(c.Card))}
		row.Days = int(clock.Day(x.Now).Sub(row.Due) / (24 * time.Hour))
		x.Rows = append(x.Rows, row)
	}
	return nil
}

// chase is POST /centre/overdue/{id}: the holder was called.
func (p *Portal) chase(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	return p.Hall.Once(w, r, func() (string, error) {
		late, err := report.OverdueBy(r.Context(), p.Store, p.city, p.today())
		if err != nil {
			return "", err
		}
		for _, l := range late {
			if holderID(l.Holder) == strings.TrimSpace(r.PathValue("id")) {
				return web.Saying("/centre/overdue", "said.chased"), p.Oversee.Chase(r.Context(), who, l.Holder, int(l.N))
			}
		}
		return "", web.ErrNoPage
	})
}
