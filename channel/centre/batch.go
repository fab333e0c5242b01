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
