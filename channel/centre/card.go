package centre

import (
	"time"

	"kawu/channel/web"
)

// Card is GET /centre/cards/{id}: one card from blank to the citizen's hand: who holds it, where,
// since when; its facets; every message about it.
type Card struct {
	web.Page
	Frame
	ID           string
	No           string // masked card number
	Name, Masked string
	Generation   int
	Bank         web.Text
	Employer     web.Text
	Promise      web.Promise
	Facets       []Facet
	Chain        []Custody
	Gap          bool // the chain is broken: somebody must look
	Exchanges    []Exchange
	Audit        []AuditLine
	Certificate  string // serial of the sign certificate; "" none
	Replaces     string // id of the old card; ""
}

// Facet is one of the card's life cycles and where it stands.
type Facet struct {
	Name  string // wording key: "centre.facet.custody" "centre.facet.social_security" "centre.facet.bank" "centre.facet.electronic"
	State web.Tag
	Since time.Time
	Note  web.Said
}

// Custody is one link of the chain: this holder has it from At until the next one signed.
type Custody struct {
	Holder web.Text
	Kind   string // wording key of the kind of holder
	Place  web.Text
	Since  time.Time
	Until  time.Time // zero: has it now
	List   string    // number of the hand-over list; ""
	Href   string
	Giver  string
	Taker  string
}

// CardView is the page.
var CardView = web.NewView[Card](files, "card")
