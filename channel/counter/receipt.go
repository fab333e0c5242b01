package counter

import (
	"time"

	"kawu/channel/web"
)

// Receipt is GET /counter/receipt/{card}: printed for the person.
type Receipt struct {
	web.Page
	Frame
	No             string
	Card           string
	Name, Masked   string
	CardNo         string // masked
	Outlet         web.Text
	Clerk          string
	At             time.Time
	SocialSecurity web.Half
	BankAccount    web.Half
	BankTold       bool
	OldCardVoid    bool
	Bank           web.Text
	Proxy          string // who collected for the person; ""
}

// ReceiptView is the page.
var ReceiptView = web.NewView[Receipt](files, "receipt")
