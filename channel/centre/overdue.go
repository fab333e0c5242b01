package centre

import (
	"time"

	"kawu/channel/web"
)

// Overdue is GET /centre/overdue (?holder= opens one): grouped by who has the cards or cases now.
type Overdue struct {
	web.Page
	Frame
	Total   int
	Holders []HolderGroup
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
