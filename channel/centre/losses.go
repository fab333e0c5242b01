package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/person"
	"kawu/domain/ref"
	"kawu/flow/desk"
	"kawu/kit/clock"
)

// Losses is GET /centre/losses: the figures of a month, the cancellations that wait for a second person,
// and the open reports.
type Losses struct {
	web.Page
	Frame
	Figures loss.Figures
	Since   time.Time // the figures count from here
	Waiting []LossRow
	Open    []LossRow
	Pager   web.Pager
}

// LossRow is one card of a list.
type LossRow struct {
	Card, No     string
	Name, Masked string
	State        web.Tag
	Why          web.Said
	Since, Until time.Time
	Href         string
}

// LossesView is the page.
var LossesView = web.NewView[Losses](files, "losses")

// LossBox is a list with the page's language.
type LossBox struct {
	web.Page
	Label string // worded
	Rows  []LossRow
}

// ShowRows boxes a list; label is a wording key.
func (l Losses) ShowRows(label string, rows []LossRow) LossBox {
	return LossBox{l.Page, l.T("centre.losses.scroll", "what", l.T(label)), rows}
}

// lossDays is how far back the figures count.
const lossDays = 30

func (p *Portal) losses(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	ctx := r.Context()
	l := Losses{Page: p.Hall.Page(r, web.PortalCentre, "centre.losses")}
	var err error
	if l.Frame, err = p.frame(ctx, "losses"); err != nil {
		return err
	}
	l.Since = clock.Day(l.Now).AddDate(0, 0, -lossDays)
	if l.Figures, err = loss.Count(ctx, p.Store, p.city, l.Since); err != nil {
		return err
	}
	asked, err := cancellation.Waiting(ctx, p.Store, p.city, size)
	if err != nil {
		return err
	}
	for _, a := range asked {
		l.Waiting = append(l.Waiting, LossRow{Card: string(a.Card), Why: party.Cancelled(a.Reason, a.Proof), Since: a.AskedAt})
	}
	l.Pager = web.Pager{Page: web.PageOf(r), Size: size, Total: int(l.Figures.Open), Base: "/centre/losses"}
	open, err := loss.OpenIn(ctx, p.Store, p.city, l.Pager.Offset(), size)
	if err != nil {
		return err
	}
	for _, x := range open {
		l.Open = append(l.Open, LossRow{Card: string(x.Card), Why: web.Say("loss.why." + string(x.Reason)), Since: x.Since, Until: x.Until})
	}
	if err := p.nameLost(ctx, l.Waiting, l.Open); err != nil {
		return err
	}
	return LossesView.Show(w, http.StatusOK, l)
}

// nameLost fills in whose cards they are, masked, and how they stand.
func (p *Portal) nameLost(ctx context.Context, lists ...[]LossRow) error {
	for _, rows := range lists {
		ids := make([]ref.Card, len(rows))
		for i, x := range rows {
			ids[i] = ref.Card(x.Card)
		}
		found, err := card.Find(ctx, p.Store, ids)
		if err != nil {
			return err
		}
		cards, people := map[ref.Card]card.Card{}, make([]ref.Person, 0, len(found))
		for _, c := range found {
			cards[c.ID], people = c, append(people, c.Person)
		}
		them, err := person.Find(ctx, p.Store, people)
		if err != nil {
			return err
		}
		for i := range rows {
			c := cards[ref.Card(rows[i].Card)]
			h := them[c.Person]
			rows[i].No, rows[i].Name, rows[i].Masked, rows[i].Href = c.MaskedNumber(), h.Name.Masked(), h.Number.Masked(), "/centre/cards/"+string(c.ID)
			rows[i].State = web.Tag{Tone: party.LossTone(c), Said: web.Say("loss.state." + string(c.Social))}
		}
	}
	return nil
}
