package employer

import (
	"time"

	"kawu/channel/web"
	"kawu/kit/clock"
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

// SubmittedView is the page.
var SubmittedView = web.NewView[Submitted](files, "submitted")

// Next is what happens to the batch from here.
func (s Submitted) Next() []web.Step {
	return []web.Step{
		{Name: "employer.step.submit", State: web.StepDone, At: s.At},
		{Name: "employer.step.compare", State: web.StepNow, Note: web.Say("employer.submitted.compare")},
		{Name: "employer.step.account", State: web.StepTodo, Note: web.Say("employer.submitted.open", "bank", s.Bank)},
		{Name: "employer.step.make", State: web.StepTodo, Note: web.Say("employer.submitted.make", "date", clock.Day(s.Due))},
		{Name: "employer.step.deliver", State: web.StepTodo, Note: web.Say("employer.submitted.deliver")},
		{Name: "employer.step.enable", State: web.StepTodo},
	}
}
