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
