package centre

import (
	"time"

	"html/template"

	"kawu/channel/web"
	"kawu/channel/web/chart"
	"kawu/kit/clock"
)

// Overview is GET /centre/ (?district= narrows everything).
type Overview struct {
	web.Page
	Frame
	Campaign                  web.Text
	CampaignDay, CampaignDays int // day of the campaign, of how many
	District                  string
	Districts                 []web.Option // first one: all
	KPIs                      []KPI
	Funnel                    []Stage // accepted ≥ made ≥ delivered ≥ enabled, and the steps between
	Burn                      []Burn
	Behind                    int         // cases more than the line that meets the promise; 0 or less: on time
	Due                       []DueDay    // the promises of some weeks, whole weeks from a Monday; empty: not shown
	Areas                     []Area      // by district
	Today                     []Exception // the most urgent, sorted by time left
}

// KPI is one figure with what it is measured against.
type KPI struct {
	Key   string // wording key of the figure
	Unit  string // wording key: "centre.unit.cases"
	Value string // formatted: "11,482", "17.6"
	Delta string // signed; "" none
	Worse bool   // the change is for the worse
	Note  web.Said
	Spark []float64
	Href  string
}

// Stage is one bar of the funnel.
type Stage struct {
	Key  string // wording key: "web.stage.accepted" …
	N    int
	Href string
}

// Burn is one day of open cases against the line that meets the promise.
type Burn struct {
	Day    time.Time
	Ideal  int
	Actual int // ignored in the future
	Future bool
}

// DueDay is one day of the calendar of promises.
type DueDay struct {
	Day  time.Time
	Due  int  // promised for this day
	Open int  // of them not finished yet
	Rest bool // not a working day
}

// Area is one district.
type Area struct {
	Name     web.Text
	Col, Row int // where its tile lies
	Done     int
	All      int
	Href     string
}

// OverviewView is the page.
var OverviewView = web.NewView[Overview](files, "overview")

// lowRate is the share that a step may lose before it is marked, in percent.
const lowRate = 88

// FunnelChart draws the stages.
func (o Overview) FunnelChart() template.HTML {
	bars := make([]chart.Bar, len(o.Funnel))
	for i, s := range o.Funnel {
		bars[i] = chart.Bar{Name: o.T(s.Key), N: s.N, Label: o.Num(s.N), Href: s.Href}
	}
	return chart.Funnel(chart.Head{ID: "funnel", Title: o.T("centre.funnel"), Text: o.T("centre.funnel.text")}, bars, lowRate)
}

// FunnelFigures are the same as a table.
func (o Overview) FunnelFigures() web.FiguresBox {
	f := web.FiguresBox{Label: o.T("web.data")}
	for _, s := range o.Funnel {
		f.Rows = append(f.Rows, web.Figure{Name: o.T(s.Key), Value: o.Num(s.N)})
	}
	return f
}

// BurnChart draws open cases against the promise.
func (o Overview) BurnChart() template.HTML {
	points := make([]chart.Point, len(o.Burn))
	for i, b := range o.Burn {
		points[i] = chart.Point{Label: b.Day.In(clock.Zone).Format("1/2"), Ideal: float64(b.Ideal), Actual: float64(b.Actual), Future: b.Future}
	}
	behind := ""
	if o.Behind > 0 {
		behind = o.T("centre.burn.behind", "n", o.Num(o.Behind))
	}
	return chart.BurnDown(chart.Head{ID: "burn", Title: o.T("centre.burn"), Text: o.T("centre.burn.text")}, points, behind)
}

// BurnFigures are the days that have come, as a table.
func (o Overview) BurnFigures() web.FiguresBox {
	f := web.FiguresBox{Label: o.T("web.data")}
	for _, b := range o.Burn {
		if !b.Future {
			f.Rows = append(f.Rows, web.Figure{Name: o.Lang.Day(b.Day), Value: o.Num(b.Actual) + " / " + o.Num(b.Ideal)})
		}
	}
	return f
}

// DueChart draws the calendar of promises: dark days have much to finish.
func (o Overview) DueChart() template.HTML {
	most := 1
	for _, d := range o.Due {
		most = max(most, d.Open)
	}
	days := make([]chart.Day, len(o.Due))
	for i, d := range o.Due {
		label := o.Num(d.Open)
		if d.Open == 0 && d.Rest {
			label = o.T("centre.due.rest")
		}
		at := d.Day.In(clock.Zone)
		days[i] = chart.Day{Date: at.Format("1/2"), Label: label, Full: o.T("centre.due.day", "day", o.Lang.Day(d.Day), "open", o.Num(d.Open), "due", o.Num(d.Due)),
			Weekday: (int(at.Weekday()) + 6) % 7, Week: i / 7, Level: (5*d.Open + most - 1) / most, Today: clock.Day(o.Now).Equal(clock.Day(at))}
	}
	return chart.Calendar(chart.Head{ID: "due", Title: o.T("centre.due"), Text: o.T("centre.due.text")}, days, weekdays(o.Page))
}

// DueFigures are the same as a table.
func (o Overview) DueFigures() web.FiguresBox {
	f := web.FiguresBox{Label: o.T("web.data")}
	for _, d := range o.Due {
		if d.Due > 0 {
			f.Rows = append(f.Rows, web.Figure{Name: o.Lang.Day(d.Day), Value: o.Num(d.Open) + " / " + o.Num(d.Due)})
		}
	}
	return f
}

func weekdays(p web.Page) [7]string {
	return [7]string{p.T("web.mon"), p.T("web.tue"), p.T("web.wed"), p.T("web.thu"), p.T("web.fri"), p.T("web.sat"), p.T("web.sun")}
}

// AreaChart draws the districts.
func (o Overview) AreaChart() template.HTML {
	tiles := make([]chart.Tile, len(o.Areas))
	for i, a := range o.Areas {
		tiles[i] = chart.Tile{Name: a.Name.In(o.Lang), Label: o.T("centre.areas.left", "n", o.Num(a.All-a.Done)), Col: a.Col, Row: a.Row, Percent: a.Percent(), Href: a.Href}
	}
	return chart.Tiles(chart.Head{ID: "areas", Title: o.T("centre.areas"), Text: o.T("centre.areas.note")}, tiles)
}

// AreaFigures are the same as a table.
func (o Overview) AreaFigures() web.FiguresBox {
	f := web.FiguresBox{Label: o.T("web.data")}
	for _, a := range o.Areas {
		f.Rows = append(f.Rows, web.Figure{Name: a.Name.In(o.Lang), Value: o.Num(a.Done) + " / " + o.Num(a.All)})
	}
	return f
}

// Percent of the district's people whose card is enabled.
func (a Area) Percent() float64 {
	if a.All == 0 {
		return 0
	}
	return 100 * float64(a.Done) / float64(a.All)
}

// Trend draws the figure's last days.
func (k KPI) Trend() template.HTML { return chart.Spark(k.Spark) }
