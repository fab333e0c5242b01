package people_test

import (
	"net/http"
	"testing"
)

// TestPublic: somebody who has not signed in finds out what to do, in both languages, and every
// address leads somewhere, also one that somebody has changed.
func TestPublic(t *testing.T) {
	s := open(t)
	b := s.browser()
	b.cookies["lang"] = "zh-CN"
	b.get("/apply").leads(t, "/how")
	b.get("/how").want(t, http.StatusOK, `href="/how?reason=campaign"`, `href="/sign-in"`)
	b.get("/how?reason=campaign").want(t, http.StatusOK, `href="/how?reason=campaign&amp;group=employed"`)
	b.get("/how?reason=campaign&group=employed&insured=yes&district=110102&holds=gen2").want(t, http.StatusOK, "您可以这样办", "BJ-07", "2024年1月31日", "防诈骗", `href="/confirm"`)
	b.get("/how?reason=campaign&group=retired&holds=gen2").want(t, http.StatusOK, "现在还不能办", "BJ-13", `href="/hotlines"`)
	b.get("/how?reason=fax&district=%00&y=&m=x").leads(t, "/how")
	b.get("/notice").want(t, http.StatusOK, "2024-pilot", "北京市第三代社会保障卡换发试点工作通知")
	b.get("/notice?edition=2024-plan").want(t, http.StatusOK, "尚未施行")
	b.get("/notice?edition=1999").want(t, http.StatusNotFound)
	b.get("/hotlines").want(t, http.StatusOK, `href="tel:12333"`, `href="tel:95588"`, "不会发送含网页链接的短信")
	b.get("/faq").want(t, http.StatusOK, "30天", "BJ-20")
	b.cookies["lang"] = "en"
	for _, page := range []string{"/how", "/how?reason=lost&group=retired&holds=gen2&age=70", "/notice", "/hotlines", "/faq", "/sign-in"} {
		b.get(page).want(t, http.StatusOK)
	}
}
