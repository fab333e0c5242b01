package counter

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/custody"
	"kawu/domain/ref"
	"kawu/flow/desk"
)

// Handover is /counter/handovers/{id}: count, name what does not match, sign. POST fields: counted,
// missing (card numbers or envelope codes, one a line), damaged, extra, agree. A mismatch is listed,
// never absorbed.
type Handover struct {
	web.Page
	Frame
	ListRow
	party.Counting
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
	Card     string // id
	Envelope string
	Name     string // masked: the first character only
	Box      string
	State    web.Tag // matched, missing, damaged, extra; empty before signing
	Missing  bool    // ticked on the form
	Damaged  bool
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

// lineSize is how many cards of a list stand on one page.
const lineSize = 50

func (p *Portal) handover(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	x, err := p.handoverOf(r, who)
	if err != nil {
		return err
	}
	return HandoverView.Show(w, http.StatusOK, x)
}

// list reads a list that this party gives or takes; any other is unknown here.
func (p *Portal) list(ctx context.Context, who desk.Actor, id string) (custody.Handover, error) {
	l, err := custody.GetList(ctx, p.Store, ref.Handover(id))
	mine := holder(who)
	if err == nil && !same(l.Giver, mine) && !same(l.Taker, mine) {
		err = custody.ErrUnknown
	}
	return l, err
}

func (p *Portal) handoverOf(r *http.Request, who desk.Actor) (Handover, error) {
	ctx := r.Context()
	x := Handover{}
	l, err := p.list(ctx, who, r.PathValue("id"))
	if err != nil {
		return x, err
	}
	rows, err := p.rows(ctx, who, []custody.Handover{l})
	if err != nil {
		return x, err
	}
	x.ListRow, x.Taking = rows[0], same(l.Taker, holder(who)) && l.State != "drawn"
	x.Page = p.Hall.Page(r, web.PortalCounter, "counter.handover", "no", x.No)
	if x.Frame, err = p.frame(ctx, who, "handovers"); err != nil {
		return x, err
	}
	found, err := custody.Lines(ctx, p.Store, l.ID)
	if err != nil {
		return x, err
	}
	if err := p.lines(ctx, &x, found, web.PageOf(r), !l.TakenAt.IsZero()); err != nil {
		return x, err
	}
	x.SignedBy, err = p.signatures(ctx, l)
	return x, err
}

// lines shows one page of a list's cards, with what was found when it was taken, and counts all of
// them by batch.
func (p *Portal) lines(ctx context.Context, x *Handover, found map[ref.Card]string, page int, taken bool) error {
	ids := make([]ref.Card, 0, len(found))
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	x.Pager = web.Pager{Page: page, Size: lineSize, Total: len(ids), Base: x.Href}
	from := min(x.Pager.Offset(), len(ids))
	some := ids[from:min(from+lineSize, len(ids))]
	cards, apps, err := p.load(ctx, some)
	if err != nil {
		return err
	}
	for i, id := range some {
		c := cards[id]
		line := Line{N: from + i + 1, Card: string(id), Envelope: party.Code(string(id)), Name: apps[c.Application].Name.Masked(),
			Box: party.Code(string(c.Batch))}
		if taken {
			line.State = finding(found[id])
		}
		x.Lines = append(x.Lines, line)
	}
	x.Groups, err = p.groups(ctx, ids)
	return err
}

func finding(f string) web.Tag {
	switch f {
	case custody.Missing:
		return web.Tag{Tone: web.Bad, Said: web.Say("counter.line.missing")}
	case custody.Damaged:
		return web.Tag{Tone: web.Bad, Said: web.Say("counter.line.damaged")}
	case custody.Extra:
		return web.Tag{Tone: web.Watch, Said: web.Say("counter.line.extra")}
	}
	return web.Tag{Tone: web.Good, Said: web.Say("counter.line.matched")}
}
