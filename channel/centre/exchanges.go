package centre

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/exchange"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/id"
	"kawu/kit/state"
	"kawu/kit/wording"
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

// families are the partner families in the order of the journey.
var families = []string{"population", "province", "bank", "factory", "ca", "courier", "sms"}

// messageTabs are the states of a message with the tab that lists them.
var messageTabs = []struct {
	state state.State
	key   string
}{{"", "centre.exchanges.tab.all"}, {"waiting", "centre.exchanges.tab.waiting"}, {"failed", "centre.exchanges.tab.failed"}, {"taken", "centre.exchanges.tab.taken"}}

func (p *Portal) exchanges(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx, partner, tab := r.Context(), r.URL.Query().Get("partner"), state.State(r.URL.Query().Get("state"))
	x := Exchanges{Page: p.Hall.Page(r, web.PortalCentre, "centre.exchanges"), Partner: partner}
	var err error
	if x.Frame, err = p.frame(ctx, "exchanges"); err != nil {
		return err
	}
	x.Options = []web.Option{{Value: "", Label: x.T("web.all")}}
	for _, f := range families {
		x.Options = append(x.Options, web.Option{Value: f, Label: x.T("centre.partner." + f)})
	}
	counts, err := exchange.CountStates(ctx, p.Store, partner)
	if err != nil {
		return err
	}
	for s, n := range counts {
		if s != "" {
			counts[""] += n
		}
	}
	base := "/centre/exchanges?partner=" + partner
	x.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: counts[tab], Base: base + "&state=" + string(tab)}
	for _, t := range messageTabs {
		x.Tabs = append(x.Tabs, web.Tab{Key: t.key, Href: base + "&state=" + string(t.state), N: counts[t.state], Current: t.state == tab})
	}
	list, err := exchange.Page(ctx, p.Store, partner, tab, x.Pager.Offset(), size)
	if err != nil {
		return err
	}
	x.Rows = exchangeRows(list, desk.May(who.Role, desk.RetryExchange))
	return ExchangesView.Show(w, http.StatusOK, x)
}

func messageState(x exchange.Row) web.Tag {
	switch x.State {
	case "failed":
		return web.Tag{Tone: web.Bad, Said: web.Say("centre.exchange.state.failed")}
	case "waiting":
		if x.Attempts > 0 {
			return web.Tag{Tone: web.Watch, Said: web.Say("centre.exchange.state.retrying", "n", x.Attempts)}
		}
		return web.Tag{Tone: web.Info, Said: web.Say("centre.exchange.state.waiting")}
	case "answered":
		return web.Tag{Tone: web.Info, Said: web.Say("centre.exchange.state.answered")}
	}
	return web.Tag{Tone: web.Good, Said: web.Say("centre.exchange.state.taken")}
}

func exchangeRows(list []exchange.Row, may bool) []Exchange {
	out := make([]Exchange, len(list))
	for i, x := range list {
		out[i] = Exchange{ID: string(x.ID), Out: x.Direction == exchange.Out, Partner: "centre.partner." + x.Family, What: kind(string(x.Kind)),
			Key: subject(x.Subject), Digest: x.Digest[:min(8, len(x.Digest))], State: messageState(x), Attempts: int(x.Attempts), At: x.CreatedAt,
			Answer: x.AnsweredAt, Items: int(x.N), Again: may && x.State == "failed"}
	}
	return out
}

// kind is a message's or a duty's kind in words, or its code when it has none.
func kind(k string) web.Said {
	if key := "centre.what." + k; wording.Has(key) {
		return web.Say(key)
	}
	return web.Words(web.Text{ZH: k})
}

// subject is what an id is called among people.
func subject(s string) string {
	switch id.Prefix(s) {
	case "bat":
		return party.No("B", s)
	case "hov":
		return party.No("H", s)
	case "col":
		return party.No("C", s)
	case "exc", "app", "par", "msg":
		return party.Code(s)
	}
	return s
}

// again is POST /centre/exchanges/{id}/again.
func (p *Portal) again(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	return p.Hall.Once(w, r, func() (string, error) {
		return web.Saying("/centre/exchanges", "said.acted"), p.Post.Retry(r.Context(), who, ref.Exchange(r.PathValue("id")))
	})
}
