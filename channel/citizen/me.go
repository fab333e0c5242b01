package citizen

import "kawu/channel/web"

// Me is GET /me: how pages look (language, size, contrast), what is known, signing out. The
// switches themselves are links that set a cookie.
type Me struct {
	web.Page
	Phone    string // masked
	Employer web.Text
}
