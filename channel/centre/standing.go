package centre

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/cal"
	"kawu/kit/clock"
)

// urgent is how many exceptions stand on the overview.
const urgent = 8

func (p *Portal) overview(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	ctx := r.Context()
	x := Overview{Page: p.Hall.Page(r, web.PortalCentre, "centre.overview"), Campaign: p.campaign()}
	var err error
	if x.Frame, err = p.frame(ctx, "overview"); err != nil {
		return err
	}
	s, err := report.Count(ctx, p.Store, p.city, p.today())
	if err != nil {
		return err
	}
	x.Funnel = funnel(s)
	in, err := report.Daily(ctx, p.Store, p.city, report.Submitted)
	if err != nil {
		return err
	}
	out, err := report.Daily(ctx, p.Store, p.city, report.Finished)
	if err != nil {
		return err
	}
	if x.KPIs, err = p.kpis(ctx, x.Page, s, days(in), days(out)); err != nil {
		return err
	}
	promises, err := report.Promises(ctx, p.Store, p.city, "")
	if err != nil {
		return err
	}
	x.Burn, x.Behind = burn(clock.Day(x.Now), days(in), days(out), promises)
	x.Due = calendar(clock.Day(x.Now), promises)
	if x.Areas, err = p.areas(ctx); err != nil {
		return err
	}
	list, err := trouble.OpenIn(ctx, p.Store, p.city, urgent)
	if err != nil {
		return err
	}
	if x.Today, err = p.rows(ctx, who, x.Page, list); err != nil {
		return err
	}
	return OverviewView.Show(w, http.StatusOK, x)
}

// campaign is the notice in force.
func (p *Portal) campaign() web.Text {
	if ed := p.Publish.Shelf.City().On(p.Hall.Clock.Now()); ed != nil {
		return web.Text(ed.Name)
	}
	return party.Words("centre.overview")
}

// funnel is accepted ≥ … ≥ enabled; each bar leads to the list behind it where there is one.
func funnel(s report.Stages) []Stage {
	return []Stage{{Key: "web.stage.accepted", N: int(s.Accepted)}, {Key: "web.stage.compared", N: int(s.Compared)}, {Key: "web.stage.opened", N: int(s.Accounts)},
		{Key: "web.stage.made", N: int(s.Made), Href: "/centre/batches"}, {Key: "web.stage.delivered", N: int(s.Delivered), Href: "/centre/handovers"},
		{Key: "web.stage.enabled", N: int(s.Enabled)}}
}

// days makes a look-up of counts by day.
func days(list []report.Day) map[time.Time]int {
	out := make(map[time.Time]int, len(list))
	for _, d := range list {
		out[clock.Day(d.Day).UTC()] = int(d.N)
	}
	return out
}

func on(counts map[time.Time]int, day time.Time) int { return counts[clock.Day(day).UTC()] }

// sparkDays is how many days the small trend line shows.
const sparkDays = 14

func spark(counts map[time.Time]int, today time.Time) []float64 {
	out := make([]float64, sparkDays)
	for i := range out {
		out[i] = float64(on(counts, today.AddDate(0, 0, i+1-sparkDays)))
	}
	return out
}

func (p *Portal) kpis(ctx context.Context, page web.Page, s report.Stages, in, out map[time.Time]int) ([]KPI, error) {
	today := clock.Day(page.Now)
	avg, err := report.Average(ctx, p.Store, p.city)
	if err != nil {
		return nil, err
	}
	late := KPI{Key: "centre.kpi.overdue", Unit: "centre.unit.cases", Value: page.Num(int(s.Overdue)), Note: web.Say("centre.kpi.none"), Href: "/centre/overdue"}
	if s.Overdue > 0 {
		by, err := report.OverdueBy(ctx, p.Store, p.city, p.today())
		if err != nil || len(by) == 0 {
			return nil, err
		}
		book, err := p.book(ctx, by[0].Holder)
		if err != nil {
			return nil, err
		}
		late.Note, late.Worse = web.Say("centre.kpi.at", "who", book.Name(by[0].Holder)), true
	}
	accepted := KPI{Key: "centre.kpi.accepted", Unit: "centre.unit.cases", Value: page.Num(on(in, today)), Spark: spark(in, today), Note: web.Say("centre.kpi.total", "n", page.Num(int(s.Accepted)))}
	made := KPI{Key: "centre.kpi.made", Unit: "centre.unit.cards", Value: page.Num(on(out, today)), Spark: spark(out, today), Note: web.Say("centre.kpi.total", "n", page.Num(int(s.Made)))}
	took := KPI{Key: "centre.kpi.days", Unit: "centre.unit.days", Value: fmt.Sprintf("%.1f", avg.Made), Note: web.Say("centre.kpi.from_to")}
	return []KPI{accepted, made, took, late}, nil
}

// burnDays is how far the chart looks back; burnAhead how far the promises are drawn ahead.
const burnDays, burnAhead = 30, 14

// burn compares the open cases of each day with those whose promised day had not come: more open than
// that is behind.
func burn(today time.Time, in, out map[time.Time]int, promises []report.Promised) ([]Burn, int) {
	first := today.AddDate(0, 0, -burnDays)
	submitted, made, due := 0, 0, 0
	for d, n := range in {
		if d.Before(first) {
			submitted += n
		}
	}
	for d, n := range out {
		if d.Before(first) {
			made += n
		}
	}
	ended := map[time.Time]int{}
	for _, x := range promises {
		if d := date(x.Day); d.Before(first) {
			due += int(x.Due)
		} else {
			ended[d.UTC()] += int(x.Due)
		}
	}
	var list []Burn
	behind := 0
	for d := first; !d.After(today.AddDate(0, 0, burnAhead)); d = d.AddDate(0, 0, 1) {
		submitted, made, due = submitted+on(in, d), made+on(out, d), due+on(ended, d)
		b := Burn{Day: d, Ideal: submitted - due, Actual: submitted - made, Future: d.After(today)}
		if d.Equal(today) {
			behind = b.Actual - b.Ideal
		}
		list = append(list, b)
	}
	return list, behind
}

// calendar is six weeks of promises from the Monday before last.
func calendar(today time.Time, promises []report.Promised) []DueDay {
	if len(promises) == 0 {
		return nil
	}
	by := map[string]report.Promised{}
	for _, x := range promises {
		by[x.Day] = x
	}
	monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7-7)
	out := make([]DueDay, 42)
	for i := range out {
		d := monday.AddDate(0, 0, i)
		x := by[d.Format(time.DateOnly)]
		worked, err := cal.IsWorkday(d)
		out[i] = DueDay{Day: d, Due: int(x.Due), Open: int(x.Open), Rest: err == nil && !worked}
	}
	return out
}

// columns is how many districts stand in a row.
const columns = 4

func (p *Portal) areas(ctx context.Context) ([]Area, error) {
	shares, err := report.ByDistrict(ctx, p.Store, p.city)
	if err != nil {
		return nil, err
	}
	out := make([]Area, len(shares))
	for i, s := range shares {
		out[i] = Area{Name: web.Text{ZH: s.Name}, Col: i % columns, Row: i / columns, Done: int(s.Enabled), All: int(s.Accepted)}
		if d, ok := p.City.District(s.Name); ok {
			out[i].Name = web.Text(d.Name)
		}
	}
	return out, nil
}
