package counter

import (
	"time"

	"kawu/channel/web"
)

// Bench is GET /counter/ (?find= identity number or envelope code from a scanner): find the person
// or the envelope; the most likely task opens at once. POST /counter/find does the same, so that a
// number never stands in an address.
type Bench struct {
	web.Page
	Frame
	Find    string // as typed; kept when nothing was found
	None    bool   // something was looked for and not found
	Found   []Waiting
	Queue   []Ticket
	Drawers []Waiting // the oldest cards waiting here
	Lists   []ListRow // hand-over lists to sign
}

// Waiting is a card in a drawer of this outlet.
type Waiting struct {
	Card         string // id
	Name, Masked string
	Drawer       string    // "B-07"
	Since        time.Time // lies here
	Days         int
	State        web.Tag
	Href         string // collect page
}

// Ticket is a person in the queue.
type Ticket struct {
	No   string
	Task string // wording key
	Mins int    // waiting for so long
}

// BenchView is the page.
var BenchView = web.NewView[Bench](files, "bench")
