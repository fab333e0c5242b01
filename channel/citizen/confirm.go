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

// ConfirmCodeView is the page.
var ConfirmCodeView = web.NewView[ConfirmCode](files, "confirm")

// CodeField is the input for the code.
func (c ConfirmCode) CodeField() web.Field {
	return c.Field("code", "citizen.confirm.code", c.Code).Hint(c.T("citizen.confirm.code.hint")).Code(12).Large()
}
