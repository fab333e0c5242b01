package employer

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
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

// submitted is GET …/submitted.
func (p *Portal) submitted(v *visit) error {
	n, err := application.CountReached(v.r.Context(), p.store, v.col.ID)
	if err != nil {
		return err
	}
	return SubmittedView.Show(v.w, http.StatusOK, Submitted{Page: p.page(v, "employer.submitted"), Frame: v.frame("track"), At: v.col.SubmittedAt,
		N: n.Submitted, Stay: v.stay(n), Due: day(v.col.DueDay), Bank: p.bank(v.col.Bank)})
}

// stay is how many of the roster were not submitted: wrong, silent, declined, or late.
func (v *visit) stay(n application.Reached) int { return int(v.rows.Rows) - n.Submitted }
