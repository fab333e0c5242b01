package citizen

import (
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/kit/state"
)

// stages are the timeline's steps, each with the events of the life cycle that end it, and the state
// in which it has gone wrong.
var stages = []struct {
	name  string
	ends  []state.Event
	wrong state.State
}{
	{"citizen.step.confirm", []state.Event{"confirm"}, ""},
	{"citizen.step.submit", []state.Event{"submit"}, ""},
	{"citizen.step.compare", []state.Event{"compare"}, application.Held},
	{"citizen.step.bank", []state.Event{"open"}, application.Refused},
	{"citizen.step.make", []state.Event{"make"}, ""},
	{"citizen.step.deliver", []state.Event{"ready", "hand"}, ""},
	{"citizen.step.collect", []state.Event{"enable"}, ""},
}

// way is an application's timeline: what has happened comes from its history, what runs now is the
// first step that has not ended.
func way(a application.Application, past []state.Step) []web.Step {
	steps, since := make([]web.Step, len(stages)), a.OpenedAt
	now := application.WordOf(a.State) != application.WordEnded
	for i, g := range stages {
		s := web.Step{Name: g.name, State: web.StepTodo}
		if g.name == "citizen.step.deliver" {
			s.Name = map[application.Mode]string{application.Mail: "citizen.step.mail", application.OnSite: "citizen.step.onsite"}[a.Mode]
			if s.Name == "" {
				s.Name = g.name
			}
		}
		for _, h := range past {
			if slices.Contains(g.ends, h.Event) {
				s.State, s.At, since = web.StepDone, h.At, h.At
				break
			}
		}
		if s.State == web.StepTodo && now {
			s.State, s.At, now = web.StepNow, since, false
			if g.wrong != "" && a.State == g.wrong {
				s.State = web.StepFailed
			}
		}
		steps[i] = s
	}
	return steps
}

// promise is an application's: it starts with the submission, and making the card keeps it.
func promise(page web.Page, a application.Application) web.Promise {
	x := web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.waiting"), Due: day(a.DueDay)}
	if x.Due.IsZero() {
		return x
	}
	x.Left = page.DaysTo(x.Due)
	whole := x.Due.AddDate(0, 0, 1).Sub(a.SubmittedAt)
	x.Percent = min(100, max(0, int(100*page.Now.Sub(a.SubmittedAt)/whole)))
	x.By = web.Say("web.promise.by", "date", x.Due)
	if a.Mode == application.Mail {
		x.By = web.Say("web.promise.mail", "date", x.Due)
	}
	switch {
	case a.State == application.Enabled:
		x.Kept, x.By = true, web.Say("citizen.promise.done")
	case a.State == application.Handed: // made in time, and not yet over: no ring says "done"
		x.Due, x.By = time.Time{}, web.Say("citizen.promise.handed")
	case a.State == application.Ready:
		x.Due, x.By = time.Time{}, web.Say("web.promise.ready")
	case !a.MadeAt.IsZero():
		x.Due, x.By = time.Time{}, web.Say("citizen.promise.made", "date", a.MadeAt)
	case x.Left < 0:
		x.By = web.Say("web.promise.late.by", "date", x.Due)
	}
	return x
}
