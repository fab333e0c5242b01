package counter

import (
	"context"
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/custody"
	"kawu/domain/employer"
	"kawu/domain/ref"
	"kawu/domain/report"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/flow/settle"
	"kawu/kit/clock"
	"kawu/kit/fault"
)

// Bank is GET /counter/bank: a bank's card operations: lists to sign, employers where cards are to be
// handed out, batches, and what the bank has to act on. POST …/site/{id} hands out a whole collective
// application with field "agree"; POST …/exceptions/{id} settles one with field "why".
type Bank struct {
	web.Page
	Frame
	Lists    []ListRow
	Sites    []Site
	Batches  []BatchProgress
	Troubles []Trouble
}

// Site is an employer where the bank hands cards out.
type Site struct {
	ID       string // collective application
	Employer web.Text
	Day      time.Time // agreed; zero: none
	Cards    int
}

// BatchProgress is how far one batch has come.
type BatchProgress struct {
	No                      string
	Cards, Finished, Handed int
}

// Trouble is something that the bank has to act on.
type Trouble struct {
	ID      string
	What    string // wording key
	Do      string // wording key
	Why     web.Said
	Ref     string
	Since   time.Time
	Due     time.Time
	ByHand  bool // settled with a reason
	Reasons []web.Option
}

// BankView is the page.
var BankView = web.NewView[Bank](files, "bank")

// AgreeTick is the box of a site, named "agree".
func (b Bank) AgreeTick(s Site) web.Choices {
	c := b.Tick("agree-"+s.ID, b.T("counter.site.agree"), false)
	c.Choices[0].Name = "agree"
	return c
}

func (p *Portal) bank(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	b, err := p.bankOf(r, who)
	if err != nil {
		return err
	}
	return BankView.Show(w, http.StatusOK, b)
}

func (p *Portal) bankOf(r *http.Request, who desk.Actor) (Bank, error) {
	ctx, h := r.Context(), holder(who)
	b := Bank{Page: p.Hall.Page(r, web.PortalCounter, "counter.bank")}
	var err error
	if b.Frame, err = p.frame(ctx, who, "bank"); err != nil {
		return b, err
	}
	open, err := custody.Open(ctx, p.Store, h.Kind, h.Name)
	if err != nil {
		return b, err
	}
	if b.Lists, err = p.rows(ctx, who, open[:min(len(open), shown)]); err != nil {
		return b, err
	}
	if b.Sites, err = p.sites(ctx, who); err != nil {
		return b, err
	}
	batches, err := report.BankBatches(ctx, p.Store, ref.Bank(who.Org), shown)
	if err != nil {
		return b, err
	}
	for _, x := range batches {
		b.Batches = append(b.Batches, BatchProgress{party.No("B", string(x.Batch)), int(x.N), int(x.Finished), int(x.Handed)})
	}
	b.Troubles, err = p.troubles(ctx, who, b.Page)
	return b, err
}

func (p *Portal) sites(ctx context.Context, who desk.Actor) ([]Site, error) {
	list, err := report.OnSite(ctx, p.Store, ref.Bank(who.Org), shown)
	if err != nil {
		return nil, err
	}
	ids := make([]ref.Employer, len(list))
	for i, s := range list {
		ids[i] = s.Employer
	}
	names, err := employer.Find(ctx, p.Store, ids)
	out := make([]Site, len(list))
	for i, s := range list {
		day, _ := time.ParseInLocation(time.DateOnly, s.Day, clock.Zone) // no day agreed: zero
		out[i] = Site{ID: string(s.Collective), Employer: web.Text{ZH: names[s.Employer].Name}, Day: day, Cards: int(s.N)}
	}
	return out, err
}

func (p *Portal) troubles(ctx context.Context, who desk.Actor, page web.Page) ([]Trouble, error) {
	list, err := trouble.OpenOf(ctx, p.Store, ref.HeldByBank, who.Org, shown)
	if err != nil {
		return nil, err
	}
	out := make([]Trouble, len(list))
	for i, t := range list {
		out[i] = Trouble{ID: string(t.ID), What: "trouble." + string(t.Kind), Do: "trouble." + string(t.Kind) + ".do", Why: party.Reason(t.Reason),
			Ref: party.Code(t.Subject), Since: t.Since, Due: t.Due, ByHand: settle.ByHand(t.Kind), Reasons: party.Reasons(page)}
	}
	return out, nil
}

// onSite is POST /counter/bank/site/{id}: all cards of one employer, handed out and switched on
// together (BJ-28).
func (p *Portal) onSite(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	id := ref.Collective(r.PathValue("id"))
	err := p.Hall.Once(w, r, func() (string, error) {
		cards, err := report.OnSiteCards(r.Context(), p.Store, ref.Bank(who.Org), id)
		switch {
		case err != nil:
			return "", err
		case len(cards) == 0:
			return "", application.ErrUnknown
		case r.PostFormValue("agree") != "yes":
			return "", fault.List{party.ErrAgree.At("agree-" + string(id))}
		}
		return web.Saying("/counter/bank", "said.site"), p.HandOut.OnSite(r.Context(), who, cards)
	})
	return p.again(w, r, who, err)
}

// mark is POST /counter/bank/exceptions/{id}.
func (p *Portal) mark(w http.ResponseWriter, r *http.Request, who desk.Actor) error {
	err := p.Hall.Once(w, r, func() (string, error) {
		return web.Saying("/counter/bank", "said.settled"),
			p.Settle.Mark(r.Context(), who, ref.Trouble(r.PathValue("id")), settle.Reason(r.PostFormValue("why")))
	})
	return p.again(w, r, who, err)
}

// again shows the page with what was wrong with one of its forms.
func (p *Portal) again(w http.ResponseWriter, r *http.Request, who desk.Actor, wrong error) error {
	if wrong == nil {
		return nil
	}
	b, err := p.bankOf(r, who)
	if err != nil {
		return err
	}
	if !b.Page.Fail(wrong) {
		return wrong
	}
	return BankView.Form(w, b.Page, b)
}
