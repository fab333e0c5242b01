package counter

import (
	"time"

	"kawu/channel/web"
)

// Handover is /counter/handovers/{id}: count, name what does not match, sign. POST fields: counted,
// missing (card numbers or envelope codes, one a line), damaged, extra, agree. A mismatch is listed,
// never absorbed.
type Handover struct {
	web.Page
	Frame
	ListRow
	Taking   bool // this outlet takes; otherwise it gives
	Counted  string
	Lost     string // field missing, as typed
	Damaged  string
	Extra    string
	Agreed   bool
	Groups   []BoxCount
	Lines    []Line
	Pager    web.Pager
	SignedBy []Signature
}

// BoxCount is one box of a list.
type BoxCount struct {
	Box   string
	Batch string
	Cards int
}

// Line is one card of a list.
type Line struct {
	N        int
	Envelope string
	Name     string // masked, "林*遥"
	Box      string
	State    web.Tag // matched, missing, damaged, extra; empty before signing
}

// Signature is who signed for which side.
type Signature struct {
	Side  string // wording key: "handover.gave" "handover.took"
	Name  string
	Where web.Text
	At    time.Time
}
