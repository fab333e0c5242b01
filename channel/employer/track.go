package employer

import (
	"html/template"
	"net/http"

	"kawu/channel/web"
	"kawu/channel/web/chart"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/kit/state"
	"kawu/kit/wording"
)

// Track is GET /employer/batches/{id}/track: the promise of the batch, counts per stage, what needs
// somebody, the cards' places.
type Track struct {
	web.Page
	Frame
	Promise    web.Promise
	Counts     []Count
	Exceptions []Exception
	Places     []PlaceCount
	Stay       int // not submitted: not answered, declined, or never mended
	Late       int // confirmed after the submission: may be submitted now
	Steps      []web.Step
}

// Count is how many people have come as far as a stage.
type Count struct {
	Key string // wording key: "web.stage.submitted" "web.stage.compared" "web.stage.opened" "web.stage.made" "web.stage.delivered" "web.stage.collected" "web.stage.enabled"
	N   int
}

// Exception is one employee's case that does not move by itself.
type Exception struct {
	Name, Masked string
	What         web.Said // what is wrong
	Do           web.Said // the one thing to do
	Who          web.Text // who has to do it
	Mine         bool     // the employer has to
}

// PlaceCount is where the batch's cards are.
type PlaceCount struct {
	Holder web.Text
	Phone  string
	N      int
	What   web.Said // "made, waiting for the courier"
	Home   bool     // with their holders: nobody has to do anything with them
}

// TrackView is the page.
var TrackView = web.NewView[Track](files, "track")

// CountChart draws how many people have reached each stage; no rate is marked, because a batch under
// way has not lost those who are still to come.
func (t Track) CountChart() template.HTML {
	bars := make([]chart.Bar, len(t.Counts))
	for i, c := range t.Counts {
		bars[i] = chart.Bar{Name: t.T(c.Key), N: c.N, Label: t.Num(c.N)}
	}
	return chart.Funnel(chart.Head{ID: "counts", Title: t.T("employer.track.counts"), Text: t.T("employer.track.counts.text")}, bars, 0)
}

// CountFigures are the same as a table.
func (t Track) CountFigures() web.FiguresBox {
	f := web.FiguresBox{Label: t.T("web.data")}
	for _, c := range t.Counts {
		f.Rows = append(f.Rows, web.Figure{Name: t.T(c.Key), Value: t.Num(c.N)})
	}
	return f
}

// shown is how many cases that do not move are listed.
const shown = 100

// track is GET …/track.
func (p *Portal) track(v *visit) error {
	ctx := v.r.Context()
	n, err := application.CountReached(ctx, p.store, v.col.ID)
	if err != nil {
		return err
	}
	states, err := application.CountIn(ctx, p.store, v.col.ID)
	if err != nil {
		return err
	}
	t := Track{Page: p.page(v, "employer.track"), Frame: v.frame("track"), Counts: counts(n), Stay: v.stay(n), Late: int(states[application.Confirmed]), Steps: v.timeline(n)}
	if t.Places, err = p.places(v, t.Page, states); err != nil {
		return err
	}
	if t.Exceptions, err = p.stuck(v); err != nil {
		return err
	}
	t.Promise = v.promise(t.Page, n, t.Places)
	return TrackView.Show(v.w, http.StatusOK, t)
}

func counts(n application.Reached) []Count {
	return []Count{{"web.stage.submitted", n.Submitted}, {"web.stage.compared", n.Compared}, {"web.stage.opened", n.Opened}, {"web.stage.made", n.Made},
		{"web.stage.delivered", n.Delivered}, {"web.stage.collected", n.Handed}, {"web.stage.enabled", n.Enabled}}
}

// timeline is the batch's way: a step is done when the last one has taken it.
func (v *visit) timeline(n application.Reached) []web.Step {
	steps := []web.Step{{Name: "employer.step.open", State: web.StepDone, At: v.col.OpenedAt}, {Name: "employer.step.submit", State: web.StepDone, At: v.col.SubmittedAt}}
	running := false
	for _, s := range []struct {
		name string
		n    int
	}{{"employer.step.compare", n.Compared}, {"employer.step.account", n.Opened}, {"employer.step.make", n.Made}, {"employer.step.deliver", n.Delivered}, {"employer.step.enable", n.Enabled}} {
		step := web.Step{Name: s.name, State: web.StepTodo}
		switch {
		case s.n == n.Submitted:
			step.State = web.StepDone
		case !running:
			step.State, running = web.StepNow, true
			step.Note = web.Say("employer.track.so_far", "n", s.n, "total", n.Submitted)
		case s.n > 0:
			step.Note = web.Say("employer.track.so_far", "n", s.n, "total", n.Submitted)
		}
		steps = append(steps, step)
	}
	return steps
}

// promise is the batch's: kept when the last card is made. Who has most of it is its holder.
func (v *visit) promise(page web.Page, n application.Reached, places []PlaceCount) web.Promise {
	due := day(v.col.DueDay)
	x := web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.batch", "date", due), Due: due, Left: page.DaysTo(due)}
	whole := due.AddDate(0, 0, 1).Sub(v.col.SubmittedAt)
	x.Percent = min(100, max(0, int(100*page.Now.Sub(v.col.SubmittedAt)/whole)))
	for _, h := range places {
		if h.N > 0 && !h.Home {
			x.Holder, x.Phone = h.Holder, h.Phone
			break
		}
	}
	switch {
	case n.Made == n.Submitted:
		x.Kept, x.By = true, web.Say("employer.track.made", "date", due)
	case x.Left < 0:
		x.By = web.Say("web.promise.late.by", "date", due)
	}
	return x
}

// places are who has the cards, or the cases of those who have no card yet; never nobody.
func (p *Portal) places(v *visit, page web.Page, states map[state.State]int64) ([]PlaceCount, error) {
	ctx := v.r.Context()
	held, err := report.HeldOf(ctx, p.store, v.col.ID)
	if err != nil {
		return nil, err
	}
	// Who has no card yet is with the centre, or with the bank while the account is being opened.
	cases := []report.Holding{
		{Kind: ref.HeldByCentre, Holder: "checking", N: states[application.Filed] + states[application.Held] + states[application.Compared] + states[application.Funded]},
		{Kind: ref.HeldByBank, Holder: string(v.col.Bank), N: states[application.Opening] + states[application.Refused]},
	}
	holders := make([]ref.Holder, len(held))
	for i, h := range held {
		holders[i] = ref.Holder{Kind: h.Kind, Name: h.Holder}
	}
	names, err := party.Open(ctx, p.store, p.city, holders)
	if err != nil {
		return nil, err
	}
	var out []PlaceCount
	for i, h := range append(held, cases...) {
		who, what := ref.Holder{Kind: h.Kind, Name: h.Holder}, "employer.place."+string(h.Kind)
		if i >= len(held) {
			what = map[ref.HolderKind]string{ref.HeldByCentre: "employer.place.checking", ref.HeldByBank: "employer.place.opening"}[h.Kind]
		}
		c := PlaceCount{Holder: names.Name(who), Phone: names.Phone(who), N: int(h.N), What: web.Say(what), Home: h.Kind == ref.HeldByPerson}
		if h.Kind == ref.HeldByCentre {
			c.Phone = page.Hotline
		}
		if c.N > 0 {
			out = append(out, c)
		}
	}
	return out, nil
}

// stuck lists the people whose case does not move by itself, with the one thing to do.
func (p *Portal) stuck(v *visit) ([]Exception, error) {
	ctx := v.r.Context()
	list, err := report.StuckIn(ctx, p.store, v.col.ID, shown)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	ids := make([]ref.Application, len(list))
	for i, s := range list {
		ids[i] = s.Application
	}
	apps, err := application.Find(ctx, p.store, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[ref.Application]application.Application, len(apps))
	for _, a := range apps {
		byID[a.ID] = a
	}
	owners := make([]ref.Holder, len(list))
	for i, s := range list {
		owners[i] = ref.Holder{Kind: s.OwnerKind, Name: s.Owner}
	}
	names, err := party.Open(ctx, p.store, p.city, owners)
	if err != nil {
		return nil, err
	}
	out := make([]Exception, len(list))
	for i, s := range list {
		a := byID[s.Application]
		out[i] = Exception{Name: a.Name.Reveal(), Masked: a.Number.Masked(), What: web.Say("trouble." + s.Kind), Do: web.Say("trouble." + s.Kind + ".do"),
			Who: names.Name(owners[i]), Mine: s.OwnerKind == ref.OwnEmployer}
		if why := "account.refused." + s.Reason; wording.Has(why) {
			out[i].What = web.Say("employer.track.refused", "why", web.Say(why))
		}
	}
	return out, nil
}
