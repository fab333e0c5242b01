package citizen

import (
	"context"
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/kit/state"
)

// Standing is where a made card is for the one who waits for it: what first page, progress and
// activation say alike. It is empty while the card is not made.
type Standing struct {
	Where web.Said // who has it
	Do    web.Said // what the person can do now
	By    web.Said // until when it waits
}

// standing tells of an application's card once it is made. past is the application's history.
func (p *Portal) standing(ctx context.Context, a application.Application, past []state.Step) (Standing, error) {
	switch a.State {
	case application.Made:
		if a.Mode == application.Mail {
			return Standing{Where: web.Say("citizen.stand.to_mail"), Do: web.Say("citizen.stand.to_mail.do")}, nil
		}
		return Standing{Where: web.Say("citizen.stand.made"), Do: web.Say("citizen.stand.made.do")}, nil
	case application.OnTheWay:
		return Standing{Where: web.Say("citizen.stand.mailed"), Do: web.Say("citizen.stand.mailed.do")}, nil
	case application.Handed:
		return Standing{Where: web.Say("citizen.stand.handed"), Do: web.Say("citizen.stand.handed.do")}, nil
	case application.Ready:
		if a.Mode == application.OnSite {
			return Standing{Where: web.Say("citizen.stand.onsite", "bank", p.bank(a.Bank)), Do: web.Say("citizen.stand.onsite.do")}, nil
		}
		o, err := outlet.Get(ctx, p.Store, a.Outlet)
		s := Standing{Where: web.Say("citizen.stand.ready", "outlet", place(o).Name), Do: web.Say("citizen.stand.ready.do")}
		if t := p.kept(a, past); !t.IsZero() {
			s.By = web.Say("citizen.stand.ready.by", "date", t)
		}
		return s, err
	}
	return Standing{}, nil
}

// kept is the last day on which a card waits at its outlet: the edition says after how many days an
// unclaimed one goes back.
func (p *Portal) kept(a application.Application, past []state.Step) time.Time {
	e, err := p.City().Edition(string(a.Edition))
	if err != nil {
		e = p.City().On(p.Hall.Clock.Now())
	}
	for _, s := range slices.Backward(past) {
		if s.Event == "ready" {
			y, m, d := s.At.In(p.Hall.Clock.Now().Location()).Date()
			return time.Date(y, m, d+e.Profile.Unclaimed.Return, 0, 0, 0, 0, p.Hall.Clock.Now().Location())
		}
	}
	return time.Time{}
}

// standingOf is standing for a page that has not read the history.
func (p *Portal) standingOf(r *http.Request, a application.Application) (Standing, error) {
	past, err := state.History(r.Context(), p.Store, []ref.Application{a.ID})
	if err != nil {
		return Standing{}, err
	}
	return p.standing(r.Context(), a, past)
}
