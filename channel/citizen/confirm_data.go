package citizen

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/outlet"
	"kawu/flow/confirm"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// ConfirmData is GET /confirm/data: everything that will be used for the card, with the ways to
// confirm, correct or decline.
type ConfirmData struct {
	web.Page
	Employer  web.Text
	Deadline  time.Time
	Person    Person
	Bank      web.Text // the employer chose it
	Mode      string   // wording key: "web.pickup.outlet" "web.pickup.mail" "web.pickup.on_site"
	Outlet    *web.Place
	PickUp    web.Said // agreed pick-up time; empty when there is none
	OldCard   bool     // the person has a card now that will be void on activation
	Fee       web.Said // what it costs; "free" in most cities
	Confirmed bool     // was confirmed before; shown without buttons
}

// Person is the personal data on the confirm pages; numbers are masked.
type Person struct {
	Name, Masked, Phone, Address string
	PhotoFrom                    string // wording key: "web.photo.id_card" …; "" none
}

// ConfirmDataView is the page.
var ConfirmDataView = web.NewView[ConfirmData](files, "confirm_data")

// confirmData is GET /confirm/data.
func (p *Portal) confirmData(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	return p.showData(w, r, p.page(r, "citizen.data"), a)
}

func (p *Portal) showData(w http.ResponseWriter, r *http.Request, page web.Page, a application.Application) error {
	ctx := r.Context()
	if a.State == application.Declined {
		http.Redirect(w, r, "/confirm/done", http.StatusSeeOther)
		return nil
	}
	d := ConfirmData{Page: page, Bank: p.bank(a.Bank), Mode: "web.pickup." + string(a.Mode), Fee: web.Say("citizen.fee.none"), Confirmed: a.State != application.Notified,
		Person: Person{Name: a.Name.Reveal(), Masked: a.Number.Masked(), Phone: a.Mobile.Masked(), Address: a.Address, PhotoFrom: "web.photo.id_card"}}
	var err error
	if d.Employer, err = p.employer(ctx, a.Employer); err != nil {
		return err
	}
	c, err := application.GetCollective(ctx, p.Store, a.Collective)
	if err != nil {
		return err
	}
	if day := day(c.CollectFrom(a.DueDay)); !day.IsZero() && a.Mode != application.Mail {
		d.PickUp = web.Say("citizen.data.pickup.from", "date", day)
	}
	o, err := outlet.Get(ctx, p.Store, a.Outlet)
	if err != nil {
		return err
	}
	if at := place(o); a.Mode == application.Outlet {
		d.Outlet = &at
	}
	held, err := card.OfPerson(ctx, p.Store, a.Person)
	d.OldCard = file{cards: held}.inUse() != nil
	if err != nil {
		return err
	}
	return ConfirmDataView.Form(w, d.Page, d)
}

// place is an outlet as pages show it.
func place(o outlet.Outlet) web.Place {
	return web.Place{Name: web.Text{ZH: o.Name, EN: o.NameEn}, Address: web.Text{ZH: o.Address}, Phone: o.Phone, Hours: web.Text{ZH: o.Hours}}
}

// confirmed is POST /confirm/data. A card that is mailed needs an address first.
func (p *Portal) confirmed(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	err = p.Hall.Once(w, r, func() (string, error) {
		return "/confirm/done", p.Confirm.Confirm(r.Context(), self(a), confirm.Answer{Application: a.ID})
	})
	if f := fault.Of(err); f != nil && f.Is(confirm.ErrAddress) {
		c := p.correctPage(r, a)
		c.Fail(err)
		return ConfirmCorrectView.Form(w, c.Page, c)
	}
	return settled(w, r, err)
}

// settled leads a person who has answered before, on another page or device, to what was answered.
func settled(w http.ResponseWriter, r *http.Request, err error) error {
	if f := fault.Of(err); f != nil && f.Is(state.ErrMove) {
		http.Redirect(w, r, "/confirm/done", http.StatusSeeOther)
		return nil
	}
	return err
}
