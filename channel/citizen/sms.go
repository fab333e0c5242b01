package citizen

import (
	"kawu/channel/web"
)

// Inbox is GET /sms, only in a demonstration: what the simulated phones have received.
type Inbox struct {
	web.Page
	Messages []Message
}

// InboxView is the page.
var InboxView = web.NewView[Inbox](files, "sms")
