package citizen

import (
	"time"

	"kawu/channel/web"
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
