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
