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
