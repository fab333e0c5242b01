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

// ConfirmCorrectView is the page.
var ConfirmCorrectView = web.NewView[ConfirmCorrect](files, "confirm_correct")

// PhoneField is the input for the mobile number.
func (c ConfirmCorrect) PhoneField() web.Field {
	return c.Field("phone", "citizen.data.phone", c.Phone).Hint(c.T("citizen.correct.phone.hint")).Code(16).Digits().Filled("tel-national")
}

// AddressField is the input for the address.
func (c ConfirmCorrect) AddressField() web.Field {
	hint := "citizen.correct.address.hint"
	if c.Mail {
		hint = "citizen.correct.address.mail"
	}
	return c.Field("address", "citizen.data.address", c.Address).Hint(c.T(hint)).Filled("street-address")
}

// RemarkField is the input for what is wrong with name or number.
func (c ConfirmCorrect) RemarkField() web.Field {
	return c.Field("remark", "citizen.correct.remark", c.Remark)
}
