package citizen

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/domain/card"
	"kawu/domain/loss"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/reportloss"
	"kawu/kit/fault"
	"kawu/kit/region"
	"kawu/policy"
	"kawu/policy/notice"
	"kawu/policy/tell"
	"kawu/policy/term"
)

// Lost is GET /lost: one button first, then which half it stops, then how this city replaces a card.
// POST with field "do" reports ("report") or gives the card back ("release").
type Lost struct {
	web.Page
	Card      *Card      // the card in use; nil: none, or nobody is signed in
	Can       bool       // the button reports it now
	WhyNot    web.Said   // signed in, and there is nothing to report
	Report    *Reported  // it is reported; nil: it is not
	Period    Row        // how long a report holds, with its source: of the card, or of all when none is known
	Bank      web.Text   // of the card; empty: not known
	BankPhone string     // "" when the city's list has none
	Replace   []web.Said // the ways to another card, the fastest first, from the city's rules
	Near      []web.Place
}

// Reported is an open report of loss as its holder reads it.
type Reported struct {
	Formal     bool
	Since      time.Time
	Until      time.Time // zero: it does not run out
	Then       web.Said  // what happens then
	CanRelease bool      // online, now
	WhyNot     web.Said  // when it cannot: why, and what to do
}

// LostView is the page.
var LostView = web.NewView[Lost](files, "lost")

// CardBox boxes the card; nil when there is none.
func (l Lost) CardBox() *CardBox { return boxed(l.Page, l.Card) }

// PeriodBox boxes the period with its source.
func (l Lost) PeriodBox() RowBox { return RowBox{l.Page, l.Period} }

// lost is GET /lost: for everybody, and with the button for who is signed in.
func (p *Portal) lost(w http.ResponseWriter, r *http.Request) error {
	return p.showLost(w, r, p.page(r, "citizen.lost"))
}

func (p *Portal) showLost(w http.ResponseWriter, r *http.Request, page web.Page) error {
	ed := p.City().On(page.Now)
	l := Lost{Page: page, Replace: p.replacements(r, page.Now), Period: row(p.City(), "", holds(&ed.Profile, 0))}
	if _, me := who(r); me != "" {
		if err := p.lostCard(r, &l); err != nil {
			return err
		}
	}
	return LostView.Form(w, l.Page, l)
}

// lostCard fills in the card of who is signed in, and how it stands.
func (p *Portal) lostCard(r *http.Request, l *Lost) error {
	f, err := p.file(r)
	if err != nil {
		return err
	}
	c := f.inUse()
	if c == nil {
		l.WhyNot = web.Say("citizen.lost.none")
		if w := f.waiting(); w != nil {
			l.WhyNot = words(reportloss.ErrNotEnabled)
		}
		return nil
	}
	l.Card, l.Bank = p.show(l.Page, c), p.bank(c.Bank)
	l.Period = row(p.City(), "", holds(&p.City().On(l.Now).Profile, int(c.Generation)))
	if b, ok := p.City().Bank(string(c.Bank)); ok {
		l.BankPhone = b.Hotline
	}
	switch c.Social {
	case card.Locked:
		l.WhyNot = words(reportloss.ErrLocked)
	case card.Normal:
		l.Can = true
	default:
		if l.Report, err = p.reported(r, *c); err != nil {
			return err
		}
	}
	l.Vouch(map[string]bool{"said.card.lost": l.Report != nil, "said.card.released": l.Can})
	l.Near, err = p.instant(r, *c)
	return err
}

// holds says how long a report of a card of a generation holds; 0 is a generation that is not known.
func holds(x *notice.Profile, generation int) []tell.Line {
	said := tell.Grounds(x.Loss(max(generation, 1)).Grounds())
	if generation == 0 && x.EarlierLoss != nil {
		return slices.Concat(tell.Grounds(x.TemporaryLoss.Grounds()), said)
	}
	return said
}

// reported reads a card's open report.
func (p *Portal) reported(r *http.Request, c card.Card) (*Reported, error) {
	open, err := loss.Open(r.Context(), p.Store, []ref.Card{c.ID})
	if err != nil {
		return nil, err
	}
	x := open[c.ID]
	out := &Reported{Formal: c.Social == card.Lost, Since: x.Since, Until: x.Until, CanRelease: true}
	if !x.Until.IsZero() {
		out.Then = web.Say("citizen.lost.then." + string(x.Expiry))
	}
	me, _ := who(r)
	if err := p.Loss.MayRelease(r.Context(), me, c); err != nil {
		fl := fault.Of(err)
		if fl == nil {
			return nil, err
		}
		out.CanRelease, out.WhyNot = false, words(fl)
	}
	return out, nil
}

// instant are a few outlets of the card's bank that make cards while one waits.
func (p *Portal) instant(r *http.Request, c card.Card) (out []web.Place, err error) {
	all, err := outlet.OfBank(r.Context(), p.Store, c.City, c.Bank)
	if err != nil {
		return nil, err
	}
	for _, o := range near(all, p.district(r)) {
		if o.Kind == outlet.Instant && len(out) < few {
			out = append(out, place(o))
		}
	}
	return out, nil
}

// lostDone is POST /lost. A second press finds it done and leads to the same page.
func (p *Portal) lostDone(w http.ResponseWriter, r *http.Request) error {
	me, _ := who(r)
	f, err := p.file(r)
	if err != nil {
		return err
	}
	c := f.inUse()
	if c == nil {
		http.Redirect(w, r, "/lost", http.StatusSeeOther)
		return nil
	}
	err = p.Hall.Once(w, r, func() (string, error) {
		if r.PostFormValue("do") == "release" {
			err := p.Loss.Release(r.Context(), me, c.ID, reportloss.Shown{})
			return done(err, reportloss.ErrNotLost, "said.card.released")
		}
		return done(p.Loss.Temporarily(r.Context(), me, c.ID), reportloss.ErrReported, "said.card.lost")
	})
	page := p.page(r, "citizen.lost")
	if err != nil && page.Fail(err) {
		return p.showLost(w, r, page)
	}
	return err
}

// done leads on when it is so now, whoever did it.
func done(err error, already *fault.Fault, said string) (string, error) {
	if errors.Is(err, already) {
		err = nil
	}
	return web.Saying("/lost", said), err
}

// replacements are the ways to another card that the edition in force offers today.
func (p *Portal) replacements(r *http.Request, now time.Time) (out []web.Said) {
	seen := map[string]bool{}
	for _, c := range []term.Channel{term.InstantOutlet, term.BankOutlet, term.CommunityOutlet, term.Online} {
		d := p.decide(r, now, term.Lost, c)
		if d == nil || !d.Allowed || seen[d.Because[0].Message.ZH] {
			continue
		}
		seen[d.Because[0].Message.ZH] = true
		out = append(out, web.Words(web.Text(d.Because[0].Message)))
	}
	return out
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
