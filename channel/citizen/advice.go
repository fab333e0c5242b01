package citizen

import "kawu/channel/web"

// Advice is GET /fraud: how to know a true message. Its words are fixed.
type Advice struct{ web.Page }

// FraudView is the page.
var FraudView = web.NewView[Advice](files, "fraud")
