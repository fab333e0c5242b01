package counter

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/balance"
	"kawu/flow/desk"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Tally is GET /counter/tally: cards in, out and given on must balance before the day is closed. POST
// field "counted" closes it; a difference must be explained in "why".
type Tally struct {
	web.Page
	Frame
	Of                                 time.Time // the day
	Start, In, Out, Returned, Expected int
	Counted                            string // as typed
	Why                                string
	Closed                             time.Time // zero: still open
	Rows                               []TallyRow
}

// TallyRow is one movement of the day.
type TallyRow struct {
	At   time.Time
	What web.Said
	N    int // signed: + in, − out
}

// TallyView is the page.
var TallyView = web.NewView[Tally](files, "tally")

// CountedField is the number counted, named "counted".
func (t Tally) CountedField() web.Field {
	return t.Field("counted", "counter.tally.counted", t.Counted).Hint(t.T("counter.tally.counted.hint")).Code(8).Digits()
}

// WhyField explains a difference, named "why".
func (t Tally) WhyField() web.Field { return t.Field("why", "counter.tally.why", t.Why) }

// dayMost is how many movements of a day are listed; the totals count all.
const dayMost = 200

func (p *Portal) tally(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	t, err := p.tallyOf(r, who)
	if err != nil {
		return err
	}
	return TallyView.Show(w, http.StatusOK, t)
}

func (p *Portal) tallyOf(r *http.Request, who desk.Actor) (Tally, error) {
	ctx, h := r.Context(), holder(who)
	t := Tally{Page: p.Hall.Page(r, web.PortalCounter, "counter.tally")}
	t.Of = clock.Day(t.Now)
	var err error
	if t.Frame, err = p.frame(ctx, who, "tally"); err != nil {
		return t, err
	}
	b, err := report.BalanceOf(ctx, p.Store, h, t.Of)
	if err != nil {
		return t, err
	}
	t.Start, t.In, t.Out, t.Returned, t.Expected = int(b.Start()), int(b.In), int(b.Out), int(b.Returned), int(b.Now)
	moves, err := report.Movements(ctx, p.Store, h, t.Of, t.Of.AddDate(0, 0, 1), dayMost)
	if err != nil {
		return t, err
	}
	for _, m := range moves {
		t.Rows = append(t.Rows, movement(m))
	}
	t.Closed, err = p.Balance.Closed(ctx, who.Place, t.Now)
	return t, err
}

func movement(m report.Movement) TallyRow {
	no := party.No("H", string(m.List))
	switch m.To {
	case "":
		return TallyRow{At: m.At, What: web.Say("counter.tally.took", "no", no), N: int(m.N)}
	case ref.HeldByPerson:
		return TallyRow{At: m.At, What: web.Say("counter.tally.handed"), N: -int(m.N)}
	}
	return TallyRow{At: m.At, What: web.Say("counter.tally.gave", "no", no), N: -int(m.N)}
}

// close is POST /counter/tally.
func (p *Portal) close(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	err := p.Hall.Once(w, r, func() (string, error) {
		n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("counted")))
		if err != nil || n < 0 {
			return "", fault.List{party.ErrCounted.At("counted")}
		}
		return "/counter/tally", p.Balance.Close(r.Context(), who, balance.Count{Cards: int64(n), Why: strings.TrimSpace(r.PostFormValue("why"))})
	})
	if err == nil {
		return nil
	}
	t, again := p.tallyOf(r, who)
	if again != nil {
		return again
	}
	t.Counted, t.Why = r.PostFormValue("counted"), r.PostFormValue("why")
	if !t.Page.Fail(err) {
		return err
	}
	return TallyView.Form(w, t.Page, t)
}
