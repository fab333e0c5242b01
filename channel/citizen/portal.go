package citizen

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/door"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/employer"
	"kawu/domain/ref"
	"kawu/flow/confirm"
	"kawu/flow/desk"
	"kawu/flow/handout"
	"kawu/flow/openaccount"
	"kawu/flow/reportloss"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/policy"
)

// Portal serves the pages of cardholders.
type Portal struct {
	Hall     *web.Hall
	Door     *door.Door
	Store    *db.DB
	City     func() *policy.City // the city with the editions in force now
	Calendar policy.Calendar
	Later    func() // in a demonstration: moves its clock to where something happens next
	Confirm  *confirm.Flow
	Accounts *openaccount.Flow
	HandOut  *handout.Flow
	Loss     *reportloss.Flow
}

// Routes adds the portal's addresses. Those for everybody come first: confirming asks for a code
// instead of signing in.
func (p *Portal) Routes(mux *http.ServeMux) {
	for pattern, h := range map[string]web.Handler{
		"GET /sign-in": p.signIn, "POST /sign-in": p.askCode, "GET /sign-in/code": p.code, "POST /sign-in/code": p.enter,
		"POST /sign-in/again": p.again, "GET /sign-in/notice": p.notice, "POST /sign-in/notice": p.noticed,
		"GET /confirm": p.confirmCode, "POST /confirm": p.findCode, "GET /confirm/data": p.confirmData, "POST /confirm/data": p.confirmed,
		"GET /confirm/correct": p.correct, "POST /confirm/correct": p.corrected,
		"GET /confirm/decline": p.decline, "POST /confirm/decline": p.declined, "GET /confirm/done": p.confirmDone,
		"GET /outlets": p.outlets, "GET /lost": p.lost, "GET /apply": p.apply, "GET /fraud": p.fraud,
		"GET /how": p.how, "GET /notice": p.publishedNotice, "GET /hotlines": p.hotlines, "GET /faq": p.faq,
	} {
		mux.Handle(pattern, p.Hall.Handle(h))
	}
	for pattern, h := range map[string]web.Handler{
		"GET /{$}": p.home, "GET /progress": p.progress, "GET /activate": p.activate, "POST /activate": p.activated,
		"GET /activate/done": p.activateDone, "GET /mend": p.mend, "POST /mend": p.mended, "GET /messages": p.messages, "GET /me": p.me, "POST /lost": p.lostDone,
	} {
		mux.Handle(pattern, p.Hall.Require(web.Citizen, p.Hall.Handle(h)))
	}
	if p.Hall.Demo {
		mux.Handle("GET /demo/messages", p.Hall.Handle(p.inbox))
		mux.Handle("POST /demo/later", p.Hall.Handle(p.later))
	}
}

func (p *Portal) page(r *http.Request, title string) web.Page {
	return p.Hall.Page(r, web.PortalCitizen, title)
}

// who is the person signed in.
func who(r *http.Request) (desk.Actor, ref.Person) {
	a := web.ActorOf(r.Context())
	return a, a.Person
}

func (p *Portal) bank(code ref.Bank) web.Text {
	if b, ok := p.City().Bank(string(code)); ok {
		return web.Text(b.Name)
	}
	return web.Text{ZH: string(code)}
}

func (p *Portal) employer(ctx context.Context, id ref.Employer) (web.Text, error) {
	if id == "" {
		return web.Text{}, nil
	}
	e, err := employer.Get(ctx, p.Store, id)
	return web.Text{ZH: e.Name}, err
}

// file is what a person's pages are made of: own cards and applications, the newest first.
type file struct {
	cards []card.Card
	apps  []application.Application
}

func (p *Portal) file(r *http.Request) (f file, err error) {
	_, me := who(r)
	if f.cards, err = card.OfPerson(r.Context(), p.Store, me); err != nil {
		return f, err
	}
	all, err := application.OfPerson(r.Context(), p.Store, me)
	for _, a := range all {
		if a.State != application.Withdrawn {
			f.apps = append(f.apps, a)
		}
	}
	return f, err
}

// current is the application under way, else the newest; nil when there is none.
func (f file) current() *application.Application {
	for i, a := range f.apps {
		if w := application.WordOf(a.State); w != application.WordEnded && w != application.WordEnabled {
			return &f.apps[i]
		}
	}
	if len(f.apps) > 0 {
		return &f.apps[0]
	}
	return nil
}

// cardOf is the card an application has led to; nil before it was ordered.
func (f file) cardOf(a application.Application) *card.Card {
	for i, c := range f.cards {
		if c.Application == a.ID {
			return &f.cards[i]
		}
	}
	return nil
}

// inUse is the card whose social security application is switched on or suspended.
func (f file) inUse() *card.Card {
	for i, c := range f.cards {
		switch c.Social {
		case card.Normal, card.Lost, card.Locked, card.TempLost:
			return &f.cards[i]
		}
	}
	return nil
}

// waiting is the new card in the person's hand that is not enabled yet.
func (f file) waiting() *card.Card {
	for i, c := range f.cards {
		if c.Making == card.Handed && c.Social == card.Sealed {
			return &f.cards[i]
		}
	}
	return nil
}

// social is the switch of the social security half. The bank of a card made here is told after it
// was enabled; until it has answered the page says so.
func social(c card.Card) web.Half {
	switch c.Social {
	case card.Normal:
		if c.Application != "" && c.Told != "told" {
			return web.HalfTelling
		}
		return web.HalfOn
	case card.Lost, card.TempLost, card.Locked:
		return web.HalfLost
	case card.Void:
		return web.HalfVoid
	}
	return web.HalfOff
}

// financial is the switch of the bank's half.
func financial(c card.Card) web.Half {
	switch c.Financial {
	case card.Active:
		return web.HalfOn
	case card.Inactive:
		return web.HalfOff
	}
	return web.HalfVoid
}

// show is a card as it is drawn.
func (p *Portal) show(page web.Page, c *card.Card) *Card {
	if c == nil {
		return nil
	}
	x := &Card{Generation: int(c.Generation), Name: page.Visitor.Name, Masked: page.Visitor.Masked, Bank: p.bank(c.Bank),
		SocialSecurity: social(*c), BankAccount: financial(*c), Expires: day(c.Expires),
		State: web.Tag{Tone: web.Watch, Said: web.Say("citizen.state.waiting")}}
	switch x.SocialSecurity {
	case web.HalfOn, web.HalfTelling:
		x.State = web.Tag{Tone: web.Good, Said: web.Say("citizen.state.in_use")}
	case web.HalfVoid:
		x.State = web.Tag{Said: web.Say("citizen.state.void")}
	case web.HalfLost:
		x.State = web.Tag{Tone: web.Bad, Said: web.Say("citizen.state." + string(c.Social))}
	}
	return x
}

// day reads a stored day; the zero time when there is none.
func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, clock.Zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// number is the end of an id, which people can read out.
func number(id ref.Application) string { return string(id[max(0, len(id)-8):]) }
