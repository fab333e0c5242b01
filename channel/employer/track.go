package employer

import "kawu/channel/web"

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
