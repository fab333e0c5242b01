package citizen

import (
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
