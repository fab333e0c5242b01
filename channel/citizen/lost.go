package citizen

import "kawu/channel/web"

// Lost is GET /lost: report it first, then how this city replaces a card.
type Lost struct {
	web.Page
	Replace []web.Said // the ways, the fastest first, from the city's rules
}

// LostView is the page.
var LostView = web.NewView[Lost](files, "lost")
