package citizen

import (
	"kawu/channel/web"
)

// ConfirmCorrect is /confirm/correct: what the person may correct; name and number go back to the
// employer as a remark, because a register decides them.
type ConfirmCorrect struct {
	web.Page
	Name, Masked   string
	Phone, Address string // as typed, or as known
	Remark         string // what is wrong with name or number
	Mail           bool   // the card is mailed: the address matters
}
