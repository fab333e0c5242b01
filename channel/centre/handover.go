package centre

import (
	"time"

	"kawu/channel/web"
)

// Handover is GET /centre/handovers/{id}: who signed, and every card that did not match.
type Handover struct {
	web.Page
	Frame
	HandoverRow
	Giver, Taker string // who signed for each side; "" not yet
	Mismatches   []Mismatch
}

// Mismatch is one card that was missing, damaged or too much.
type Mismatch struct {
	Card string
	What web.Said
	At   time.Time
	Href string
}

// HandoverView is the page.
var HandoverView = web.NewView[Handover](files, "handover")
