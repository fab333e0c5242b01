package pages

import (
	"net/http"
	"strings"
	"time"

	"kawu/channel/citizen"
	"kawu/channel/web"
	"kawu/city"
	"kawu/kit/cal"
	"kawu/kit/clock"
	"kawu/policy"
	"kawu/policy/guide"
)

type workdays struct{}

func (workdays) AddWorkingDays(d time.Time, n int) (time.Time, error) {
	return cal.AddWorkingDays(d, n)
}

// edition is a city on a day, from the real book: these pages are made of nothing else.
func edition(name, day string) (*policy.City, time.Time, error) {
	b, err := city.Open(workdays{})
	if err != nil {
		return nil, time.Time{}, err
	}
	c, err := b.City(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	d, err := time.ParseInLocation(time.DateOnly, day, clock.Zone)
	return c, d, err
}

// nobody is the request of somebody who has not signed in.
func nobody(c Case) Case {
	c.r = c.r.WithContext(web.With(c.r.Context(), web.Visitor{}))
	return c
}

// how is the page to which these answers lead in a city on a day.
func how(state, view, name, day, told string) Sample {
	return Sample{"/how" + state, view, func(c Case) error {
		town, on, err := edition(name, day)
		if err != nil {
			return err
		}
		answers := map[guide.Question]string{}
		for _, f := range strings.Fields(told) {
			k, v, _ := strings.Cut(f, "=")
			answers[guide.Question(k)] = v
		}
		p := nobody(c).page(web.PortalCitizen, "guide.title")
		p.City = web.Text(town.Name)
		if state == "~wrong" {
			p = wrong(p, "day", "这不是一个日期。请照卡面抄年、月、日，例如 2029 年 11 月 20 日。")
		}
		return citizen.ShowHow(c.w, p, guide.New(town, on, workdays{}), answers)
	}}
}

// fromEdition shows a page made of an edition.
func fromEdition(path, view, name, day string, show func(Case, web.Page, *policy.Edition, time.Time) error) Sample {
	return Sample{path, view, func(c Case) error {
		town, on, err := edition(name, day)
		if err != nil {
			return err
		}
		p := nobody(c).page(web.PortalCitizen, "citizen."+strings.Replace(view, "notice", "notice.city", 1))
		p.City = web.Text(town.Name)
		return show(c, p, town.On(on), on)
	}}
}

func noticePage(c Case, p web.Page, e *policy.Edition, on time.Time) error {
	return citizen.CityNoticeView.Show(c.w, http.StatusOK, citizen.NoticeOf(p, e, on))
}

func hotlinesPage(c Case, p web.Page, e *policy.Edition, _ time.Time) error {
	return citizen.HotlinesView.Show(c.w, http.StatusOK, citizen.HotlinesOf(p, e))
}

func faqPage(c Case, p web.Page, e *policy.Edition, _ time.Time) error {
	return citizen.FAQView.Show(c.w, http.StatusOK, citizen.FAQOf(p, e))
}

var citizenPublic = []Sample{
	how("", "how", "beijing", "2024-03-05", ""),
	how("~who", "how", "beijing", "2024-03-05", "reason=campaign"),
	how("~district", "how", "beijing", "2024-03-05", "reason=campaign group=employed insured=yes"),
	how("~chengdu", "how", "chengdu", "2019-11-20", "reason=transfer insured=yes"),
	how("~before", "how", "chengdu", "2019-11-20", "reason=first group=resident insured=yes"),
	how("~reading", "how_answer", "urumqi", "2023-05-02", "reason=renew insured=yes lives=local expires=2023-07-01 age=70"),
	how("~day", "how", "urumqi", "2023-05-01", "reason=renew insured=yes lives=local"),
	how("~wrong", "how", "urumqi", "2023-05-01", "reason=renew insured=yes lives=local"),
	how("~employer", "how_answer", "beijing", "2024-03-05", "reason=campaign group=employed insured=yes district=110102 holds=gen2"),
	how("~retired", "how_answer", "shanghai", "2019-05-06", "reason=campaign group=retired insured=yes holds=gen2"),
	how("~no", "how_answer", "beijing", "2024-03-05", "reason=campaign group=retired holds=gen3"),
	how("~plan", "how_answer", "beijing", "2024-07-01", "reason=campaign holds=gen2"),
	how("~opens", "how_answer", "urumqi", "2023-05-01", "reason=renew insured=yes lives=local expires=2023-07-01"),
	how("~away", "how_answer", "urumqi", "2023-05-02", "reason=lost insured=yes lives=elsewhere age=70"),
	how("~instead", "how_answer", "chengdu", "2019-11-20", "reason=first group=resident insured=yes holds=gen2 card-state=normal"),
	how("~pupil", "how_answer", "shanghai", "2019-05-06", "reason=campaign group=pupil insured=yes holds=gen2 school-notified=no age=10"),
	fromEdition("/notice", "notice", "beijing", "2024-03-05", noticePage),
	fromEdition("/notice~chengdu", "notice", "chengdu", "2019-11-20", noticePage),
	fromEdition("/notice~before", "notice", "sample", "2025-02-01", noticePage),
	fromEdition("/hotlines", "hotlines", "beijing", "2024-03-05", hotlinesPage),
	fromEdition("/hotlines~shanghai", "hotlines", "shanghai", "2019-05-06", hotlinesPage),
	fromEdition("/faq", "faq", "chengdu", "2019-11-20", faqPage),
	fromEdition("/faq~none", "faq", "sample", "2025-05-01", func(c Case, p web.Page, _ *policy.Edition, _ time.Time) error {
		return citizen.FAQView.Show(c.w, http.StatusOK, citizen.FAQ{Page: p})
	}),
}
