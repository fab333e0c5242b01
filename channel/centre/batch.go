package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/card"
	"kawu/domain/exchange"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
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

// BatchView is the page.
var BatchView = web.NewView[Batch](files, "batch")

// Gap is how far an equation is off; 0: it holds.
func (c Check) Gap() int {
	if c.Want > c.Have {
		return c.Want - c.Have
	}
	return c.Have - c.Want
}

// Off is how many equations do not hold.
func (b Batch) Off() int {
	n := 0
	for _, c := range b.Counts {
		if c.Gap() != 0 {
			n++
		}
	}
	return n
}

func (p *Portal) batch(w http.ResponseWriter, r *http.Request, _ desk.Actor) error {
	ctx, id := r.Context(), ref.Batch(r.PathValue("id"))
	b, found, err := report.BatchOf(ctx, p.Store, id)
	if err != nil {
		return err
	}
	if !found {
		return production.ErrUnknown
	}
	book, err := p.book(ctx)
	if err != nil {
		return err
	}
	x := Batch{Page: p.Hall.Page(r, web.PortalCentre, "centre.batch", "no", party.No("B", string(id)))}
	x.BatchRow = batchRow(x.Page, b, book)
	if x.Frame, err = p.frame(ctx, "batches"); err != nil {
		return err
	}
	certified, listed, err := report.Reached(ctx, p.Store, id)
	if err != nil {
		return err
	}
	x.Counts = []Check{{"centre.check.ordered", int(b.Ordered), int(b.Made + b.Failed + b.Awaited)}, {"centre.check.certificates", int(b.Made), int(certified)}}
	if b.State == "finished" || listed > 0 {
		x.Counts = append(x.Counts, Check{"centre.check.delivered", int(b.Made), int(listed)})
	}
	x.Promise, x.Steps = batchPromise(x, b), batchSteps(b)
	if x.Failures, err = p.failures(ctx, id); err != nil {
		return err
	}
	messages, err := exchange.About(ctx, p.Store, string(id), size)
	x.Exchanges = exchangeRows(messages, false)
	if err != nil {
		return err
	}
	return BatchView.Show(w, http.StatusOK, x)
}

// batchPromise is the earliest promise among the cards that are not finished.
func batchPromise(x Batch, b report.Batch) web.Promise {
	v := web.Promise{What: "web.matter.batch_card", Due: x.Due, Holder: x.Factory, Left: x.Left}
	switch {
	case x.Due.IsZero():
		v.By, v.Kept, v.Holder = web.Say("centre.promise.kept"), true, web.Text{}
	case x.Left < 0:
		v.By = web.Say("web.promise.late.by", "date", x.Due)
	default:
		v.By, v.Percent = web.Say("web.promise.batch", "date", x.Due), passed(b.DrawnAt, x.Due, x.Now)
	}
	return v
}

// passed is how much of a time has passed, in percent.
func passed(from, due, now time.Time) int {
	if !due.After(from) {
		return 100
	}
	return max(0, min(100, int(100*now.Sub(from)/due.Sub(from))))
}

func batchSteps(b report.Batch) []web.Step {
	steps := []web.Step{{Name: "centre.step.order", At: b.DrawnAt}, {Name: "centre.step.make", At: b.SentAt}, {Name: "centre.step.keys", At: b.Returned}, {Name: "centre.step.send"}}
	reached := map[string]int{"drawn": 1, "sent": 1, "returned": 2, "finished": 4}[b.State]
	for i := range steps {
		switch {
		case i < reached:
			steps[i].State = web.StepDone
		case i == reached:
			steps[i].State = web.StepNow
		default:
			steps[i].State, steps[i].At = web.StepTodo, time.Time{}
		}
	}
	return steps
}

// failures are the cards of a batch that the factory could not make, with the batch that made them.
func (p *Portal) failures(ctx context.Context, id ref.Batch) ([]Failure, error) {
	troubles, err := trouble.AboutID(ctx, p.Store, string(id), 5*size)
	if err != nil {
		return nil, err
	}
	var ids []ref.Card
	why := map[ref.Card]string{}
	for _, t := range troubles {
		if t.Kind == trouble.CardRemade || t.Kind == trouble.CardUnmade {
			ids, why[ref.Card(t.Subject)] = append(ids, ref.Card(t.Subject)), t.Reason
		}
	}
	cards, err := card.Find(ctx, p.Store, ids)
	out := make([]Failure, len(cards))
	for i, c := range cards {
		out[i] = Failure{Card: c.MaskedNumber(), Why: party.Reason(why[c.ID]), Href: href(string(c.ID))}
		if c.Batch != id {
			out[i].Remade = party.No("B", string(c.Batch))
		}
	}
	return out, err
}
