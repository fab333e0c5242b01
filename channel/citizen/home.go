package citizen

import (
	"time"

	"kawu/channel/web"
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
