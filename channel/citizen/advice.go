package citizen

import "kawu/channel/web"

// Advice is a page of fixed words: GET /lost (what to do at once), GET /apply (who applies, and why
// not oneself during the pilot), GET /fraud (how to know a true message).
type Advice struct {
	web.Page
	Banks []web.Text // the city's banks, for /apply and /lost
}

// The pages of fixed words: /lost, /apply, /fraud.
var (
	LostView  = web.NewView[Advice](files, "lost")
	ApplyView = web.NewView[Advice](files, "apply")
	FraudView = web.NewView[Advice](files, "fraud")
)
