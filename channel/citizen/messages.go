package citizen

import (
	"time"

	"kawu/channel/web"
)

// Messages is GET /messages: every SMS also stands here.
type Messages struct {
	web.Page
	Messages []Message
	Pager    web.Pager
}

// Message is one SMS as it was sent. Text is in the language it was sent in.
type Message struct {
	At     time.Time
	To     string // masked number
	Text   string
	Unread bool
}

// MessagesView is the page.
var MessagesView = web.NewView[Messages](files, "messages")
