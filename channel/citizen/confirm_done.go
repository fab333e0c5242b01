package citizen

import (
	"time"

	"kawu/channel/web"
	"kawu/kit/clock"
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

// ConfirmDoneView is the page.
var ConfirmDoneView = web.NewView[ConfirmDone](files, "confirm_done")

// Key is the wording key of the answer.
func (c ConfirmDone) Key() string { return "citizen.done." + string(c.Outcome) }

// Meaning is the wording key of what the answer means.
func (c ConfirmDone) Meaning() string { return c.Key() + ".d" }

// Next is what happens after the answer.
func (c ConfirmDone) Next() []web.Step {
	made := web.Step{Name: "citizen.step.make", State: web.StepTodo, Note: web.Say("citizen.done.next.make.open")}
	if !c.Due.IsZero() {
		made.Note = web.Say("citizen.done.next.make", "date", clock.Day(c.Due))
	}
	return []web.Step{
		{Name: "citizen.step.confirm", State: web.StepDone},
		{Name: "citizen.done.next.submit", State: web.StepNow},
		made,
		{Name: "citizen.step.collect", State: web.StepTodo, Note: web.Say("citizen.done.next.collect")},
	}
}
