package citizen

import (
	"time"

	"kawu/channel/web"
)

// SignInCode is /sign-in/code: the code from the SMS. Never a puzzle.
type SignInCode struct {
	web.Page
	Phone   string    // masked, "138****2209"
	Code    string    // as typed
	Expires time.Time // of the code
	Again   time.Time // not before this another code is sent; zero: at once
	Next    string
}

// SignInCodeView is the page.
var SignInCodeView = web.NewView[SignInCode](files, "signin_code")

// CodeField is the input for the code; phones offer to fill it from the message.
func (s SignInCode) CodeField() web.Field {
	return s.Field("code", "citizen.code.field", s.Code).Hint(s.T("citizen.code.field.hint")).Code(6).Digits().Filled("one-time-code")
}

// Wait says whether it is too early for another code.
func (s SignInCode) Wait() bool { return s.Again.After(s.Now) }
