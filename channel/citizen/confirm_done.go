package citizen

import (
	"time"

	"kawu/channel/web"
)

// ConfirmDone is GET /confirm/done.
type ConfirmDone struct {
	web.Page
	Outcome Outcome
	Due     time.Time // promised day for a card that will be made; zero: the employer has not submitted yet
}

// Outcome is what the person has answered.
type Outcome string

// The answers; each is also the end of its wording keys ("citizen.done.confirmed").
const (
	Confirmed Outcome = "confirmed"
	Corrected Outcome = "corrected"
	Declined  Outcome = "declined"
)
