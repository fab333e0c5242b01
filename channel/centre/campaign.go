package centre

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/flow/desk"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/term"
)

// Campaign is GET /centre/calendar (?from=2024-01 the first month): which group of people can take part
// by which channels when, as the editions decide it; what opens and closes next.
type Campaign struct {
	web.Page
	Frame
	Edition   web.Text // in force
	EditionID string
	Months    []Month
	Groups    []GroupRow
	Prev      string
	Next      string
	Events    []Event
	Promises  []PromiseDay
}

// Month is one column.
type Month struct {
	Key     string // "2024-02"
	First   time.Time
	Working int  // working days; -1: the State Council has not published the year
	Today   bool // today lies in it
}

// GroupRow is one group of people.
type GroupRow struct {
	Name  web.Text
	Cells []MonthCell
	None  bool // nothing in these months
}

// MonthCell is one month of one group. Mark is where today is in it, in percent; -1 outside.
type MonthCell struct {
	Bars []MonthBar
	Mark int
}

// MonthBar is the part of a span that lies in a month; Left and Width are percent of the month.
type MonthBar struct {
	Left, Width int
	From, To    time.Time // of the whole span; To zero: no end is known
	Begins      bool      // the span begins in this month
	Ends        bool
	Channels    []web.Text
	Edition     string
	Partly      bool
	School      bool
}

// Event is something that happens on a day.
type Event struct {
	Day     time.Time
	Left    int // calendar days; 0: today
	Working int // working days until then; -1: not published
	Tag     web.Tag
	What    web.Text
	Edition string
}

// PromiseDay is by when a case of today must be done.
type PromiseDay struct {
	Say  web.Text
	Days int
	Kind string    // wording key of calendar or working days
	Due  time.Time // zero: the calendar is not published
}

// CampaignView is the page.
var CampaignView = web.NewView[Campaign](files, "campaign")

// monthsShown and monthsBefore: a year, of which some is past.
const monthsShown, monthsBefore, monthsTurned = 12, 2, 6

var groups = []term.Group{term.Employed, term.Retired, term.Pupil, term.Resident, term.Flexible, term.Unemployed}

func (p *Portal) calendar(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	x := Campaign{Page: p.Hall.Page(r, web.PortalCentre, "centre.campaign")}
	var err error
	if x.Frame, err = p.frame(r.Context(), "calendar"); err != nil {
		return err
	}
	city, err := p.Publish.Shelf.Now(r.Context())
	if err != nil {
		return err
	}
	now := city.On(x.Now)
	x.Edition, x.EditionID = web.Text(now.Name), now.ID
	first, err := time.ParseInLocation("2006-01", r.URL.Query().Get("from"), clock.Zone)
	if today := clock.Day(x.Now); err != nil || first.Year() < 2000 || first.Year() > 2100 {
		first = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, clock.Zone).AddDate(0, -monthsBefore, 0)
	}
	x.Prev, x.Next = first.AddDate(0, -monthsTurned, 0).Format("2006-01"), first.AddDate(0, monthsTurned, 0).Format("2006-01")
	x.Months = months(first, x.Now)
	for _, g := range groups {
		x.Groups = append(x.Groups, groupRow(city, g, x.Months, x.Now))
	}
	x.Events, x.Promises = events(city, x.Now), promises(now, x.Now)
	return CampaignView.Show(w, http.StatusOK, x)
}

func months(first, now time.Time) []Month {
	out := make([]Month, monthsShown)
	for i := range out {
		m := Month{First: first.AddDate(0, i, 0), Working: -1}
		m.Key = m.First.Format("2006-01")
		last := m.First.AddDate(0, 1, -1)
		if n, err := cal.Between(m.First.AddDate(0, 0, -1), last, cal.Working); err == nil {
			m.Working = n
		}
		m.Today = m.Key == now.In(clock.Zone).Format("2006-01")
		out[i] = m
	}
	return out
}

// far is how many days beyond the months shown a span is followed, so that its own ends are said; one
// that goes on longer has no end that matters.
const far = 3650

func groupRow(city *policy.City, g term.Group, list []Month, now time.Time) GroupRow {
	end := term.DateOf(list[len(list)-1].First.AddDate(0, 1, -1)) + far
	spans := city.Spans(g, term.DateOf(list[0].First)-far, end)
	row := GroupRow{Name: web.Text(notice.Label("group", g.String())), None: true}
	for _, m := range list {
		c := monthCell(m, spans, now)
		for i := range c.Bars {
			if row.None = false; term.DateOf(c.Bars[i].To) == end {
				c.Bars[i].To = time.Time{}
			}
		}
		row.Cells = append(row.Cells, c)
	}
	return row
}

func monthCell(m Month, spans []policy.Span, now time.Time) MonthCell {
	first := term.DateOf(m.First)
	next := term.DateOf(m.First.AddDate(0, 1, 0))
	n := int(next - first)
	c := MonthCell{Mark: -1}
	if m.Today {
		c.Mark = (100*int(term.DateOf(now)-first) + 50) / n
	}
	for _, s := range spans {
		from, to := max(s.From, first), min(s.To, next-1)
		if from > to {
			continue
		}
		b := MonthBar{Left: 100 * int(from-first) / n, From: s.From.Time(), To: s.To.Time(), Begins: s.From >= first, Ends: s.To < next,
			Edition: s.Edition, Partly: s.Partly, School: s.School}
		b.Width = 100*int(to+1-first)/n - b.Left
		for _, ch := range s.Channels {
			b.Channels = append(b.Channels, web.Text(notice.Label("channel", ch.String())))
		}
		c.Bars = append(c.Bars, b)
	}
	return c
}

// promises says by when what is submitted today must be done, for each time limit of the edition.
func promises(e *policy.Edition, now time.Time) []PromiseDay {
	var out []PromiseDay
	for _, m := range e.Promises {
		d := PromiseDay{Say: web.Text(m.Say), Days: m.Days, Kind: "edition.word." + m.Kind.String()}
		if due, err := cal.Add(now, m.Days, cal.Kind(m.Kind.String())); err == nil {
			d.Due = due
		}
		out = append(out, d)
	}
	return out
}
