package counter

import (
	"time"

	"kawu/channel/web"
)

// Tally is GET /counter/tally: cards in, out and spoilt must balance before the day is closed. POST
// field "counted" closes it; a difference must be explained in "why".
type Tally struct {
	web.Page
	Frame
	Of                                         time.Time // the day
	Start, In, Out, Spoilt, Returned, Expected int
	Counted                                    string // as typed
	Why                                        string
	Closed                                     time.Time // zero: still open
	Rows                                       []TallyRow
}

// TallyRow is one movement of the day.
type TallyRow struct {
	At   time.Time
	What web.Said
	N    int // signed: + in, − out
	Who  string
}
