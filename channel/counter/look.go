package counter

import (
	"context"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/ident"
	"kawu/kit/idno"
)

// long is after how many days a card is marked as lying here for long.
const long = 30

// look finds the cards that something typed or scanned stands for: an identity number, a card
// number, or an envelope's code. A person whose card is not made yet is found too, with who has the
// case: nobody is sent elsewhere without knowing where and whom to call.
func (p *Portal) look(ctx context.Context, who desk.Actor, typed string) ([]Waiting, error) {
	if n, _, err := idno.Parse(typed); err == nil {
		return p.lookPerson(ctx, who, n)
	}
	var cards []card.Card
	if n, _, err := ident.ParseCard(typed); err == nil {
		c, err := card.ByNumber(ctx, p.Store, string(n))
		if err != nil && err != error(card.ErrUnknown) {
			return nil, err
		}
		if err == nil {
			cards = append(cards, c)
		}
	} else if len(typed) == 8 {
		if cards, err = card.ByShort(ctx, p.Store, typed); err != nil {
			return nil, err
		}
	}
	return p.cards(ctx, who, cards)
}

func (p *Portal) lookPerson(ctx context.Context, who desk.Actor, n idno.Number) ([]Waiting, error) {
	mark := person.Mark(p.Store.Box(), n)
	found, err := person.ByMarks(ctx, p.Store, []string{mark})
	if err != nil || found[mark].ID == "" {
		return nil, err
	}
	cards, err := card.OfPerson(ctx, p.Store, found[mark].ID)
	if err != nil {
		return nil, err
	}
	out, err := p.cards(ctx, who, cards)
	if err != nil || len(out) > 0 {
		return out, err
	}
	return p.cases(ctx, found[mark].ID)
}

// cards keeps those that were applied for here: a card issued before this program has no case.
func (p *Portal) cards(ctx context.Context, who desk.Actor, all []card.Card) ([]Waiting, error) {
	var ids []ref.Card
	for _, c := range all {
		if c.Application != "" {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	now, err := custody.Now(ctx, p.Store, ids)
	if err != nil {
		return nil, err
	}
	links := make([]custody.Link, 0, len(ids))
	for _, id := range ids {
		links = append(links, now[id])
	}
	return p.waiting(ctx, who, links)
}

// waiting shows where cards are: in a drawer here, in the person's hand, or with somebody else.
func (p *Portal) waiting(ctx context.Context, who desk.Actor, links []custody.Link) ([]Waiting, error) {
	ids, holders := make([]ref.Card, len(links)), make([]ref.Holder, len(links))
	for i, l := range links {
		ids[i], holders[i] = l.Card, l.Holder
	}
	cards, apps, err := p.load(ctx, ids)
	if err != nil {
		return nil, err
	}
	book, err := party.Open(ctx, p.Store, p.City, holders)
	if err != nil {
		return nil, err
	}
	out := make([]Waiting, 0, len(links))
	for _, l := range links {
		c := cards[l.Card]
		a := apps[c.Application]
		w := Waiting{Card: string(c.ID), Name: a.Name.Masked(), Masked: a.Number.Masked(), Drawer: l.Holder.Place, Since: l.Since,
			Days: int(clock.Day(p.Hall.Clock.Now()).Sub(clock.Day(l.Since)) / (24 * time.Hour))}
		if w.Drawer == "" {
			w.Drawer = party.Code(string(c.ID))
		}
		p.place(&w, who, c, l, book)
		out = append(out, w)
	}
	return out, nil
}

// place says what can be done with a card at this window.
func (p *Portal) place(w *Waiting, who desk.Actor, c card.Card, l custody.Link, book party.Book) {
	mine := holder(who)
	switch {
	case c.Social == card.Void:
		w.State, w.Where = web.Tag{Said: web.Say("loss.state.9")}, book.Where(l.Holder, l.Since)
	case l.Holder.Kind == mine.Kind && l.Holder.Name == mine.Name:
		w.State, w.Href = web.Tag{Tone: web.Good, Said: web.Say("counter.state.ready")}, "/counter/collect/"+string(c.ID)
		if w.Days > long {
			w.State = web.Tag{Tone: web.Watch, Said: web.Say("counter.state.long")}
		}
	case l.Holder.Kind == ref.HeldByPerson && c.Social == card.Normal && c.Financial == card.Active:
		w.State, w.Where = web.Tag{Tone: web.Plain, Said: web.Say("counter.state.done")}, web.Say("counter.where.person", "since", l.Since)
	case l.Holder.Kind == ref.HeldByPerson:
		w.State, w.Where = web.Tag{Tone: web.Info, Said: web.Say("counter.state.switch")}, web.Say("counter.where.person", "since", l.Since)
		if who.Org == string(c.Bank) {
			w.Href = "/counter/collect/" + string(c.ID)
		} else {
			w.Where = web.Say("counter.where.bank", "bank", book.Bank(c.Bank))
		}
	default:
		w.State, w.Where = web.Tag{Tone: web.Watch, Said: web.Say("counter.state.elsewhere")}, book.Where(l.Holder, l.Since)
	}
}

// cases shows a person's open application that has no card yet.
func (p *Portal) cases(ctx context.Context, id ref.Person) ([]Waiting, error) {
	apps, err := application.OfPerson(ctx, p.Store, id)
	if err != nil {
		return nil, err
	}
	book, err := party.Open(ctx, p.Store, p.City, nil)
	if err != nil {
		return nil, err
	}
	for _, a := range apps {
		h := ref.Holder{Kind: ref.HeldByCentre, Name: "centre"}
		since := a.SubmittedAt
		switch a.State {
		case application.Enabled, application.Withdrawn, application.Declined:
			continue
		case application.OnList, application.Notified, application.Confirmed:
			h, since = ref.Holder{Kind: ref.OwnEmployer}, a.OpenedAt
		case application.Opening, application.Refused:
			h = ref.Holder{Kind: ref.HeldByBank, Name: string(a.Bank)}
		}
		return []Waiting{{Name: a.Name.Masked(), Masked: a.Number.Masked(), Drawer: "—", Since: since, Where: book.Where(h, since),
			State: web.Tag{Tone: web.Info, Said: web.Say("counter.state.making")}}}, nil
	}
	return nil, nil
}

// load reads cards and their applications, each in one query.
func (p *Portal) load(ctx context.Context, ids []ref.Card) (map[ref.Card]card.Card, map[ref.Application]application.Application, error) {
	list, err := card.Find(ctx, p.Store, ids)
	if err != nil {
		return nil, nil, err
	}
	cards, apps := make(map[ref.Card]card.Card, len(list)), make(map[ref.Application]application.Application, len(list))
	wanted := make([]ref.Application, len(list))
	for i, c := range list {
		cards[c.ID], wanted[i] = c, c.Application
	}
	found, err := application.Find(ctx, p.Store, wanted)
	for _, a := range found {
		apps[a.ID] = a
	}
	return cards, apps, err
}

// code brings an envelope's code to the form it is compared in.
func code(typed string) string { return strings.ToUpper(strings.TrimSpace(typed)) }
