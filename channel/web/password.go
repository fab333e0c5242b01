package web

// StaffPassword is /employer/password, /counter/password and /centre/password: the choice of the own
// password. No password is ever sent back.
type StaffPassword struct {
	Page
	Login string
	First bool // a first password is in use: nothing else is open until another is chosen
	Least int  // characters at least
}

// StaffPasswordView is the page.
var StaffPasswordView = NewView[StaffPassword](pages, "password")

// PasswordOf is the address of a staff portal's choice of a password.
func PasswordOf(p Portal) string { return p.Home() + "password" }

// OldField is the input for the password of now.
func (s StaffPassword) OldField() Field {
	return s.Field("old", "web.password.old", "").Filled("current-password").Secret()
}

// NewField is the input for the new password, with its rules.
func (s StaffPassword) NewField() Field {
	return s.Field("new", "web.password.new", "").Hint(s.T("web.password.rule", "min", s.Least)).Filled("new-password").Secret()
}

// AgainField is the input for the new password once more.
func (s StaffPassword) AgainField() Field {
	return s.Field("again", "web.password.again", "").Filled("new-password").Secret()
}
