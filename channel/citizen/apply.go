package citizen

import "kawu/channel/web"

// Apply is GET /apply: what the city's rules answer to "may I apply?", with the clauses that decided
// it and what to do instead. A page, not an error: nobody is sent away with "not allowed".
type Apply struct {
	web.Page
	Answer  web.Said   // "during the pilot, through your employer"
	Because []Clause   // what decided it
	Ways    []web.Said // what the person can do, in order
	Banks   []web.Text // the city's banks
	Later   web.Said   // who is next and when; empty: not announced
}

// Clause is one rule with its source.
type Clause struct{ What, Source web.Said }

// ApplyView is the page.
var ApplyView = web.NewView[Apply](files, "apply")
