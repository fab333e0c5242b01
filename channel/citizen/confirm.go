package citizen

import (
	"kawu/channel/web"
)

// ConfirmCode is /confirm: the code from the employer's notice is typed here, because no message
// ever holds a link.
type ConfirmCode struct {
	web.Page
	Code string // as typed
}
