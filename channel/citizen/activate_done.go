package citizen

import (
	"net/http"
	"slices"
	"time"

	"kawu/channel/web"
	"kawu/domain/outlet"
	"kawu/domain/person"
	"kawu/domain/ref"
)

// ActivateDone is GET /activate/done: what has happened, what is still to come, where.
type ActivateDone struct {
	web.Page
	At             time.Time
	SocialSecurity web.Half
	BankAccount    web.Half
	BankTold       bool // the bank has confirmed that it knows; false is said honestly
	OldCardVoid    bool
	Bank           web.Text
	Outlets        []web.Place // a few of the bank's outlets; any outlet will do
}

// ActivateDoneView is the page.
var ActivateDoneView = web.NewView[ActivateDone](files, "activate_done")

// few is how many outlets the page names before it leads to the list.
const few = 3

// activateDone is GET /activate/done: how things stand, whenever one looks. A card that was stopped since
// is not done: /activate says how it stands.
func (p *Portal) activateDone(w http.ResponseWriter, r *http.Request) error {
	f, err := p.file(r)
	if err != nil {
		return err
	}
	c := f.newest()
	if c == nil || c.EnabledAt.IsZero() || social(*c) == web.HalfLost || social(*c) == web.HalfVoid {
		http.Redirect(w, r, "/activate", http.StatusSeeOther)
		return nil
	}
	d := ActivateDone{Page: p.page(r, "citizen.activate.done"), At: c.EnabledAt, SocialSecurity: social(*c), BankAccount: financial(*c),
		BankTold: c.Told == "told", Bank: p.bank(c.Bank)}
	for _, o := range f.cards {
		d.OldCardVoid = d.OldCardVoid || o.ID != c.ID && o.VoidedAt.Equal(c.EnabledAt)
	}
	all, err := outlet.OfBank(r.Context(), p.Store, c.City, c.Bank)
	if err != nil {
		return err
	}
	for _, o := range near(all, p.district(r))[:min(few, len(all))] {
		d.Outlets = append(d.Outlets, place(o))
	}
	return ActivateDoneView.Show(w, http.StatusOK, d)
}

// near puts the outlets of a district first.
func near(all []outlet.Outlet, d ref.District) []outlet.Outlet {
	slices.SortStableFunc(all, func(a, b outlet.Outlet) int {
		switch {
		case a.District == d && b.District != d:
			return -1
		case a.District != d && b.District == d:
			return 1
		}
		return 0
	})
	return all
}

// district is where the person signed in is insured; "" when nobody is.
func (p *Portal) district(r *http.Request) ref.District {
	_, id := who(r)
	if id == "" {
		return ""
	}
	me, err := person.Get(r.Context(), p.Store, id)
	if err != nil {
		return "" // only the order of a list depends on it
	}
	return me.District
}
