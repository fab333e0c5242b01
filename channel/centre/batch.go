package centre

import (
	"kawu/channel/web"
)

// Batch is GET /centre/batches/{id}: the counts that must reconcile, and every message about it.
type Batch struct {
	web.Page
	Frame
	BatchRow
	Promise   web.Promise
	Counts    []Check
	Steps     []web.Step
	Exchanges []Exchange
	Failures  []Failure
}

// Check is one equation that must hold: ordered = made + failed + awaited.
type Check struct {
	Key        string // wording key
	Want, Have int
}

// Failure is one card the factory could not make.
type Failure struct {
	Card   string
	Why    web.Said
	Remade string // batch it went into; "" not yet
	Href   string
}

// BatchView is the page.
var BatchView = web.NewView[Batch](files, "batch")

// Gap is how far an equation is off; 0: it holds.
func (c Check) Gap() int {
	if c.Want > c.Have {
		return c.Want - c.Have
	}
	return c.Have - c.Want
}

// Off is how many equations do not hold.
func (b Batch) Off() int {
	n := 0
	for _, c := range b.Counts {
		if c.Gap() != 0 {
			n++
		}
	}
	return n
}
