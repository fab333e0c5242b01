package citizen

import (
	"kawu/channel/web"
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
