package centre

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/audit"
	"kawu/domain/card"
	"kawu/domain/certificate"
	"kawu/domain/custody"
	"kawu/domain/employer"
	"kawu/domain/exchange"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
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
	Certificate  *Cert  // nil: it has none
	Replaces     string // id of the old card; ""
	ReplacesNo   string // its masked number
	Lost         Lost
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

func (p *Portal) card(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.cardPage(r, who)
	if err != nil {
		return err
	}
	return CardView.Show(w, http.StatusOK, x)
}

func (p *Portal) cardPage(r *http.Request, who desk.Actor) (x Card, err error) {
	ctx := r.Context()
	c, err := card.Get(ctx, p.Store, ref.Card(r.PathValue("id")))
	if err == nil && c.City != p.city {
		err = card.ErrUnknown
	}
	if err != nil {
		return x, err
	}
	x = Card{Page: p.Hall.Page(r, web.PortalCentre, "centre.card", "no", c.MaskedNumber()), ID: string(c.ID), No: c.MaskedNumber(),
		Generation: int(c.Generation), Facets: facets(c)}
	if x.Frame, err = p.frame(ctx, "card"); err != nil {
		return x, err
	}
	if err := p.holderOf(ctx, &x, c); err != nil {
		return x, err
	}
	if err := p.chain(ctx, &x, c); err != nil {
		return x, err
	}
	if err := p.papers(ctx, &x, c); err != nil {
		return x, err
	}
	if x.Lost, err = p.lostOf(r, who, x.Page, c); err != nil {
		return x, err
	}
	x.Lost.Vouch(&x.Page, c)
	if since := x.Lost.Since; !since.IsZero() {
		x.Facets[1].Since = since // in this state, not enabled
	}
	return x, nil
}

// holderOf names the person, masked, and the case the card belongs to.
func (p *Portal) holderOf(ctx context.Context, x *Card, c card.Card) error {
	h, err := person.Get(ctx, p.Store, c.Person)
	if err != nil {
		return err
	}
	x.Name, x.Masked = h.Name.Masked(), h.Number.Masked()
	if c.Application == "" {
		return nil
	}
	a, err := application.Get(ctx, p.Store, c.Application)
	if err != nil {
		return err
	}
	x.Name = a.Name.Masked()
	if a.Employer != "" {
		e, err := employer.Get(ctx, p.Store, a.Employer)
		if err != nil {
			return err
		}
		x.Employer = web.Text{ZH: e.Name}
	}
	x.Promise = web.Promise{What: "web.matter.batch_card", Due: date(a.DueDay), Left: x.DaysTo(date(a.DueDay))}
	switch {
	case !a.MadeAt.IsZero() && clock.Day(a.MadeAt).After(x.Promise.Due):
		x.Promise.Kept, x.Promise.By = true, web.Say("centre.promise.made_late", "date", a.MadeAt, "due", x.Promise.Due)
	case !a.MadeAt.IsZero():
		x.Promise.Kept, x.Promise.By = true, web.Say("centre.promise.made", "date", a.MadeAt)
	case x.Promise.Left < 0:
		x.Promise.By = web.Say("web.promise.late.by", "date", x.Promise.Due)
	default:
		x.Promise.By, x.Promise.Percent = web.Say("web.promise.by", "date", x.Promise.Due), passed(a.SubmittedAt, x.Promise.Due, x.Now)
	}
	return nil
}

// chain shows every stay, with who signed for the list by which the card came.
func (p *Portal) chain(ctx context.Context, x *Card, c card.Card) error {
	links, err := custody.Chain(ctx, p.Store, c.ID)
	if err != nil {
		return err
	}
	holders := make([]ref.Holder, len(links))
	for i, l := range links {
		holders[i] = l.Holder
	}
	book, err := p.book(ctx, holders...)
	if err != nil {
		return err
	}
	x.Bank = book.Bank(c.Bank)
	for i, l := range links {
		k := Custody{Holder: book.Name(l.Holder), Kind: party.Kind(l.Holder.Kind), Place: web.Text{ZH: l.Holder.Place}, Since: l.Since, Until: l.Until}
		if l.Holder.Kind == ref.HeldByPerson {
			k.Holder = web.Text{ZH: x.Name, EN: x.Name}
		}
		if l.Handover != "" {
			h, err := custody.GetList(ctx, p.Store, l.Handover)
			if err != nil {
				return err
			}
			k.List, k.Href, k.Giver, k.Taker = party.No("H", string(h.ID)), href(string(h.ID)), p.staff(ctx, x.Page, h.GiverBy), p.staff(ctx, x.Page, h.TakerBy)
		}
		x.Chain = append(x.Chain, k)
		x.Gap = x.Gap || i > 0 && !links[i-1].Until.Equal(l.Since) || i == len(links)-1 && !l.Until.IsZero()
	}
	x.Gap = x.Gap || len(links) == 0
	if n := len(links); n > 0 && links[n-1].Holder.Kind != ref.HeldByPerson { // who has the card in hand has nothing left to do
		x.Promise.Holder, x.Promise.Phone = x.Chain[n-1].Holder, book.Phone(links[n-1].Holder)
	}
	return nil
}

// papers are what belongs to a card: certificate, messages of its batch, its lines of the trail, the
// card it replaces.
func (p *Portal) papers(ctx context.Context, x *Card, c card.Card) error {
	certs, err := certificate.Of(ctx, p.Store, c.ID)
	if err != nil {
		return err
	}
	for _, k := range certs {
		if k.Usage == "sign" {
			now := certOf(k)
			x.Certificate = &now
			break // the newest
		}
	}
	if c.Batch != "" {
		messages, err := exchange.About(ctx, p.Store, string(c.Batch), size)
		if err != nil {
			return err
		}
		x.Exchanges = exchangeRows(messages, false)
	}
	for _, id := range []string{string(c.ID), string(c.Application), string(c.Batch)} {
		if id == "" {
			continue
		}
		lines, err := audit.About(ctx, p.Store, id, size)
		if err != nil {
			return err
		}
		x.Audit = append(x.Audit, p.auditRows(ctx, x.Page, lines)...)
	}
	slices.SortFunc(x.Audit, func(a, b AuditLine) int { return b.N - a.N })
	for i := range x.Audit {
		x.Audit[i].named(string(c.ID), x.No)
		x.Audit[i].named(string(c.Person), x.Name)
	}
	all, err := card.OfPerson(ctx, p.Store, c.Person)
	for _, o := range all {
		if c.Application != "" && o.ID != c.ID && o.ID < c.ID && x.Replaces == "" || o.Generation < c.Generation && x.Replaces == "" {
			x.Replaces, x.ReplacesNo = string(o.ID), o.MaskedNumber()
		}
	}
	return err
}

// facets are a card's life cycles, each where it stands.
func facets(c card.Card) []Facet {
	tone := map[bool]web.Tone{true: web.Good, false: web.Plain}
	making := Facet{Name: "centre.facet.custody", State: web.Tag{Tone: web.Info, Said: web.Say("centre.making." + string(c.Making))}, Since: c.MadeAt}
	if c.Making == card.Handed {
		making.State.Tone = web.Good
	}
	if c.Remakes > 0 {
		making.Note = web.Say("centre.making.remakes", "n", int(c.Remakes))
	}
	social := Facet{Name: "centre.facet.social_security", State: web.Tag{Tone: tone[c.Social == card.Normal], Said: web.Say("centre.social." + string(c.Social))}, Since: c.EnabledAt}
	if c.Social == card.Void {
		social.Since = c.VoidedAt
	}
	bank := Facet{Name: "centre.facet.bank", State: web.Tag{Tone: tone[c.Financial == card.Active], Said: web.Say("centre.financial." + string(c.Financial))}, Since: c.ActiveAt}
	if c.Told != "" {
		bank.Note = web.Say("centre.told." + c.Told)
	}
	return []Facet{making, social, bank, {Name: "centre.facet.electronic", State: web.Tag{Said: web.Say("centre.facet.state.none")}}}
}
