package citizen

import (
	"time"

	"kawu/channel/web"
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
