package citizen

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/state"
)

// Home is GET /: the card as one sees it in the wallet, what is under way, what needs the person.
type Home struct {
	web.Page
	Card   *Card     // the card in use; nil: none
	Ended  *Ended    // the card that ended, when there is none any more; nil: there never was one
	Strip  *Underway // the application under way; nil: none
	Needs  []Need    // what waits for this person, most urgent first
	Unread int       // messages not read yet
}

// Card is a card's image with its two switches.
type Card struct {
	Generation     int // 1, 2, 3
	Name, Masked   string
	State          web.Tag // "in use", "waiting for you", "void"
	Bank           web.Text
	SocialSecurity web.Half
	BankAccount    web.Half
	Expires        time.Time // zero: does not expire
}

// Underway is the strip of an application in progress; it leads to /progress.
type Underway struct {
	What web.Said // "your new card is being made"
	Now  Standing // where the card is; empty while it is not made
	Due  time.Time
	Left int // days; negative: overdue
}

// Need is one thing that waits for the person.
type Need struct {
	Icon string // name in icons.svg
	What web.Said
	Why  web.Said
	Href string
	Tag  web.Tag
}

// HomeView is the page.
var HomeView = web.NewView[Home](files, "home")

// CardBox is a card's image with the page's language.
type CardBox struct {
	web.Page
	Card
}

// CardBox boxes the card for its image; nil when there is none.
func (h Home) CardBox() *CardBox { return boxed(h.Page, h.Card) }

func boxed(p web.Page, c *Card) *CardBox {
	if c == nil {
		return nil
	}
	return &CardBox{p, *c}
}

// Face is the wording key of what the card's face says: its generation.
func (c CardBox) Face() string {
	switch c.Generation {
	case 1:
		return "citizen.card.1"
	case 2:
		return "citizen.card.2"
	}
	return "citizen.card.3"
}

// By is the strip's second line: where the card is; before it is made until when, and how long that
// is.
func (u Underway) By() web.Said {
	switch {
	case !u.Now.Where.Empty():
		return u.Now.Where
	case u.Due.IsZero():
		return web.Say("citizen.home.by.none")
	case u.Left < 0:
		return web.Say("citizen.home.by.late", "date", clock.Day(u.Due), "n", -u.Left)
	case u.Left == 0:
		return web.Say("citizen.home.by.today")
	}
	return web.Say("citizen.home.by", "date", clock.Day(u.Due), "n", u.Left)
}

// home is GET /.
func (p *Portal) home(w http.ResponseWriter, r *http.Request) error {
	f, err := p.file(r)
	if err != nil {
		return err
	}
	h := Home{Page: p.page(r, "citizen.home")}
	if h.Card = p.show(h.Page, f.inUse()); h.Card == nil {
		h.Card = p.show(h.Page, f.waiting())
	}
	if h.Ended, err = p.ended(r, f); err != nil {
		return err
	}
	if a := f.current(); a != nil {
		if h.Strip = underway(h.Page, *a); h.Strip != nil {
			if h.Strip.Now, err = p.standingOf(r, *a); err != nil {
				return err
			}
		}
		if h.Needs, err = p.needs(r, *a, h.Strip); err != nil {
			return err
		}
	}
	if c := f.inUse(); c != nil && social(*c) == web.HalfLost {
		why := web.Say("citizen.need.lost.why")
		if open, err := loss.Open(r.Context(), p.Store, []ref.Card{c.ID}); err != nil {
			return err
		} else if until := open[c.ID].Until; !until.IsZero() {
			why = web.Say("citizen.need.lost.until", "until", until)
		}
		h.Needs = append([]Need{{Icon: "lost", What: web.Say("citizen.need.lost"), Why: why, Href: "/lost"}}, h.Needs...)
	}
	if c := f.inUse(); c != nil && c.Application != "" && c.Financial == card.Inactive {
		h.Needs = append(h.Needs, Need{Icon: "bank", What: web.Say("citizen.need.bank"), Why: web.Say("citizen.need.bank.why", "bank", p.bank(c.Bank)), Href: "/activate"})
	}
	return HomeView.Show(w, http.StatusOK, h)
}

// strips are what is under way in each state of an application; what has ended has none.
var strips = map[state.State]string{
	application.OnList: "citizen.underway.listed", application.Notified: "citizen.underway.confirm", application.Confirmed: "citizen.underway.waiting",
	application.Filed: "citizen.underway.submitted", application.Held: "citizen.underway.submitted", application.Compared: "citizen.underway.bank",
	application.Opening: "citizen.underway.bank", application.Refused: "citizen.underway.stuck", application.Funded: "citizen.underway.made",
	application.Making: "citizen.underway.made", application.Made: "citizen.underway.sent", application.OnTheWay: "citizen.underway.mailed",
	application.Ready: "citizen.underway.ready", application.Handed: "citizen.underway.handed",
}

func underway(page web.Page, a application.Application) *Underway {
	key, ok := strips[a.State]
	if !ok {
		return nil
	}
	u := &Underway{What: web.Say(key)}
	if a.MadeAt.IsZero() { // once the card is made the promise has been kept or broken
		u.Due = day(a.DueDay)
		u.Left = page.DaysTo(u.Due)
	}
	return u
}

// needs are what waits for the person; which acts are possible is asked of the life cycle.
func (p *Portal) needs(r *http.Request, a application.Application, strip *Underway) ([]Need, error) {
	var out []Need
	for _, e := range application.Cycle.Events(a.State) {
		switch e {
		case "confirm":
			if a.State != application.Notified {
				continue
			}
			unit, err := p.employer(r.Context(), a.Employer)
			if err != nil {
				return nil, err
			}
			out = append(out, Need{Icon: "apply", What: web.Say("citizen.need.confirm"), Why: web.Say("citizen.need.confirm.open", "employer", unit), Href: "/confirm"})
		case "resend":
			out = append(out, Need{Icon: "bank", What: web.Say("citizen.need.mend"), Why: web.Say("citizen.need.mend.why", "bank", p.bank(a.Bank)), Href: "/mend"})
		case "hand":
			if a.State != application.Ready || a.Mode == application.OnSite {
				continue
			}
			why := strip.Now.Do
			if !strip.Now.By.Empty() {
				why = strip.Now.By
			}
			out = append(out, Need{Icon: "card", What: web.Say("citizen.need.collect"), Why: why, Href: "/progress"})
		case "enable":
			out = append(out, Need{Icon: "shield", What: web.Say("citizen.need.activate"), Why: web.Say("citizen.need.activate.why"), Href: "/activate"})
		}
	}
	return out, nil
}
