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
	Side  string // wording key: "counter.handover.gave" "counter.handover.took"
	Name  string
	Where web.Text
	At    time.Time
}

// HandoverView is the page.
var HandoverView = web.NewView[Handover](files, "handover")

// CountedField is the number counted, named "counted".
func (h Handover) CountedField() web.Field {
	return h.Field("counted", "counter.handover.counted", h.Counted).Hint(h.T("counter.handover.counted.hint", "n", h.Num(h.Cards), "boxes", h.Boxes)).Code(8).Digits()
}

// MissingField lists what is missing, named "missing".
func (h Handover) MissingField() web.Field {
	return h.Field("missing", "counter.handover.missing", h.Lost).Hint(h.T("counter.handover.missing.hint"))
}

// DamagedField lists what is damaged, named "damaged".
func (h Handover) DamagedField() web.Field {
	return h.Field("damaged", "counter.handover.damaged", h.Damaged)
}

// ExtraField lists what is not on the list, named "extra".
func (h Handover) ExtraField() web.Field {
	return h.Field("extra", "counter.handover.extra", h.Extra)
}

// AgreeTick is the box that must be ticked, named "agree".
func (h Handover) AgreeTick() web.Choices {
	if h.Taking {
		return h.Tick("agree", h.T("counter.handover.agree.take"), h.Agreed)
	}
	return h.Tick("agree", h.T("counter.handover.agree.give"), h.Agreed)
}
