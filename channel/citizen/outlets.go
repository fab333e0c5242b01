package citizen

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kawu/channel/web"
	"kawu/domain/card"
	"kawu/domain/outlet"
	"kawu/domain/ref"
)

// Outlets is GET /outlets (?bank= ?q=): a bank's outlets.
type Outlets struct {
	web.Page
	Bank    string // chosen bank's code, "" all
	Find    string
	Banks   []web.Option
	Outlets []web.Place
	Pager   web.Pager
}

// OutletsView is the page.
var OutletsView = web.NewView[Outlets](files, "outlets")

// BankSelect is the choice of a bank, named "bank".
func (o Outlets) BankSelect() web.Select {
	return o.Select("bank", "citizen.outlets.bank", o.Bank, o.Banks)
}

// FindField is the input for a name or a street, named "q".
func (o Outlets) FindField() web.Field { return o.Field("q", "citizen.outlets.find", o.Find) }

// outlets is GET /outlets. Without a bank it is that of the card of whoever is signed in, else the
// first of the city's.
func (p *Portal) outlets(w http.ResponseWriter, r *http.Request) error {
	o := Outlets{Page: p.page(r, "citizen.outlets"), Bank: r.FormValue("bank"), Find: r.FormValue("q")}
	for _, b := range p.City().Banks {
		o.Banks = append(o.Banks, web.Option{Value: string(b.Code), Label: web.Text(b.Name).In(o.Lang)})
	}
	if _, ok := p.City().Bank(o.Bank); !ok {
		var err error
		if o.Bank, err = p.usual(r); err != nil {
			return err
		}
	}
	all, err := outlet.OfBank(r.Context(), p.Store, ref.City(p.City().ID), ref.Bank(o.Bank))
	if err != nil {
		return err
	}
	find := strings.ToLower(strings.TrimSpace(o.Find))
	all = slices.DeleteFunc(all, func(x outlet.Outlet) bool {
		return !strings.Contains(strings.ToLower(x.Name+" "+x.NameEn+" "+x.Address), find)
	})
	all = near(all, p.district(r))
	o.Pager = pager(r, len(all), "?"+url.Values{"bank": {o.Bank}, "q": {o.Find}}.Encode())
	for _, x := range all[o.Pager.Offset():min(o.Pager.Offset()+pageSize, len(all))] {
		o.Outlets = append(o.Outlets, place(x))
	}
	return OutletsView.Show(w, http.StatusOK, o)
}

// usual is the bank of the person's newest card, else the city's first.
func (p *Portal) usual(r *http.Request) (string, error) {
	if _, me := who(r); me != "" {
		cards, err := card.OfPerson(r.Context(), p.Store, me)
		if err != nil {
			return "", err
		}
		if len(cards) > 0 {
			return string(cards[0].Bank), nil
		}
	}
	if len(p.City().Banks) == 0 {
		return "", nil
	}
	return string(p.City().Banks[0].Code), nil
}
