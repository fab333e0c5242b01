package citizen

import "kawu/channel/web"

// Me is GET /me: how pages look (language, size, contrast), what is known, signing out. The
// switches themselves are links that set a cookie.
type Me struct {
	web.Page
	Phone    string // masked
	Employer web.Text
}

// MeView is the page.
var MeView = web.NewView[Me](files, "me")

// Sizes are the text sizes to choose from.
func (m Me) Sizes() []web.Choice {
	out := []web.Choice{{Value: "0", Label: m.T("citizen.me.size.0"), On: m.Care == ""}}
	for _, s := range web.CareSizes {
		out = append(out, web.Choice{Value: s, Label: m.T("citizen.me.size." + s), On: m.Care == s})
	}
	return out
}
