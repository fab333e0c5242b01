package employer

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/employer"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/flow/applygroup"
	"kawu/kit/fault"
	"kawu/kit/state"
)

// Bank is /employer/batches/{id}/bank, step 2: how to collect, exactly one bank, one of its
// outlets, the agreed time. Fields: mode, bank, outlet, pickup (date), find (filters outlets).
type Bank struct {
	web.Page
	Frame
	People   int
	Mode     string   // one of Modes
	Bank     string   // code
	Outlet   string   // id
	PickUp   string   // date as typed, 2006-01-02
	Find     string   // filter of the outlets' list
	Offered  []string // of Modes, those that the notice offers; nil: all
	Banks    []BankChoice
	Outlets  []OutletChoice // of the chosen bank, at most outletsShown; Find narrows
	More     int            // outlets not shown
	Earliest time.Time      // first day that can be promised
}

// BankChoice is one of the city's banks.
type BankChoice struct {
	Code    string
	Name    web.Text
	Payroll bool // pays this employer's wages: recommended
}

// OutletChoice is one outlet of the chosen bank.
type OutletChoice struct {
	ID string
	web.Place
	Full bool // has no room in the wanted week
}

// BankView is the page.
var BankView = web.NewView[Bank](files, "bank")

// ModeChoices are the ways to collect, named "mode".
func (b Bank) ModeChoices() web.Choices {
	g, modes := b.Choices("mode", "employer.bank.mode"), Modes
	if b.Offered != nil {
		modes = b.Offered
	}
	for _, m := range modes {
		g = g.Add(m, b.T("web.pickup."+m), b.T("employer.bank.mode."+m), b.Mode == m)
	}
	return g
}

// BankSelect is the choice of the bank, named "bank"; the one that pays the wages says so.
func (b Bank) BankSelect() web.Select {
	options := []web.Option{{Value: "", Label: b.T("employer.bank.choose")}}
	for _, c := range b.Banks {
		label := c.Name.In(b.Lang)
		if c.Payroll {
			label = b.T("employer.bank.payroll", "bank", label)
		}
		options = append(options, web.Option{Value: c.Code, Label: label})
	}
	return b.Select("bank", "employer.bank.which", b.Bank, options)
}

// FindField narrows the outlets, named "find".
func (b Bank) FindField() web.Field {
	return b.Field("find", "employer.bank.find", b.Find).Hint(b.T("employer.bank.find.hint"))
}

// OutletChoices are the outlets, named "outlet".
func (b Bank) OutletChoices() web.Choices {
	g := b.Choices("outlet", "employer.bank.outlet")
	for _, o := range b.Outlets {
		note := o.Address.In(b.Lang)
		if o.Full {
			note += " · " + b.T("employer.bank.outlet.full")
		}
		g = g.Add(o.ID, o.Name.In(b.Lang), note, b.Outlet == o.ID)
	}
	return g
}

// PickUpField is the agreed date, named "pickup".
func (b Bank) PickUpField() web.Field {
	f := b.Field("pickup", "employer.bank.pickup", b.PickUp).Hint(b.T("employer.bank.pickup.hint", "date", b.Lang.Day(b.Earliest)))
	f.Type, f.Class = "date", "input--narrow"
	return f
}

// outletsShown is how many outlets a page lists before it asks to narrow them.
const outletsShown = 8

// choice is GET …/bank. A choice that is not stored yet is in the query: ids and a date, nothing of
// anybody.
func (p *Portal) choice(v *visit) error {
	q := v.r.URL.Query()
	b := Bank{Page: p.page(v, "employer.bank"), Mode: cmp.Or(q.Get("mode"), string(v.col.Mode)), Bank: cmp.Or(q.Get("bank"), string(v.col.Bank)),
		Outlet: cmp.Or(q.Get("outlet"), string(v.col.Outlet)), PickUp: cmp.Or(q.Get("pickup"), v.col.PickupDay), Find: q.Get("find")}
	return p.showChoice(v, b)
}

func (p *Portal) showChoice(v *visit, b Bank) error {
	ctx := v.r.Context()
	e, err := employer.Get(ctx, p.store, v.col.Employer)
	if err != nil {
		return err
	}
	d, err := p.apply.Rule(ctx, v.col.Employer, v.col.Edition)
	if err != nil {
		return err
	}
	b.Frame, b.People, b.Earliest = v.frame("bank"), int(v.rows.Good), d.Promise.Due.Time()
	for _, code := range p.apply.BanksOf(d) {
		b.Banks = append(b.Banks, BankChoice{Code: string(code), Name: p.bank(ref.Bank(code)), Payroll: ref.Bank(code) == e.PayrollBank})
	}
	for _, m := range Modes {
		if applygroup.Offers(d, application.Mode(m)) {
			b.Offered = append(b.Offered, m)
		}
	}
	if len(b.Errors) == 0 { // what was sent is kept as it was sent
		b.Bank, b.PickUp = cmp.Or(b.Bank, string(e.PayrollBank)), cmp.Or(b.PickUp, b.Earliest.Format(time.DateOnly))
	}
	if err := p.outlets(ctx, &b, e.District); err != nil {
		return err
	}
	return BankView.Form(v.w, b.Page, b)
}

// outlets lists the chosen bank's, those in the employer's district first.
func (p *Portal) outlets(ctx context.Context, b *Bank, district ref.District) error {
	if b.Bank == "" {
		return nil
	}
	all, err := outlet.OfBank(ctx, p.store, ref.City(p.city.ID), ref.Bank(b.Bank))
	if err != nil {
		return err
	}
	find := strings.ToLower(strings.TrimSpace(b.Find))
	all = slices.DeleteFunc(all, func(o outlet.Outlet) bool {
		return !strings.Contains(strings.ToLower(o.Name+" "+o.NameEn+" "+o.Address), find)
	})
	near := func(o outlet.Outlet) int {
		switch {
		case string(o.ID) == b.Outlet:
			return 0
		case o.District == district:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(all, func(x, y outlet.Outlet) int { return near(x) - near(y) })
	b.More = max(0, len(all)-outletsShown)
	for _, o := range all[:len(all)-b.More] {
		b.Outlets = append(b.Outlets, OutletChoice{ID: string(o.ID), Place: place(o)})
	}
	return nil
}

// place is an outlet as pages show it.
func place(o outlet.Outlet) web.Place {
	return web.Place{Name: web.Text{ZH: o.Name, EN: o.NameEn}, Address: web.Text{ZH: o.Address}, Phone: o.Phone, Hours: web.Text{ZH: o.Hours}}
}

// choose is POST …/bank: shows a bank's outlets, or stores the choice.
func (p *Portal) choose(v *visit) error {
	f := v.r.PostFormValue
	b := Bank{Page: p.page(v, "employer.bank"), Mode: f("mode"), Bank: f("bank"), Outlet: f("outlet"), PickUp: f("pickup"), Find: f("find")}
	if f("do") == "find" {
		q := url.Values{"mode": {b.Mode}, "bank": {b.Bank}, "pickup": {b.PickUp}, "find": {b.Find}}
		http.Redirect(v.w, v.r, v.frame("").To("bank")+"?"+q.Encode(), http.StatusSeeOther)
		return nil
	}
	err := p.once(v, "confirm", func() error {
		return p.apply.Choose(v.r.Context(), v.who, v.col.ID, applygroup.Choice{Bank: ref.Bank(b.Bank), Mode: application.Mode(b.Mode),
			Outlet: ref.Outlet(b.Outlet), Day: b.PickUp})
	})
	if err == nil || fault.Of(err) != nil && fault.Of(err).Is(state.ErrMove) || !b.Fail(err) {
		return err
	}
	return p.showChoice(v, b)
}
