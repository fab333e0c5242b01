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
