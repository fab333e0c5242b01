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

// TallyView is the page.
var TallyView = web.NewView[Tally](files, "tally")

// CountedField is the number counted, named "counted".
func (t Tally) CountedField() web.Field {
	return t.Field("counted", "counter.tally.counted", t.Counted).Hint(t.T("counter.tally.counted.hint")).Code(8).Digits()
}

// WhyField explains a difference, named "why".
func (t Tally) WhyField() web.Field { return t.Field("why", "counter.tally.why", t.Why) }
