package citizen

import (
	"net/http"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/ref"
	"kawu/flow/reportloss"
	"kawu/kit/fault"
	"kawu/kit/wording"
)

// Activate is /activate: the two halves explained, then the explicit confirmation that the old card
// dies now. With nothing to activate it shows how the two switches stand.
type Activate struct {
	web.Page
	Card    *Card    // nil: there is no new card
	CanNow  bool     // the social-security half may be enabled here and now
	WhyNot  web.Said // when it may not: the reason and what to do instead
	Now     Standing // where a card is that has not arrived
	OldCard web.Said // what happens to the old card; empty when there is none
	Agreed  bool     // the box was ticked
}

// ActivateView is the page.
var ActivateView = web.NewView[Activate](files, "activate")

// AgreeTick is the box that must be ticked, named "agree".
func (a Activate) AgreeTick() web.Choices {
	if a.OldCard.Empty() {
		return a.Tick("agree", a.T("citizen.activate.agree.first"), a.Agreed)
	}
	return a.Tick("agree", a.T("citizen.activate.agree"), a.Agreed)
}

// ErrAgree is the refusal to enable a card without the tick.
var ErrAgree = fault.New(fault.Invalid, "citizen.agree", "tick the box to say that the new card is in your hand")

// activate is GET /activate.
func (p *Portal) activate(w http.ResponseWriter, r *http.Request) error {
	return p.showActivate(w, r, Activate{Page: p.page(r, "citizen.activate")})
}

// showActivate fills the page: the new card's two halves, and whether the first may be switched on
// here and now.
func (p *Portal) showActivate(w http.ResponseWriter, r *http.Request, x Activate) error {
	f, err := p.file(r)
	if err != nil {
		return err
	}
	c := f.waiting()
	x.CanNow = c != nil
	if c == nil {
		c = f.newest()
	}
	x.Card = p.show(x.Page, c)
	switch {
	case c == nil:
	case x.CanNow:
		if err := p.mayEnable(r, *c); err != nil {
			fl := fault.Of(err)
			if fl == nil {
				return err
			}
			x.CanNow, x.WhyNot = false, words(fl)
		}
	case c.Social == card.Sealed:
		x.WhyNot = web.Say("citizen.activate.not_yet")
		if x.Now, err = p.waits(r, *c); err != nil {
			return err
		}
	case social(*c) == web.HalfTelling:
		x.WhyNot = web.Say("citizen.activate.done.untold", "bank", p.bank(c.Bank))
	case c.Social == card.Locked:
		x.WhyNot = words(reportloss.ErrLocked)
	case social(*c) == web.HalfLost:
		x.WhyNot = web.Say("citizen.activate.lost", "bank", p.bank(c.Bank))
	case c.Social == card.Void:
		x.WhyNot = web.Say("citizen.activate.void", "bank", p.bank(c.Bank))
	case c.Financial == card.Active:
		x.WhyNot = web.Say("citizen.activate.bank.on")
	default:
		x.WhyNot = web.Say("citizen.activate.bank.do", "bank", p.bank(c.Bank))
	}
	if x.CanNow && f.inUse() != nil {
		x.OldCard = web.Say("citizen.activate.old.d")
	}
	return ActivateView.Form(w, x.Page, x)
}

// waits tells where a card is that is not in its holder's hand.
func (p *Portal) waits(r *http.Request, c card.Card) (Standing, error) {
	a, err := application.Get(r.Context(), p.Store, c.Application)
	if err != nil {
		return Standing{}, err
	}
	return p.standingOf(r, a)
}

// newest is the newest card applied for here; nil when there is none.
func (f file) newest() *card.Card {
	for i, c := range f.cards {
		if c.Application != "" {
			return &f.cards[i]
		}
	}
	return nil
}

// mayEnable asks whether the notice lets this card be switched on online.
func (p *Portal) mayEnable(r *http.Request, c card.Card) error {
	a, err := application.Get(r.Context(), p.Store, c.Application)
	if err != nil {
		return err
	}
	return p.HandOut.Route(r.Context(), a, "online")
}

// words is a fault as a sentence in both languages.
func words(f *fault.Fault) web.Said {
	return web.Words(web.Text{ZH: wording.Of(wording.ZH, f), EN: wording.Of(wording.EN, f)})
}

// activated is POST /activate. A second press finds the card enabled and leads to the same page.
func (p *Portal) activated(w http.ResponseWriter, r *http.Request) error {
	x := Activate{Page: p.page(r, "citizen.activate"), Agreed: r.PostFormValue("agree") != ""}
	f, err := p.file(r)
	if err != nil {
		return err
	}
	c := f.waiting()
	if c == nil {
		http.Redirect(w, r, "/activate/done", http.StatusSeeOther)
		return nil
	}
	if !x.Agreed {
		x.Fail(ErrAgree.At("agree"))
		return p.showActivate(w, r, x)
	}
	return p.Hall.Once(w, r, func() (string, error) {
		me, _ := who(r)
		return "/activate/done", p.HandOut.Enable(r.Context(), me, []ref.Card{c.ID}, "online")
	})
}
