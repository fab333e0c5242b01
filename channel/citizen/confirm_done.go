package citizen

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
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

// confirmDone is GET /confirm/done.
func (p *Portal) confirmDone(w http.ResponseWriter, r *http.Request) error {
	a, ok, err := p.subject(w, r)
	if !ok {
		return err
	}
	d := ConfirmDone{Page: p.page(r, "citizen.done.title"), Outcome: Confirmed, Due: day(a.DueDay)}
	switch {
	case a.State == application.Declined:
		d.Outcome = Declined
	case a.State == application.Notified || a.State == application.OnList:
		http.Redirect(w, r, "/confirm/data", http.StatusSeeOther)
		return nil
	case a.Corrected:
		d.Outcome = Corrected
	}
	return ConfirmDoneView.Show(w, http.StatusOK, d)
}
