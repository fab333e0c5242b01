package employer

import (
	"html/template"

	"kawu/channel/web"
	"kawu/channel/web/chart"
)

// Track is GET /employer/batches/{id}/track: the promise of the batch, counts per stage, what needs
// somebody, the cards' places.
type Track struct {
	web.Page
	Frame
	Promise    web.Promise
	Counts     []Count
	Exceptions []Exception
	Places     []PlaceCount
	Stay       int // not submitted: not answered, declined, or never mended
	Steps      []web.Step
}

// Count is how many people have come as far as a stage.
type Count struct {
	Key string // wording key: "web.stage.submitted" "web.stage.compared" "web.stage.opened" "web.stage.made" "web.stage.delivered" "web.stage.collected" "web.stage.enabled"
	N   int
}

// Exception is one employee's case that does not move by itself.
type Exception struct {
	Name, Masked string
	What         web.Said // what is wrong
	Do           web.Said // the one thing to do
	Who          web.Text // who has to do it
	Mine         bool     // the employer has to
}

// PlaceCount is where the batch's cards are.
type PlaceCount struct {
	Holder web.Text
	Phone  string
	N      int
	What   web.Said // "made, waiting for the courier"
}

// TrackView is the page.
var TrackView = web.NewView[Track](files, "track")

// CountChart draws how many people have reached each stage; no rate is marked, because a batch under
// way has not lost those who are still to come.
func (t Track) CountChart() template.HTML {
	bars := make([]chart.Bar, len(t.Counts))
	for i, c := range t.Counts {
		bars[i] = chart.Bar{Name: t.T(c.Key), N: c.N, Label: t.Num(c.N)}
	}
	return chart.Funnel(chart.Head{ID: "counts", Title: t.T("employer.track.counts"), Text: t.T("employer.track.counts.text")}, bars, 0)
}

// CountFigures are the same as a table.
func (t Track) CountFigures() web.FiguresBox {
	f := web.FiguresBox{Label: t.T("web.data")}
	for _, c := range t.Counts {
		f.Rows = append(f.Rows, web.Figure{Name: t.T(c.Key), Value: t.Num(c.N)})
	}
	return f
}
