package citizen

import (
	"kawu/channel/web"
)

// Activate is /activate: the two halves explained, then the explicit confirmation that the old card
// dies now. With nothing to activate it shows how the two switches stand.
type Activate struct {
	web.Page
	Card    *Card    // nil: there is no new card
	CanNow  bool     // the social-security half may be enabled here and now
	WhyNot  web.Said // when it may not: the reason and what to do instead
	OldCard web.Said // what happens to the old card; empty when there is none
	Agreed  bool     // the box was ticked
}

// ActivateView is the page.
var ActivateView = web.NewView[Activate](files, "activate")

// AgreeTick is the box that must be ticked, named "agree".
func (a Activate) AgreeTick() web.Choices {
	if a.OldCard.Empty() {
		return a.Tick("agree", a.T("citizen.activate.agree.first"), a.Agreed)
	}
	return a.Tick("agree", a.T("citizen.activate.agree"), a.Agreed)
}
