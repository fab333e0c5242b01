package citizen

import (
	"errors"
	"net/http"

	"kawu/channel/web"
	"kawu/domain/employer"
	"kawu/domain/person"
)

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

// me is GET /me.
func (p *Portal) me(w http.ResponseWriter, r *http.Request) error {
	_, id := who(r)
	x, err := person.Get(r.Context(), p.Store, id)
	if err != nil {
		return err
	}
	m := Me{Page: p.page(r, "citizen.me"), Phone: x.Mobile.Masked()}
	if m.Employer, err = p.employer(r.Context(), x.Employer); err != nil && !errors.Is(err, employer.ErrUnknown) {
		return err
	}
	return MeView.Show(w, http.StatusOK, m)
}
