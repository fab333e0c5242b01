package employer

import (
	"time"

	"kawu/channel/web"
)

// Bank is /employer/batches/{id}/bank, step 2: how to collect, exactly one bank, one of its
// outlets, the agreed time. Fields: mode, bank, outlet, pickup (date), find (filters outlets),
// address and contact (mail and on_site).
type Bank struct {
	web.Page
	Frame
	People   int
	Mode     string // one of Modes
	Bank     string // code
	Outlet   string // id
	PickUp   string // date as typed, 2006-01-02
	Find     string // filter of the outlets' list
	Address  string // where the cards are mailed or the bank comes to
	Contact  string
	Phone    string
	Banks    []BankChoice
	Outlets  []OutletChoice // of the chosen bank, at most some 20; Find narrows
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
	g := b.Choices("mode", "employer.bank.mode")
	for _, m := range Modes {
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
	return b.Field("find", "employer.bank.find", b.Find)
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

// AddressField is where the bank comes to, named "address".
func (b Bank) AddressField() web.Field {
	return b.Field("address", "employer.bank.address", b.Address).Filled("street-address")
}

// ContactField is the employer's contact, named "contact".
func (b Bank) ContactField() web.Field {
	return b.Field("contact", "employer.bank.contact", b.Contact).Filled("name")
}

// PhoneField is the contact's phone, named "phone".
func (b Bank) PhoneField() web.Field {
	return b.Field("phone", "employer.bank.phone", b.Phone).Digits().Filled("tel-national")
}
