package employer

import (
	"time"

	"kawu/channel/web"
)

// Submitted is GET /employer/batches/{id}/submitted: number, what happens next and when.
type Submitted struct {
	web.Page
	Frame
	At   time.Time
	N    int
	Stay int
	Due  time.Time
	Bank web.Text
}
