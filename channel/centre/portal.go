package centre

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/cancellation"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/edition"
	"kawu/domain/exchange"
	"kawu/domain/production"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/cancelcard"
	"kawu/flow/compare"
	"kawu/flow/desk"
	"kawu/flow/handover"
	"kawu/flow/makecard"
	"kawu/flow/openaccount"
	"kawu/flow/oversee"
	"kawu/flow/post"
	"kawu/flow/publish"
	"kawu/flow/readcard"
	"kawu/flow/reportloss"
	"kawu/flow/settle"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/kit/job"
	"kawu/kit/sm"
	"kawu/policy"
)

// Deps is what the console is given.
type Deps struct {
	Hall     *web.Hall
	Store    *db.DB
	City     *policy.City  // its names; what is decided stands in Publish
	Key      *sm.PublicKey // the centre's, for the signatures of the audit trail's anchors
	Handover *handover.Flow
	Accounts *openaccount.Flow
	Compare  *compare.Flow
	Make     *makecard.Flow
	Post     *post.Office
	Settle   *settle.Flow
	Oversee  *oversee.Flow
	Read     *readcard.Flow // the register of terminals
	Publish  *publish.Flow  // and with it the policy in force
	Report   *reportloss.Flow
	Cancel   *cancelcard.Flow
}

// Portal is the console.
type Portal struct {
	Deps
	city  ref.City
	trail trail
}

// New makes the console.
func New(d Deps) *Portal { return &Portal{Deps: d, city: ref.City(d.City.ID)} }

// Routes adds the console's addresses. Signing in and out belongs to app.
func (p *Portal) Routes(mux *http.ServeMux) {
	for pattern, page := range map[string]page{
		"GET /centre/{$}":                   p.overview,
		"POST /centre/search":               p.search,
		"GET /centre/exceptions":            p.exceptions,
		"POST /centre/exceptions/{id}":      p.act,
		"GET /centre/overdue":               p.overdue,
		"POST /centre/overdue/{id}":         p.chase,
		"GET /centre/batches":               p.batches,
		"GET /centre/batches/{id}":          p.batch,
		"GET /centre/handovers":             p.handovers,
		"GET /centre/handovers/{id}":        p.handover,
		"POST /centre/handovers/{id}":       p.sign,
		"GET /centre/cards/{id}":            p.card,
		"POST /centre/cards/{id}":           p.lose,
		"GET /centre/losses":                p.losses,
		"GET /centre/exchanges":             p.exchanges,
		"POST /centre/exchanges/{id}/again": p.again,
		"GET /centre/audit":                 p.audit,
		"GET /centre/faces":                 p.faces,
		"GET /centre/faces/{id}":            p.face,
		"POST /centre/faces/{id}":           p.judge,
		"GET /centre/terminals":             p.terminals,
		"POST /centre/terminals/{id}":       p.moveTerminal,
		"GET /centre/duties":                p.duties,
		"GET /centre/editions":              p.editions,
		"GET /centre/editions/{id}":         p.edition,
		"GET /centre/editions/{id}/text":    p.editionText,
		"GET /centre/proposals/new":         p.propose,
		"POST /centre/proposals/new":        p.proposed,
		"GET /centre/proposals/{id}":        p.proposal,
		"POST /centre/proposals/{id}":       p.decide,
		"GET /centre/calendar":              p.calendar,
	} {
		mux.Handle(pattern, p.Hall.Require(web.Centre, p.Hall.Handle(func(w http.ResponseWriter, r *http.Request) error {
			return page(w, r, web.ActorOf(r.Context()))
		})))
	}
}

// page is a handler that knows who asks.
type page func(w http.ResponseWriter, r *http.Request, who desk.Actor) error

// size is how many lines stand on one page of a list.
const size = 20

// today is the China day of the business clock, as rooms keep promised days.
func (p *Portal) today() string { return p.Hall.Clock.Now().In(clock.Zone).Format(time.DateOnly) }

// frame counts what the rail shows.
func (p *Portal) frame(ctx context.Context, here string) (Frame, error) {
	f := Frame{Here: here}
	late, err := report.OverdueBy(ctx, p.Store, p.city, p.today())
	if err != nil {
		return f, err
	}
	for _, l := range late {
		f.Overdue += int(l.N)
	}
	batches, err := report.CountBatches(ctx, p.Store, p.city)
	if err != nil {
		return f, err
	}
	f.Batches = batches["drawn"] + batches["sent"]
	lists, err := custody.CountLists(ctx, p.Store, p.city)
	if err != nil {
		return f, err
	}
	f.Handovers = lists["drawn"] + lists["given"] + lists["differs"]
	troubles, err := trouble.CountOpen(ctx, p.Store, p.city)
	if err != nil {
		return f, err
	}
	for _, n := range troubles {
		f.Exceptions += n
	}
	messages, err := exchange.CountStates(ctx, p.Store, "")
	if err != nil {
		return f, err
	}
	f.Outbox = messages["failed"]
	if f.Faces, _, err = production.CountProofs(ctx, p.Store, p.city); err != nil {
		return f, err
	}
	waiting, err := edition.Waiting(ctx, p.Store, p.city)
	if err != nil {
		return f, err
	}
	f.Proposals = int(waiting)
	asked, err := cancellation.Waiting(ctx, p.Store, p.city, stuckMost)
	if err != nil {
		return f, err
	}
	f.Cancels = len(asked)
	stuck, err := job.AllStuck(ctx, p.Store, stuckMost)
	f.Stuck = len(stuck)
	return f, err
}

// book names holders.
func (p *Portal) book(ctx context.Context, holders ...ref.Holder) (party.Book, error) {
	return party.Open(ctx, p.Store, p.City, holders)
}

// cardOf finds the cards of a set of applications.
func (p *Portal) cardOf(ctx context.Context, apps []ref.Application) (map[ref.Application]card.Card, error) {
	list, err := card.OfApplications(ctx, p.Store, apps)
	out := make(map[ref.Application]card.Card, len(list))
	for _, c := range list {
		out[c.Application] = c
	}
	return out, err
}

// stages are where an application waits.
var stages = map[string]string{
	string(application.Filed): "centre.stage.compare", string(application.Held): "centre.stage.compare", string(application.Compared): "centre.stage.account",
	string(application.Opening): "centre.stage.account", string(application.Refused): "centre.stage.account", string(application.Funded): "centre.stage.make",
	string(application.Making): "centre.stage.make", string(application.Made): "centre.stage.deliver", string(application.OnTheWay): "centre.stage.deliver",
	string(application.Ready): "centre.stage.deliver", string(application.Handed): "centre.stage.enable",
}

func stage(state string) string {
	if key, ok := stages[state]; ok {
		return key
	}
	return "centre.stage.confirm"
}

// date reads a day as rooms keep it; the zero time for none.
func date(s string) time.Time {
	t, _ := time.ParseInLocation(time.DateOnly, s, clock.Zone)
	return t
}
