package web

import (
	"net/http"
	"slices"

	"kawu/kit/wording"
)

// Prefs is how a person wants pages to look, kept in cookies on the device: language, text size,
// contrast, kiosk. They say nothing about who the person is.
type Prefs struct {
	Language wording.Lang
	Care     string // "" standard, otherwise root size of the care mode in px: "20" "23" "26" "30"
	Contrast bool   // high contrast
	Kiosk    bool   // kiosk density
}

// CareSizes are the steps of the care mode in px; 23 is where it starts.
var CareSizes = []string{"20", "23", "26", "30"}

const yearSeconds = 365 * 24 * 3600

// switches are the query names that change a preference, with the values they accept.
var switches = map[string][]string{
	"lang":     {string(wording.ZH), string(wording.EN)},
	"care":     append([]string{"0", "1"}, CareSizes...),
	"contrast": {"high", "normal"},
	"kiosk":    {"0", "1"},
}

// PrefsOf reads the cookies; without one the browser's languages decide the language.
func PrefsOf(r *http.Request) Prefs {
	get := func(name string) string {
		if c, err := r.Cookie(name); err == nil && slices.Contains(switches[name], c.Value) {
			return c.Value
		}
		return ""
	}
	p := Prefs{Language: wording.Lang(get("lang")), Contrast: get("contrast") == "high", Kiosk: get("kiosk") == "1"}
	switch care := get("care"); care {
	case "", "0":
	case "1":
		p.Care = "23"
	default:
		p.Care = care
	}
	if p.Language == "" {
		p.Language = wording.Prefer(r.Header.Get("Accept-Language"))
	}
	return p
}

// remember turns ?lang=en (and care, contrast, kiosk) into a cookie and comes back to the address
// without it, so that an address that is copied or bookmarked never carries a preference.
func remember(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		changed := false
		for name, allowed := range switches {
			v := q.Get(name)
			if v == "" || !slices.Contains(allowed, v) || r.Method != http.MethodGet {
				continue
			}
			http.SetCookie(w, &http.Cookie{Name: name, Value: v, Path: "/", MaxAge: yearSeconds, HttpOnly: true, SameSite: http.SameSiteLaxMode})
			q.Del(name)
			changed = true
		}
		if !changed {
			next.ServeHTTP(w, r)
			return
		}
		u := *r.URL
		u.RawQuery = q.Encode()
		http.Redirect(w, r, u.RequestURI(), http.StatusSeeOther)
	})
}
