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
	Out      bool   // we sent it
	Partner  string // wording key: "partner.bank" …
	What     string // wording key of the message's kind
	Key      string // business key
	Digest   string // first characters of the digest
	State    web.Tag
	Attempts int
	At       time.Time
	Answer   time.Time // zero: none yet
	Items    int       // records in it
	Again    bool      // may be sent once more
}
