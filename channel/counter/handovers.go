package counter

import (
	"time"

	"kawu/channel/web"
)

// Handovers is GET /counter/handovers: lists of cards given to or taken by this outlet.
type Handovers struct {
	web.Page
	Frame
	Take []ListRow // to sign for: cards that come
	Give []ListRow // to give on: cards that go
	Past []ListRow // signed lately
}

// ListRow is one hand-over list.
type ListRow struct {
	ID, No   string
	From, To web.Text
	Made     time.Time
	Cards    int
	Boxes    int
	State    web.Tag
	Missing  int // listed as a mismatch
	Signed   time.Time
	Href     string
}

// HandoversView is the page.
var HandoversView = web.NewView[Handovers](files, "handovers")
