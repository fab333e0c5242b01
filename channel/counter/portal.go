package counter

import (
	"context"
	"net/http"

	"kawu/channel/web"
	"kawu/domain/custody"
	"kawu/domain/portrait"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/flow/balance"
	"kawu/flow/cancelcard"
	"kawu/flow/desk"
	"kawu/flow/handout"
	"kawu/flow/handover"
	"kawu/flow/reportloss"
	"kawu/flow/settle"
	"kawu/flow/takephoto"
	"kawu/kit/clock"
	"kawu/kit/db"
	"kawu/policy"
)

// Deps is what the portal is given.
type Deps struct {
	Hall     *web.Hall
	Store    *db.DB
	City     *policy.City
	HandOut  *handout.Flow
	Handover *handover.Flow
	Balance  *balance.Flow
	Settle   *settle.Flow
	Photos   *takephoto.Flow
	Lost     *reportloss.Flow
	Cancel   *cancelcard.Flow
}

// Portal is the bench.
type Portal struct{ Deps }

// New makes the portal.
func New(d Deps) *Portal { return &Portal{d} }

// Routes adds the portal's addresses. Signing in and out belongs to app.
func (p *Portal) Routes(mux *http.ServeMux) {
	for pattern, page := range map[string]page{
		"GET /counter/{$}":                   p.bench,
		"POST /counter/find":                 p.find,
		"GET /counter/collect/{card}":        p.clerk(p.collect),
		"POST /counter/collect/{card}/{do}":  p.clerk(p.step),
		"GET /counter/receipt/{card}":        p.clerk(p.receipt),
		"GET /counter/handovers":             p.handovers,
		"GET /counter/handovers/{id}":        p.handover,
		"POST /counter/handovers/{id}":       p.sign,
		"GET /counter/photos":                p.photos,
		"POST /counter/photos":               p.snap,
		"GET /counter/photos/{id}":           p.photo,
		"GET /counter/photos/{id}/picture":   p.picture,
		"POST /counter/photos/{id}/accept":   p.accept,
		"POST /counter/photos/{id}/refuse":   p.refuse,
		"POST /counter/photos/{id}/new":      p.another,
		"GET /counter/loss":                  p.clerk(p.loss),
		"POST /counter/loss":                 p.clerk(p.lossFind),
		"GET /counter/loss/{card}":           p.clerk(p.lossCard),
		"POST /counter/loss/{card}":          p.clerk(p.lossDo),
		"GET /counter/tally":                 p.clerk(p.tally),
		"POST /counter/tally":                p.clerk(p.close),
		"GET /counter/bank":                  p.banker(p.bank),
		"POST /counter/bank/site/{id}":       p.banker(p.onSite),
		"POST /counter/bank/exceptions/{id}": p.banker(p.mark),
	} {
		mux.Handle(pattern, p.Hall.Require(web.Counter, p.Hall.Handle(func(w http.ResponseWriter, r *http.Request) error {
			return page(w, r, web.ActorOf(r.Context()))
		})))
	}
}

// page is a handler that knows who asks.
type page func(w http.ResponseWriter, r *http.Request, who desk.Actor) error

// clerk and banker keep pages to one of the two roles that share the portal.
func (p *Portal) clerk(next page) page { return p.only(desk.Clerk, next) }

func (p *Portal) banker(next page) page { return p.only(desk.Banker, next) }

func (p *Portal) only(role desk.Role, next page) page {
	return func(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
		if who.Role != role {
			return web.ErrNoPage
		}
		return next(w, r, who)
	}
}

// holder is the party that somebody at this portal signs for.
func holder(who desk.Actor) ref.Holder {
	if who.Role == desk.Banker {
		return ref.Holder{Kind: ref.HeldByBank, Name: who.Org}
	}
	return ref.Holder{Kind: ref.HeldByOutlet, Name: who.Place}
}

// frame fills what all pages share.
func (p *Portal) frame(ctx context.Context, who desk.Actor, here string) (Frame, error) {
	h := holder(who)
	b, err := report.BalanceOf(ctx, p.Store, h, clock.Day(p.Hall.Clock.Now()))
	if err != nil {
		return Frame{}, err
	}
	waiting, _, err := portrait.Count(ctx, p.Store, h)
	if err != nil {
		return Frame{}, err
	}
	open, err := custody.Open(ctx, p.Store, h.Kind, h.Name)
	return Frame{Photos: waiting, Today: int(b.Out), Waiting: int(b.Now), ToSign: len(open), In: int(b.In), Here: here, Bank: who.Role == desk.Banker}, err
}
