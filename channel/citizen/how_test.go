package citizen_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"kawu/channel/citizen"
	"kawu/channel/web"
	"kawu/city"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/policy"
)

type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}

// door serves the public pages of a city on a day; they need no database.
func door(t *testing.T, name, day string) http.Handler {
	t.Helper()
	b, err := city.Open(workdays{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.City(name)
	if err != nil {
		t.Fatal(err)
	}
	on, err := time.ParseInLocation(time.DateOnly, day, clock.Zone)
	if err != nil {
		t.Fatal(err)
	}
	hall := &web.Hall{Clock: clock.At(on.Add(9 * time.Hour)), Log: slog.New(slog.DiscardHandler), City: web.Text(c.Name), Hotline: "12333"}
	mux := http.NewServeMux()
	(&citizen.Portal{Hall: hall, City: func() *policy.City { return c }, Calendar: workdays{}}).Routes(mux)
	return hall.Wrap(mux)
}

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	return w
}

// TestDayOfExpiry: three boxes become a day in the address; what is no day is kept and explained.
func TestDayOfExpiry(t *testing.T) {
	h := door(t, "urumqi", "2023-05-01")
	const so = "/how?reason=renew&insured=yes&lives=local"
	for boxes, want := range map[string]string{
		"&y=2023&m=7&d=1":       so + "&expires=2023-07-01",
		"&y=23&m=07&d=01":       so + "&expires=2023-07-01",
		"&y=２０２３年&m=７月&d=%201日": so + "&expires=2023-07-01",
		"&y=2024&m=2&d=29":      so + "&expires=2024-02-29",
	} {
		if w := get(h, so+boxes); w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("%s: %d %s", boxes, w.Code, w.Header().Get("Location"))
		}
	}
	for _, boxes := range []string{"&y=2023&m=2&d=29", "&y=2023&m=13&d=1", "&y=&m=&d=", "&y=someday&m=1&d=1"} {
		w := get(h, so+boxes)
		if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `href="#f-day"`) || !strings.Contains(body, `name="lives" value="local"`) {
			t.Errorf("%s: %d", boxes, w.Code)
		}
	}
	if w := get(h, so+"&y=2023&m=2&d=29"); !strings.Contains(w.Body.String(), `value="29"`) {
		t.Error("what was typed is gone")
	}
	if w := get(h, "/how?y=1&m=&d="); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/how" {
		t.Errorf("boxes that nobody asked for: %d %s", w.Code, w.Header().Get("Location"))
	}
}

// TestAnswersOfCities: what stands on the page of the answer, with its basis.
func TestAnswersOfCities(t *testing.T) {
	for _, x := range []struct {
		city, day, told string
		want            []string
	}{
		{"urumqi", "2023-05-01", "reason=renew&insured=yes&lives=local&expires=2023-07-01", []string{"现在还不能办", "2023年5月2日", "XJ-10", "在社保卡有效期限届满前60天即可办理换卡业务"}},
		{"urumqi", "2023-05-02", "reason=renew&insured=yes&lives=local&expires=2023-07-01&age=70", []string{"您可以这样办", "到银行网点办", "当场做好", "通知没有写明", "天山农商银行", "没有写明换领并激活第三代卡之后原卡是否还能用", "XJ-11"}},
		{"shanghai", "2019-05-06", "reason=campaign&group=retired&insured=yes&holds=gen2", []string{"到银行网点办", "养老金代发银行", "2019年6月5日", "2018年12月26日", "网上自助换发面向中小幼人员"}},
		{"shanghai", "2019-05-06", "reason=campaign&group=pupil&insured=yes&school-notified=no&age=8&holds=gen2", []string{"到社区服务网点办", "收到学校通知", "SH-41"}},
		{"beijing", "2024-03-05", "reason=campaign&group=employed&insured=yes&district=110102&holds=gen2", []string{"由单位在网上统一办", "2024年4月4日", "BJ-13", "防诈骗", `href="/confirm"`}},
		{"chengdu", "2019-11-20", "reason=transfer&insured=yes&card-state=normal&age=30", []string{"自己在网上办", "归属地转移", "CD-41"}},
		{"chengdu", "2019-11-20", "reason=first&group=resident&insured=yes&holds=gen2&card-state=normal", []string{"您可以改办", `href="/how?reason=transfer`, "最多再答"}},
		{"beijing", "2024-07-01", "reason=campaign&holds=gen2", []string{"您可以改办", `href="/how?reason=renew`, "最多再答", "以后的安排", "灵活就业和退休人员", "BJ-48"}},
	} {
		w := get(door(t, x.city, x.day), "/how?"+x.told)
		for _, text := range x.want {
			if !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s %s %s: %d, no %q", x.city, x.day, x.told, w.Code, text)
			}
		}
	}
}

// TestWhichCard: nobody who has no card yet is asked which it is; where cards move between the cities of a
// province, whether there ever was one; and every page says how far it still goes.
func TestWhichCard(t *testing.T) {
	for _, x := range []struct{ city, day, told, want, never string }{
		{"chengdu", "2019-11-20", "reason=first&group=resident&insured=yes", "以前办过别的卡吗？", "现在手里是什么卡"},
		{"chengdu", "2019-11-20", "reason=first&group=resident&insured=yes", "在省内别的城市办过社保卡", "第二代社保卡"},
		{"chengdu", "2019-11-20", "reason=campaign&group=resident&insured=yes", "现在手里是什么卡", "以前办过别的卡吗"},
		{"shanghai", "2019-05-06", "reason=first&group=retired&insured=yes", "您可以这样办", "现在手里是什么卡"},
		{"urumqi", "2023-05-02", "reason=renew&insured=yes&lives=local", "后面最多还有 1 问", "最后一问"},
		{"urumqi", "2023-05-02", "reason=renew&insured=yes&lives=local&expires=2023-07-01", "最后一问", "后面最多"},
	} {
		body := get(door(t, x.city, x.day), "/how?"+x.told).Body.String()
		if !strings.Contains(body, x.want) || strings.Contains(body, x.never) {
			t.Errorf("%s %s: want %q and never %q", x.city, x.told, x.want, x.never)
		}
	}
}

// TestNoticeOfCities: the notice's page says what the edition decides, each part of it, and which
// edition it is made from.
func TestNoticeOfCities(t *testing.T) {
	for _, x := range []struct {
		city, day, path string
		want            []string
	}{
		{"beijing", "2024-03-05", "/notice", []string{"2024-pilot", "2024年1月31日", "现行", "西城区、石景山区、怀柔区", "30日内制卡完毕", "12333", "招商银行", "不会发送含网页链接的短信", "尚未施行"}},
		{"beijing", "2024-07-01", "/notice?edition=2024-pilot", []string{"2024-pilot", "已结束", "/notice?edition=2024-plan"}},
		{"shanghai", "2019-05-06", "/notice", []string{"962222", "962218", "养老金代发银行", "2020年12月31日"}},
		{"chengdu", "2019-11-20", "/faq", []string{"养老金", "30个工作日", "2019年12月31日", "CD-22"}},
		{"urumqi", "2023-05-02", "/hotlines", []string{"tel:12333", "tel:95588"}},
	} {
		w := get(door(t, x.city, x.day), x.path)
		for _, text := range x.want {
			if !strings.Contains(w.Body.String(), text) {
				t.Errorf("%s %s %s: %d, no %q", x.city, x.day, x.path, w.Code, text)
			}
		}
	}
	if w := get(door(t, "beijing", "2024-03-05"), "/notice?edition=none"); w.Code != http.StatusNotFound {
		t.Errorf("an edition that does not exist: %d", w.Code)
	}
}
