package pages

import (
	"net/http"

	"kawu/channel/citizen"
	"kawu/channel/web"
	"kawu/kit/fault"
)

var person = citizen.Person{Name: "林知遥", Masked: "110***********2046", Phone: "138****2209", Address: "西城区百万庄大街 11 号 3 单元 402", PhotoFrom: "web.photo.id_card"}

func said() []citizen.Message {
	return []citizen.Message{
		{At: at(3, 5, 10, 2), To: "138****2209", Text: "【北京社保卡】您的第三代社保卡已到北京银行西直门支行，请本人带身份证领取。电话 010-6600 0118。本短信不含链接。", Unread: true},
		{At: at(2, 12, 9, 1), To: "138****2209", Text: "【北京社保卡】北桥精密仪器有限公司正在为您换领第三代社保卡，确认码 K7QM 4T9D，请登录市人社局官方网站输入。本短信不含链接。"},
	}
}

// wrong shows a form with its problems, as after a POST.
func wrong(p web.Page, problems ...string) web.Page {
	for i := 0; i+1 < len(problems); i += 2 {
		p.Errors = append(p.Errors, web.Problem{Field: problems[i], Text: problems[i+1]})
	}
	return p
}

func confirmData(c Case, done bool) error {
	return citizen.ConfirmDataView.Show(c.w, http.StatusOK, citizen.ConfirmData{Page: c.page(web.PortalCitizen, "citizen.data"), Employer: maker, Deadline: day(3, 8),
		Person: person, Bank: bob, Mode: "web.pickup.outlet", Outlet: &outlet, PickUp: web.Words(web.Text{ZH: "3月20日 起", EN: "from 20 March"}), OldCard: true, Fee: web.Say("citizen.fee.none"), Confirmed: done})
}

func confirmDone(o citizen.Outcome) func(Case) error {
	return func(c Case) error {
		return citizen.ConfirmDoneView.Show(c.w, http.StatusOK, citizen.ConfirmDone{Page: c.page(web.PortalCitizen, "citizen.done.title"), Outcome: o})
	}
}

func activate(change func(*citizen.Activate)) func(Case) error {
	return func(c Case) error {
		a := citizen.Activate{Page: c.page(web.PortalCitizen, "citizen.activate"), Card: newCard(web.HalfOff, web.HalfOff), CanNow: true, OldCard: web.Say("citizen.activate.old.d")}
		change(&a)
		return citizen.ActivateView.Show(c.w, http.StatusOK, a)
	}
}

var citizenMore = []Sample{
	{"/sign-in", "signin", func(c Case) error {
		return citizen.SignInView.Show(c.w, http.StatusOK, citizen.SignIn{Page: nobody(c).page(web.PortalCitizen, "citizen.signin")})
	}},
	{"/sign-in~wrong", "signin", func(c Case) error {
		p := wrong(nobody(c).page(web.PortalCitizen, "citizen.signin"), "number", "证件号码末位校验不符，请对照身份证", "name", "请填写姓名")
		return citizen.SignInView.Form(c.w, p, citizen.SignIn{Page: p, Number: "110102199203054510"})
	}},
	{"/sign-in/code", "signin_code", func(c Case) error {
		return citizen.SignInCodeView.Show(c.w, http.StatusOK, citizen.SignInCode{Page: c.page(web.PortalCitizen, "citizen.code"), Expires: at(3, 5, 14, 30), Again: at(3, 5, 14, 21)})
	}},
	{"/sign-in/code~many", "signin_code", func(c Case) error {
		p := c.page(web.PortalCitizen, "citizen.code")
		p.Fail(fault.New(fault.TooMany, "web.too_many_codes", "too many codes", "minutes", 10))
		return citizen.SignInCodeView.Form(c.w, p, citizen.SignInCode{Page: p, Expires: at(3, 5, 14, 30)})
	}},
	{"/sign-in/notice", "signin_notice", func(c Case) error {
		return citizen.FirstNoticeView.Show(c.w, http.StatusOK, citizen.FirstNotice{Page: c.page(web.PortalCitizen, "citizen.notice")})
	}},
	{"/demo/messages", "sms", func(c Case) error {
		return citizen.InboxView.Show(c.w, http.StatusOK, citizen.Inbox{Page: c.page(web.PortalCitizen, "citizen.sms"), Messages: said()})
	}},
	{"/demo/messages~none", "sms", func(c Case) error {
		return citizen.InboxView.Show(c.w, http.StatusOK, citizen.Inbox{Page: c.page(web.PortalCitizen, "citizen.sms")})
	}},
	{"/messages", "messages", func(c Case) error {
		return citizen.MessagesView.Show(c.w, http.StatusOK, citizen.Messages{Page: c.page(web.PortalCitizen, "citizen.messages"), Messages: said()})
	}},
	{"/messages~none", "messages", func(c Case) error {
		return citizen.MessagesView.Show(c.w, http.StatusOK, citizen.Messages{Page: c.page(web.PortalCitizen, "citizen.messages")})
	}},
	{"/confirm", "confirm", func(c Case) error {
		return citizen.ConfirmCodeView.Show(c.w, http.StatusOK, citizen.ConfirmCode{Page: c.page(web.PortalCitizen, "citizen.confirm")})
	}},
	{"/confirm/data", "confirm_data", func(c Case) error { return confirmData(c, false) }},
	{"/confirm/data~done", "confirm_data", func(c Case) error { return confirmData(c, true) }},
	{"/confirm/correct", "confirm_correct", func(c Case) error {
		p := wrong(c.page(web.PortalCitizen, "citizen.correct"), "phone", "手机号应为 11 位，您填了 9 位")
		return citizen.ConfirmCorrectView.Form(c.w, p, citizen.ConfirmCorrect{Page: p, Name: person.Name, Masked: person.Masked, Known: "138****2209", Phone: "138 0000 22", Address: person.Address, Mail: true})
	}},
	{"/confirm/decline", "confirm_decline", func(c Case) error {
		return citizen.ConfirmDeclineView.Show(c.w, http.StatusOK, citizen.ConfirmDecline{Page: c.page(web.PortalCitizen, "citizen.decline"), Employer: maker})
	}},
	{"/confirm/done", "confirm_done", confirmDone(citizen.Confirmed)},
	{"/confirm/done~corrected", "confirm_done", confirmDone(citizen.Corrected)},
	{"/confirm/done~declined", "confirm_done", confirmDone(citizen.Declined)},
	{"/activate", "activate", activate(func(*citizen.Activate) {})},
	{"/activate~none", "activate", activate(func(a *citizen.Activate) { a.Card = nil })},
	{"/activate~early", "activate", activate(func(a *citizen.Activate) {
		a.CanNow, a.WhyNot, a.Now = false, web.Say("citizen.activate.not_yet"), atOutlet
	})},
	{"/activate~half", "activate", activate(func(a *citizen.Activate) {
		a.CanNow, a.Card = false, newCard(web.HalfTelling, web.HalfOff)
		a.WhyNot = web.Say("citizen.activate.done.untold", "bank", bob)
	})},
	{"/activate/done", "activate_done", func(c Case) error {
		return citizen.ActivateDoneView.Show(c.w, http.StatusOK, citizen.ActivateDone{Page: c.page(web.PortalCitizen, "citizen.activate.done"), At: at(3, 5, 14, 20), SocialSecurity: web.HalfTelling, BankAccount: web.HalfOff,
			OldCardVoid: true, Bank: bob, Outlets: []web.Place{outlet, outlet2, outlet3}})
	}},
	{"/activate/done~both", "activate_done", func(c Case) error {
		return citizen.ActivateDoneView.Show(c.w, http.StatusOK, citizen.ActivateDone{Page: c.page(web.PortalCitizen, "citizen.activate.done"), At: at(3, 5, 14, 20), SocialSecurity: web.HalfOn, BankAccount: web.HalfOn, BankTold: true, Bank: bob})
	}},
	{"/mend", "mend", func(c Case) error {
		p := wrong(c.page(web.PortalCitizen, "citizen.mend"), "phone", "手机号应为 11 位，您填了 9 位。")
		return citizen.MendView.Form(c.w, p, citizen.Mend{Page: p, Bank: bob, Why: "account.refused.phone_mismatch", Do: "citizen.mend.do.phone_mismatch", Number: true, Known: "138****2209", Phone: "138 0000 22", Hotline: "95526"})
	}},
	{"/outlets", "outlets", func(c Case) error {
		return citizen.OutletsView.Show(c.w, http.StatusOK, citizen.Outlets{Page: c.page(web.PortalCitizen, "citizen.outlets"), Banks: []web.Option{{Value: "bob", Label: bob.ZH}}, Bank: "bob",
			Outlets: []web.Place{outlet, outlet2, outlet3}, Pager: web.Pager{Page: 2, Size: 3, Total: 14}})
	}},
	{"/me", "me", func(c Case) error {
		return citizen.MeView.Show(c.w, http.StatusOK, citizen.Me{Page: c.page(web.PortalCitizen, "citizen.me"), Phone: "138****2209", Employer: maker})
	}},
	{"/lost", "lost", func(c Case) error {
		return citizen.LostView.Show(c.w, http.StatusOK, citizen.Lost{Page: c.page(web.PortalCitizen, "citizen.lost"), Period: period, Replace: replacing})
	}},
	{"/fraud", "fraud", func(c Case) error {
		return citizen.FraudView.Show(c.w, http.StatusOK, citizen.Advice{Page: c.page(web.PortalCitizen, "citizen.fraud.title")})
	}},
}
