package citizen

import (
	"net/http"
	"slices"

	"kawu/channel/web"
	"kawu/policy/term"
)

// Apply is GET /apply: what the city's rules answer to "may I apply?", with the clauses that decided
// it and what to do instead. A page, not an error: nobody is sent away with "not allowed".
type Apply struct {
	web.Page
	Answer  web.Said   // "during the pilot, through your employer"
	Because []Clause   // what decided it
	Ways    []web.Said // what the person can do, in order
	Banks   []web.Text // the city's banks
	Later   web.Said   // who is next and when; empty: not announced
}

// Clause is one rule with its source.
type Clause struct{ What, Source web.Said }

// ApplyView is the page.
var ApplyView = web.NewView[Apply](files, "apply")

// applying is GET /apply: asks the edition in force whether one can apply for oneself, online.
func (p *Portal) applying(w http.ResponseWriter, r *http.Request) error {
	a := Apply{Page: p.page(r, "citizen.apply")}
	for _, b := range p.City.Banks {
		a.Banks = append(a.Banks, web.Text(b.Name))
	}
	if d := p.decide(r, a.Now, term.CampaignReason, term.Online); d != nil {
		a.Answer = web.Words(web.Text(d.Because[0].Message))
		seen := map[string]bool{}
		for _, g := range d.Because {
			if !seen[g.Phrase] {
				seen[g.Phrase] = true
				a.Because = append(a.Because, Clause{web.Words(web.Text{ZH: "「" + g.Phrase + "」"}), web.Words(web.Text{ZH: g.Source})})
			}
		}
		if slices.Contains(d.Offered.List(), term.EmployerOnline) {
			a.Ways = []web.Said{web.Say("citizen.apply.how.1"), web.Say("citizen.apply.how.2"), web.Say("citizen.apply.how.3")}
		}
	}
	return ApplyView.Show(w, http.StatusOK, a)
}
