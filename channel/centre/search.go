package centre

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/desk"
	"kawu/kit/ident"
	"kawu/kit/idno"
)

// Search is POST /centre/search, field "find": a person by identity number, a card by its number, id
// or envelope code, a batch or a list by the end of its number. It is no GET, so that a number never
// stands in an address.
type Search struct {
	web.Page
	Frame
	Find string
	Hits []Hit
}

// Hit is one find.
type Hit struct {
	Kind string // wording key: "centre.kind.card" "centre.kind.batch" "centre.kind.employer" "centre.kind.person"
	Name string
	Note web.Said
	Href string
}

// SearchView is the page.
var SearchView = web.NewView[Search](files, "search")

func (p *Portal) search(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	x := Search{Page: p.Hall.Page(r, web.PortalCentre, "centre.search.title")}
	typed := strings.TrimSpace(r.PostFormValue("find"))
	var err error
	if x.Frame, err = p.frame(r.Context(), "search"); err != nil {
		return err
	}
	if x.Hits, err = p.hits(r.Context(), typed); err != nil {
		return err
	}
	if len(x.Hits) == 1 && x.Hits[0].Href != "" {
		http.Redirect(w, r, x.Hits[0].Href, http.StatusSeeOther)
		return nil
	}
	x.Find = typed
	if n, _, err := idno.Parse(typed); err == nil {
		x.Find = n.Masked()
	}
	return SearchView.Show(w, http.StatusOK, x)
}

func (p *Portal) hits(ctx context.Context, typed string) ([]Hit, error) {
	if n, _, err := idno.Parse(typed); err == nil {
		return p.people(ctx, n)
	}
	cards, err := p.find(ctx, typed)
	if err != nil || len(cards) > 0 {
		return p.cardHits(ctx, cards, err)
	}
	return p.numbers(ctx, strings.ToUpper(typed))
}

// find reads a card by what is written on it or its envelope, or by its id.
func (p *Portal) find(ctx context.Context, typed string) ([]card.Card, error) {
	if n, _, err := ident.ParseCard(typed); err == nil {
		return one(card.ByNumber(ctx, p.Store, string(n)))
	}
	if strings.HasPrefix(typed, "crd_") {
		return one(card.Get(ctx, p.Store, ref.Card(typed)))
	}
	if len(typed) == 8 {
		return card.ByShort(ctx, p.Store, typed)
	}
	return nil, nil
}

func one(c card.Card, err error) ([]card.Card, error) {
	if errors.Is(err, card.ErrUnknown) {
		return nil, nil
	}
	return []card.Card{c}, err
}

// people finds a person's cards by the digest of the number, and the open application of one who has
// none yet.
func (p *Portal) people(ctx context.Context, n idno.Number) ([]Hit, error) {
	mark := person.Mark(p.Store.Box(), n)
	found, err := person.ByMarks(ctx, p.Store, []string{mark})
	if err != nil || found[mark].ID == "" {
		return nil, err
	}
	cards, err := card.OfPerson(ctx, p.Store, found[mark].ID)
	if err != nil {
		return nil, err
	}
	out, err := p.cardHits(ctx, cards, nil)
	if err != nil {
		return nil, err
	}
	apps, err := application.OfPerson(ctx, p.Store, found[mark].ID)
	if err != nil {
		return nil, err
	}
	for _, a := range apps {
		if len(cards) == 0 || a.State == application.Held || a.State == application.Refused {
			out = append(out, Hit{Kind: "centre.kind.person", Name: a.Name.Masked(), Note: web.Say("centre.search.case", "number", a.Number.Masked(), "stage", web.Say(stage(string(a.State))))})
		}
	}
	return out, nil
}

func (p *Portal) cardHits(ctx context.Context, cards []card.Card, err error) ([]Hit, error) {
	if err != nil {
		return nil, err
	}
	ids := make([]ref.Card, len(cards))
	for i, c := range cards {
		ids[i] = c.ID
	}
	now, err := custody.Now(ctx, p.Store, ids)
	if err != nil {
		return nil, err
	}
	var holders []ref.Holder
	for _, l := range now {
		holders = append(holders, l.Holder)
	}
	book, err := p.book(ctx, holders...)
	out := make([]Hit, len(cards))
	for i, c := range cards {
		l := now[c.ID]
		out[i] = Hit{Kind: "centre.kind.card", Name: c.MaskedNumber(), Href: "/centre/cards/" + string(c.ID),
			Note: web.Say("centre.search.card", "n", c.Generation, "who", book.Name(l.Holder), "since", l.Since)}
	}
	return out, err
}

// lately is how many batches and lists are looked through for the end of a number.
const lately = 500

// numbers finds batches and lists by the number people read out.
func (p *Portal) numbers(ctx context.Context, typed string) ([]Hit, error) {
	if len(typed) < 4 {
		return nil, nil
	}
	var out []Hit
	batches, err := report.Batches(ctx, p.Store, p.city, "", 0, lately)
	if err != nil {
		return nil, err
	}
	for _, b := range batches {
		if no := party.No("B", string(b.ID)); strings.HasSuffix(no, typed) || string(b.ID) == typed {
			out = append(out, Hit{Kind: "centre.kind.batch", Name: no, Note: batchState(b.State).Said, Href: href(string(b.ID))})
		}
	}
	lists, err := custody.LatestLists(ctx, p.Store, p.city, lately)
	for _, l := range lists {
		if no := party.No("H", string(l.ID)); strings.HasSuffix(no, typed) || string(l.ID) == typed {
			out = append(out, Hit{Kind: "centre.kind.handover", Name: no, Note: listState(l).Said, Href: href(string(l.ID))})
		}
	}
	return out, err
}
