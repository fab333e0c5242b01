package app

import (
	"context"
	"net/http"

	"kawu/channel/centre"
	"kawu/channel/citizen"
	"kawu/channel/counter"
	"kawu/channel/employer"
	"kawu/channel/terminal"
	"kawu/channel/web"
	"kawu/channel/web/door"
	"kawu/domain/access"
	unit "kawu/domain/employer"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/flow/signin"
)

// Portals puts the portals together and says where they are.
func (h *House) Portals(o ServeOptions, base string) (http.Handler, []string) {
	mux := http.NewServeMux()
	hall := &web.Hall{Clock: h.Clock, Log: h.Log, City: web.Text(h.Here.Name), Hotline: "12333", Demo: o.Demo}
	entry := &door.Door{Hall: hall, Sign: &signin.Flow{Desk: h.Desk, Cost: access.Standard}, Office: h.office, Logins: o.Logins}
	entry.Routes(mux)
	mux.Handle("GET /static/", web.Static())
	mux.Handle("/", hall.NoPage())
	// Each portal adds its pages here: package.New(…).Routes(mux).
	(&citizen.Portal{Hall: hall, Door: entry, Store: h.Store, City: h.Shelf.City, Calendar: h.Shelf.Calendar(), Later: o.Later,
		Confirm: h.Flows.Confirm, Accounts: h.Flows.Accounts, HandOut: h.Flows.HandOut, Loss: h.Flows.Loss}).Routes(mux)
	employer.New(hall, h.Store, h.Here, h.Flows.Apply).Routes(mux)
	f := h.Flows
	counter.New(counter.Deps{Hall: hall, Store: h.Store, City: h.Here, HandOut: f.HandOut, Handover: f.Handover, Balance: f.Balance, Settle: f.Settle, Photos: f.Photos,
		Lost: f.Loss, Cancel: f.Cancel}).Routes(mux)
	centre.New(centre.Deps{Hall: hall, Store: h.Store, City: h.Here, Key: h.Key.Public(), Handover: f.Handover, Accounts: f.Accounts,
		Compare: f.Compare, Make: f.Make, Post: f.Post, Settle: f.Settle, Oversee: f.Oversee, Publish: f.Publish, Report: f.Loss, Cancel: f.Cancel, Read: f.Read}).Routes(mux)
	(&terminal.Portal{Hall: hall, Read: f.Read}).Routes(mux)
	return hall.Wrap(entry.Open(mux)), addresses(o, base)
}

// addresses are the lines that say where the portals are and, in a demonstration, who may come in.
func addresses(o ServeOptions, base string) []string {
	lines := []string{"citizens   " + base + "/"}
	for _, p := range []web.Portal{web.PortalEmployer, web.PortalCounter, web.PortalCentre} {
		lines = append(lines, string(p)+"   "+base+p.Home())
		for _, l := range o.Logins[p] {
			lines = append(lines, "             "+l.User+" / "+l.Password+"   "+l.Name)
		}
	}
	if o.Demo {
		lines = append(lines, "messages   "+base+"/demo/messages")
	}
	return append(lines, o.Hints...)
}

// office names where a member of staff works.
func (h *House) office(ctx context.Context, a desk.Actor) web.Text {
	switch a.Role {
	case desk.Agent:
		if e, err := unit.Get(ctx, h.Store, ref.Employer(a.Org)); err == nil {
			return web.Text{ZH: e.Name}
		}
	case desk.Clerk:
		if o, err := outlet.Get(ctx, h.Store, ref.Outlet(a.Place)); err == nil {
			return web.Text{ZH: o.Name, EN: o.NameEn}
		}
	case desk.Banker:
		if b, ok := h.Here.Bank(a.Org); ok {
			return web.Text(b.Name)
		}
	}
	return web.Text{ZH: h.Here.Name.ZH + "社保卡中心", EN: h.Here.Name.EN + " card centre"}
}
