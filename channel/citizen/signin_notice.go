package citizen

import (
	"net/http"

	"kawu/channel/web"
)

// FirstNotice is /sign-in/notice: shown once, before the first page: what is used, what for, what
// is never asked. POST agrees.
type FirstNotice struct {
	web.Page
	Next string
}

// FirstNoticeView is the page.
var FirstNoticeView = web.NewView[FirstNotice](files, "signin_notice")

// readNotice is the cookie that remembers on the device that the notice was read.
const readNotice = "kawu_notice"

// notice is GET /sign-in/notice.
func (p *Portal) notice(w http.ResponseWriter, r *http.Request) error {
	return FirstNoticeView.Show(w, http.StatusOK, FirstNotice{Page: p.page(r, "citizen.notice"), Next: web.Next(r, web.PortalCitizen)})
}

// noticed is POST /sign-in/notice.
func (p *Portal) noticed(w http.ResponseWriter, r *http.Request) error {
	http.SetCookie(w, &http.Cookie{Name: readNotice, Value: "1", Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(w, r, web.Next(r, web.PortalCitizen), http.StatusSeeOther)
	return nil
}
