package centre

import (
	"time"

	"kawu/channel/web"
)

// Batches is GET /centre/batches (?tab= ?page=): production batches.
type Batches struct {
	web.Page
	Frame
	Tabs  []web.Tab
	Rows  []BatchRow
	Pager web.Pager
}

// BatchRow is one production batch.
type BatchRow struct {
	ID, No  string
	Factory web.Text
	Bank    web.Text
	State   web.Tag
	Ordered int
	Made    int
	Failed  int
	Sent    time.Time // to the factory
	Due     time.Time
	Left    int
	Href    string
}

// BatchesView is the page.
var BatchesView = web.NewView[Batches](files, "batches")
