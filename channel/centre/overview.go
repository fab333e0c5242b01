package centre

import (
	"time"

	"kawu/channel/web"
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
	Areas                     []Area      // by district
	Today                     []Exception // the most urgent, sorted by time left
}

// KPI is one figure with what it is measured against.
type KPI struct {
	Key   string // wording key of the figure; ".unit" its unit
	Value string // formatted: "11,482", "17.6"
	Delta string // signed; "" none
	Worse bool   // the change is for the worse
	Note  web.Said
	Spark []float64
	Href  string
}

// Stage is one bar of the funnel.
type Stage struct {
	Key  string // wording key: "stage.accepted" …
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

// Area is one district.
type Area struct {
	Name     web.Text
	Col, Row int // where its tile lies
	Done     int
	All      int
	Href     string
}
