package citizen

import (
	"kawu/channel/web"
)

// SignIn is /sign-in: identity number and name. POST sends a code to the mobile known to the
// register, or says nothing of whether the person exists.
type SignIn struct {
	web.Page
	Number, Name string // as typed; kept when something is wrong
	Next         string // where to go afterwards
}

// SignInView is the page.
var SignInView = web.NewView[SignIn](files, "signin")

// NumberField is the input for the identity number.
func (s SignIn) NumberField() web.Field {
	return s.Field("number", "citizen.signin.number", s.Number).Hint(s.T("citizen.signin.number.hint")).Code(24)
}

// NameField is the input for the name; 50 bytes of GB 18030 fit a card.
func (s SignIn) NameField() web.Field {
	return s.Field("name", "citizen.signin.name", s.Name).Hint(s.T("citizen.signin.name.hint")).Filled("name")
}
