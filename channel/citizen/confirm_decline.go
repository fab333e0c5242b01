package citizen

import (
	"kawu/channel/web"
)

// ConfirmDecline is /confirm/decline: not taking part; the old card keeps working.
type ConfirmDecline struct {
	web.Page
	Employer web.Text
	Reason   string // one of DeclineReasons, "" when none is chosen yet
}

// DeclineReasons are the answers offered; each is also the end of its wording key
// ("citizen.decline.left").
var DeclineReasons = []string{"left", "have_card", "bank", "other"}
