package citizen

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/kit/region"
	"kawu/policy"
	"kawu/policy/term"
)

// Lost is GET /lost: report it first, then how this city replaces a card.
type Lost struct {
	web.Page
	Replace []web.Said // the ways, the fastest first, from the city's rules
}

// LostView is the page.
var LostView = web.NewView[Lost](files, "lost")

// lost is GET /lost: the ways to another card that the edition in force offers today.
func (p *Portal) lost(w http.ResponseWriter, r *http.Request) error {
	l := Lost{Page: p.page(r, "citizen.lost")}
	seen := map[string]bool{}
	for _, c := range []term.Channel{term.InstantOutlet, term.BankOutlet, term.CommunityOutlet, term.Online} {
		d := p.decide(r, l.Now, term.Lost, c)
		if d == nil || !d.Allowed || seen[d.Because[0].Message.ZH] {
			continue
		}
		seen[d.Because[0].Message.ZH] = true
		l.Replace = append(l.Replace, web.Words(web.Text(d.Because[0].Message)))
	}
	return LostView.Show(w, http.StatusOK, l)
}

// decide asks the edition in force for a person in service with a third-generation card, insured
// where the visitor is; nil when no edition is in force.
func (p *Portal) decide(r *http.Request, on time.Time, reason term.Reason, by term.Channel) *policy.Decision {
	ed := p.City().On(on)
	if ed == nil {
		return nil
	}
	x := policy.Person{Group: term.Employed, District: region.Code(p.district(r)), Age: -1, Holds: term.HoldsGen3}
	if pilot := ed.PilotDistricts(); x.District == "" && len(pilot) > 0 {
		x.District = pilot[0].Code
	}
	if reason == term.CampaignReason {
		x.Holds = term.HoldsGen2
	}
	d := ed.Decide(&x, reason, by, on, p.Calendar)
	return &d
}
