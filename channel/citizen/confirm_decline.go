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

// ConfirmDeclineView is the page.
var ConfirmDeclineView = web.NewView[ConfirmDecline](files, "confirm_decline")

// ReasonChoices are the answers as radio buttons, named "reason".
func (c ConfirmDecline) ReasonChoices() web.Choices {
	g := c.Choices("reason", "citizen.decline.why")
	for _, r := range DeclineReasons {
		g = g.Add(r, c.T("citizen.decline."+r, "employer", c.Employer.In(c.Lang)), "", c.Reason == r)
	}
	return g
}
