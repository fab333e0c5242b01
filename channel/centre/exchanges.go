package centre

import (
	"time"

	"kawu/channel/web"
)

// Exchanges is GET /centre/exchanges (?partner= ?state= ?page=): every message to and from partners.
type Exchanges struct {
	web.Page
	Frame
	Tabs    []web.Tab // by state
	Partner string
	Options []web.Option // partners; first one: all
	Rows    []Exchange
	Pager   web.Pager
}

// Exchange is one message or file. POST /centre/exchanges/{id}/again sends it once more.
type Exchange struct {
	ID       string
	Out      bool     // we sent it
	Partner  string   // wording key: "centre.partner.bank" …
	What     web.Said // the kind of message
	Key      string   // business key
	Digest   string   // first characters of the digest
	State    web.Tag
	Attempts int
	At       time.Time
	Answer   time.Time // zero: none yet
	Items    int       // records in it
	Again    bool      // may be sent once more
}

// ExchangesView is the page.
var ExchangesView = web.NewView[Exchanges](files, "exchanges")

// PartnerSelect is the choice of a partner, named "partner".
func (e Exchanges) PartnerSelect() web.Select {
	return e.Select("partner", "centre.exchanges.partner", e.Partner, e.Options)
}

// ExchangeRows is the table of messages with the page's language.
type ExchangeRows struct {
	web.Page
	Rows []Exchange
}

// ShowExchanges boxes messages for their table.
func (f Frame) ShowExchanges(p web.Page, rows []Exchange) ExchangeRows { return ExchangeRows{p, rows} }
