package centre

import (
	"time"

	"kawu/channel/web"
)

// Handovers is GET /centre/handovers: who gave what to whom, what is not signed, what did not match.
type Handovers struct {
	web.Page
	Frame
	Tabs  []web.Tab
	Rows  []HandoverRow
	Pager web.Pager
}

// HandoverRow is one list.
type HandoverRow struct {
	ID, No            string
	From, To          web.Text
	Cards             int
	Missing           int
	Given, Taken, Due time.Time
	State             web.Tag
	Href              string
}

// HandoversView is the page.
var HandoversView = web.NewView[Handovers](files, "handovers")
