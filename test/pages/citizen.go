package pages

import (
	"net/http"
	"time"

	"kawu/channel/citizen"
	"kawu/channel/web"
	"kawu/kit/clock"
)

func day(m time.Month, d int) time.Time { return time.Date(2024, m, d, 0, 0, 0, 0, clock.Zone) }

func at(m time.Month, d, h, min int) time.Time {
	return time.Date(2024, m, d, h, min, 0, 0, clock.Zone)
}

var (
	bob     = web.Text{ZH: "北京银行", EN: "Bank of Beijing"}
	icbc    = web.Text{ZH: "工商银行", EN: "ICBC"}
	factory = web.Text{ZH: "华北制卡中心", EN: "North China Card Plant"}
	maker   = web.Text{ZH: "北桥精密仪器有限公司", EN: "Beiqiao Precision Instruments"}
	outlet  = web.Place{Name: web.Text{ZH: "北京银行西直门支行", EN: "Bank of Beijing, Xizhimen"}, Address: web.Text{ZH: "西城区西直门外大街 18 号", EN: "18 Xizhimenwai Street, Xicheng"},
		Phone: "010-6600 0118", Hours: web.Text{ZH: "周一至周日 9:00–17:00", EN: "Every day 9:00–17:00"}, Bank: bob}
	outlet2 = web.Place{Name: web.Text{ZH: "北京银行石景山支行", EN: "Bank of Beijing, Shijingshan"}, Address: web.Text{ZH: "石景山区石景山路 40 号", EN: "40 Shijingshan Road"},
		Phone: "010-6600 0240", Hours: web.Text{ZH: "周一至周五 9:00–17:00", EN: "Weekdays 9:00–17:00"}, Bank: bob}
	outlet3 = web.Place{Name: web.Text{ZH: "北京银行怀柔支行", EN: "Bank of Beijing, Huairou"}, Address: web.Text{ZH: "怀柔区青春路 7 号", EN: "7 Qingchun Road, Huairou"},
		Phone: "010-6600 0307", Hours: web.Text{ZH: "周一至周五 9:00–17:00", EN: "Weekdays 9:00–17:00"}, Bank: bob}
)

func oldCard() *citizen.Card {
	return &citizen.Card{Generation: 2, Name: "林知遥", Masked: "110***********2046", State: web.Tag{Tone: web.Good, Said: web.Say("citizen.state.in_use")},
		Bank: icbc, SocialSecurity: web.HalfOn, BankAccount: web.HalfOn}
}

func newCard(ss, bank web.Half) *citizen.Card {
	return &citizen.Card{Generation: 3, Name: "林知遥", Masked: "110***********2046", State: web.Tag{Tone: web.Watch, Said: web.Say("citizen.state.waiting")},
		Bank: bob, SocialSecurity: ss, BankAccount: bank, Expires: day(3, 1).AddDate(10, 0, 0)}
}

func making() []web.Step {
	return []web.Step{
		{Name: "citizen.step.confirm", State: web.StepDone, At: at(2, 12, 9, 14)},
		{Name: "citizen.step.submit", State: web.StepDone, At: at(2, 18, 16, 40), Note: web.Said{}},
		{Name: "citizen.step.compare", State: web.StepDone, At: at(2, 18, 16, 52)},
		{Name: "citizen.step.bank", State: web.StepDone, At: at(2, 21, 11, 5), Note: web.Say("citizen.step.bank.note", "bank", bob, "outlet", outlet.Name)},
		{Name: "citizen.step.make", State: web.StepNow, At: at(3, 1, 9, 0), Box: []web.Said{web.Say("citizen.step.make.box", "batch", "B240301-07", "factory", factory)}},
		{Name: "citizen.step.deliver", State: web.StepTodo, Note: web.Say("citizen.step.deliver.note", "outlet", outlet.Name)},
		{Name: "citizen.step.collect", State: web.StepTodo, Note: web.Say("citizen.step.collect.note")},
	}
}

var citizenSamples = []Sample{
	{"/", "home", func(c Case) error {
		return citizen.HomeView.Show(c.w, http.StatusOK, citizen.Home{Page: c.page(web.PortalCitizen, "citizen.home"), Card: oldCard(),
			Strip: &citizen.Underway{What: web.Say("citizen.underway.made"), Due: day(3, 19), Left: 14},
			Needs: []citizen.Need{{Icon: "apply", What: web.Say("citizen.need.confirm"), Why: web.Say("citizen.need.confirm.open", "employer", maker), Href: "/confirm"}}})
	}},
	{"/~none", "home", func(c Case) error {
		return citizen.HomeView.Show(c.w, http.StatusOK, citizen.Home{Page: c.page(web.PortalCitizen, "citizen.home")})
	}},
	{"/progress", "progress", func(c Case) error {
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821",
			Promise: web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.by", "date", day(3, 19)), Due: day(3, 19), Left: 14, Percent: 53, Holder: factory},
			Where:   outlet, OldCard: web.Say("citizen.progress.old"), Steps: making(),
			Actions: []citizen.Action{
				{Icon: "phone", Name: "citizen.action.call", Note: web.Say("citizen.action.hotline.note", "number", "12333"), Href: "tel:12333"},
				{Icon: "bank", Name: "citizen.action.outlets", Note: web.Say("citizen.action.outlets.note", "bank", bob), Href: "/outlets"},
			}})
	}},
	{"/progress~late", "progress", func(c Case) error {
		steps := making()
		steps[4].State, steps[4].Box, steps[4].At = web.StepDone, nil, at(3, 8, 9, 0)
		steps[5].State, steps[5].At, steps[5].Note = web.StepNow, at(3, 10, 9, 0), web.Said{}
		steps[5].Box = []web.Said{web.Say("citizen.step.deliver.box", "list", "H240310-02", "n", 412, "giver", factory, "taker", outlet.Name)}
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821",
			Cases:   []citizen.Case{{No: "1", What: web.Say("citizen.underway.sent"), Current: true}, {No: "2", What: web.Say("citizen.underway.confirm")}},
			Promise: web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.late.by", "date", day(3, 2)), Due: day(3, 2), Left: -3, Percent: 100, Holder: outlet.Name, Phone: outlet.Phone},
			Where:   outlet, AtPlace: true, OldCard: web.Say("citizen.progress.old"), Steps: steps})
	}},
	{"/progress~none", "progress", func(c Case) error {
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), None: true})
	}},
}
