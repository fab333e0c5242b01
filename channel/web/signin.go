package web

// StaffSignIn is /employer/sign-in, /counter/sign-in and /centre/sign-in: user and password.
type StaffSignIn struct {
	Page
	User    string // as typed; the password is never sent back
	Next    string
	Logins  []Login // only in a demonstration
	Minutes int     // locked out for so long; 0: not
}

// Login is one of the demonstration's users.
type Login struct{ User, Password, Name string }

// StaffSignInView is the page.
var StaffSignInView = NewView[StaffSignIn](pages, "signin")

// UserField is the input for the user's name.
func (s StaffSignIn) UserField() Field {
	return s.Field("user", "web.signin.user", s.User).Filled("username")
}

// PasswordField is the input for the password; it is always empty.
func (s StaffSignIn) PasswordField() Field {
	return s.Field("password", "web.signin.password", "").Filled("current-password").Secret()
}
