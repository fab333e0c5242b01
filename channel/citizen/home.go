package citizen

import (
	"time"

	"kawu/channel/web"
	"kawu/kit/clock"
)

// Home is GET /: the card as one sees it in the wallet, what is under way, what needs the person.
type Home struct {
	web.Page
	Card   *Card     // the card in use; nil: none yet
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

// By is the strip's second line: until when, and how long that is.
func (u Underway) By() web.Said {
	switch {
	case u.Due.IsZero():
		return web.Say("citizen.home.by.none")
	case u.Left < 0:
		return web.Say("citizen.home.by.late", "date", clock.Day(u.Due), "n", -u.Left)
	case u.Left == 0:
		return web.Say("citizen.home.by.today")
	}
	return web.Say("citizen.home.by", "date", clock.Day(u.Due), "n", u.Left)
}
