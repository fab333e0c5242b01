package pages

import (
	"net/http"
	"time"

	"kawu/channel/employer"
	"kawu/channel/web"
)

func upload(c Case, p web.Page, last *employer.Uploaded) error {
	return employer.UploadView.Form(c.w, p, employer.Upload{Page: p, Frame: frame("upload", 1), Last: last, MaxMB: 20, MaxRow: 100000})
}

func bank(c Case, p web.Page, change func(*employer.Bank)) error {
	b := employer.Bank{Page: p, Frame: frame("bank", 2), People: 972, Mode: "outlet", Earliest: day(3, 4), PickUp: "2024-03-20",
		Banks: []employer.BankChoice{{Code: "bob", Name: bob, Payroll: true}, {Code: "icbc", Name: icbc}}}
	change(&b)
	return employer.BankView.Form(c.w, p, b)
}

func answers(c Case, change func(*employer.Confirm)) error {
	f := employer.Confirm{Page: c.page(web.PortalEmployer, "employer.confirm"), Frame: frame("confirm", 3), Notified: at(2, 12, 9, 0), Bank: bob, Mode: "web.pickup.outlet",
		Total: 972, Unread: 64, Confirmed: 880, Corrected: 19, Declined: 9, Reminded: at(3, 4, 9, 30), CanRemind: true, Tab: "unread",
		People: []employer.Answer{
			{Line: 12, Name: "欧阳秉谦", Masked: "110***********2401", Phone: "139****1841", State: "unread", Reached: web.Say("employer.reached.delivered")},
			{Line: 43, Name: "阿卜杜热合曼·买买提", Masked: "110***********4510", Phone: "138****0772", State: "unread", Reached: web.Say("employer.reached.failed")},
			{Line: 77, Name: "何一", Masked: "110***********0039", Phone: "137****0039", State: "corrected", At: at(2, 13, 20, 11), Remark: "手机号已换"},
			{Line: 78, Name: "陈慕华", Masked: "110***********0047", Phone: "137****0047", State: "confirmed", At: at(2, 13, 20, 15)},
			{Line: 80, Name: "司马䶮𠅤", Masked: "110***********7723", Phone: "136****9120", State: "declined", At: at(2, 14, 8, 2), Remark: "已有第三代社保卡"},
		}, Pager: web.Pager{Page: 1, Size: 20, Total: 64, Base: "?tab=unread"}}
	change(&f)
	return employer.ConfirmView.Show(c.w, http.StatusOK, f)
}

func track(c Case) error {
	p := web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.batch", "date", day(3, 19)), Due: day(3, 19), Left: 14, Percent: 53, Holder: factory, Phone: "010-6600 0900"}
	return employer.TrackView.Show(c.w, http.StatusOK, employer.Track{Page: c.page(web.PortalEmployer, "employer.track"), Frame: frame("track", 5), Promise: p, Stay: 73,
		Counts: []employer.Count{{Key: "web.stage.submitted", N: 899}, {Key: "web.stage.compared", N: 896}, {Key: "web.stage.opened", N: 871}, {Key: "web.stage.made", N: 410}, {Key: "web.stage.delivered", N: 212}, {Key: "web.stage.collected", N: 96}, {Key: "web.stage.enabled", N: 91}},
		Exceptions: []employer.Exception{
			{Name: "何一", Masked: "110***********0039", What: words("银行未开户：证件已过期", "No account: identity document expired"), Do: words("请本人换证后到网点补开户", "Renew the document, then open the account at an outlet"), Mine: true},
			{Name: "陈慕华", Masked: "110***********0047", What: words("人口库姓名不一致", "Name differs in the population register"), Do: words("卡务中心核对", "Card centre checks"), Who: web.Text{ZH: "卡务中心", EN: "Card centre"}},
		},
		Places: []employer.PlaceCount{{Holder: factory, Phone: "010-6600 0900", N: 461, What: words("正在制作", "being made")}, {Holder: outlet.Name, Phone: outlet.Phone, N: 116, What: words("等本人来领", "waiting for their holders")}, {Holder: web.Text{ZH: "本人", EN: "Holders"}, N: 96, What: words("已领取", "collected")}},
		Steps: []web.Step{{Name: "employer.step.open", State: web.StepDone, At: at(2, 1, 10, 30)}, {Name: "employer.step.submit", State: web.StepDone, At: at(2, 18, 16, 40)}, {Name: "employer.step.compare", State: web.StepDone, At: at(2, 18, 16, 52)},
			{Name: "employer.step.account", State: web.StepDone, At: at(2, 21, 11, 5)}, {Name: "employer.step.make", State: web.StepNow, At: at(3, 1, 9, 0)}, {Name: "employer.step.deliver", State: web.StepTodo}, {Name: "employer.step.enable", State: web.StepTodo}}})
}

var employerMore = []Sample{
	{"/employer/", "batches", func(c Case) error {
		tag := func(t web.Tone, key string) web.Tag { return web.Tag{Tone: t, Said: web.Say(key)} }
		return employer.BatchesView.Show(c.w, http.StatusOK, employer.Batches{Page: c.page(web.PortalEmployer, "employer.batches"), CanOpen: true, Rows: []employer.BatchRow{
			{ID: "bat_4", No: "BJ240305-0031", Opened: at(3, 5, 9, 0), Stage: tag(web.Info, "employer.stage.checking"), People: 58, Href: "/employer/batches/bat_4/check"},
			{ID: "bat_5", No: "BJ240304-0030", Opened: at(3, 4, 9, 0), Stage: tag(web.Info, "employer.stage.bank"), People: 12, Href: "/employer/batches/bat_5/bank"},
			{ID: "bat_3", No: "BJ240226-0029", Opened: at(2, 26, 9, 0), Stage: tag(web.Watch, "employer.stage.confirming"), People: 240, Bank: bob, Trouble: 1, Href: "/employer/batches/bat_3/confirm"},
			{ID: "bat_1", No: "BJ240201-0007", Opened: at(2, 1, 10, 30), Stage: tag(web.Branded, "employer.stage.submitted"), People: 899, Bank: bob, Due: day(3, 19), Left: 14, Href: "/employer/batches/bat_1/track"},
			{ID: "bat_2", No: "BJ240131-0002", Opened: at(1, 31, 10, 30), Stage: tag(web.Branded, "employer.stage.delivering"), People: 61, Bank: icbc, Due: day(3, 2), Left: -3, Trouble: 2, Href: "/employer/batches/bat_2/track"},
			{ID: "bat_0", No: "BJ240131-0001", Opened: at(1, 31, 9, 30), Stage: tag(web.Good, "employer.stage.done"), People: 9, Bank: icbc, Due: day(3, 6), Left: 1, Href: "/employer/batches/bat_0/track"}}})
	}},
	{"/employer/~none", "batches", func(c Case) error {
		return employer.BatchesView.Show(c.w, http.StatusOK, employer.Batches{Page: c.page(web.PortalEmployer, "employer.batches"), WhyNot: words("贵单位不在试点区，暂不能开通。", "Your district is not in the pilot.")})
	}},
	{"/employer/batches/bat_1/upload", "upload", func(c Case) error {
		return upload(c, c.page(web.PortalEmployer, "employer.upload"), nil)
	}},
	{"/employer/batches/bat_1/upload~wrong", "upload", func(c Case) error {
		return upload(c, wrong(c.page(web.PortalEmployer, "employer.upload"), "file", "这个工作簿有打开密码，请去掉密码后再传"), &employer.Uploaded{File: "花名册_2月.xlsx", Rows: 1018, At: at(2, 1, 10, 42), Took: time.Second})
	}},
	{"/employer/batches/bat_1/bank", "bank", func(c Case) error {
		return bank(c, c.page(web.PortalEmployer, "employer.bank"), func(b *employer.Bank) {
			b.Bank, b.Outlet, b.More = "bob", "o1", 41
			b.Outlets = []employer.OutletChoice{{ID: "o1", Place: outlet}, {ID: "o2", Place: outlet2}, {ID: "o3", Place: outlet3, Full: true}}
		})
	}},
	{"/employer/batches/bat_1/bank~wrong", "bank", func(c Case) error {
		p := wrong(c.page(web.PortalEmployer, "employer.bank"), "mode", "请选择一种领卡方式", "bank", "请选择一家银行", "outlet", "请选择一个网点")
		return bank(c, p, func(b *employer.Bank) { b.Mode = "" })
	}},
	{"/employer/batches/bat_1/confirm", "confirm", func(c Case) error { return answers(c, func(*employer.Confirm) {}) }},
	{"/employer/batches/bat_1/confirm~first", "confirm", func(c Case) error {
		return answers(c, func(f *employer.Confirm) { f.Notified, f.Unread, f.Confirmed = time.Time{}, 972, 0 })
	}},
	{"/employer/batches/bat_1/confirm~reminded", "confirm", func(c Case) error {
		return answers(c, func(f *employer.Confirm) { f.CanRemind, f.People = false, nil })
	}},
	{"/employer/batches/bat_1/submit", "submit", func(c Case) error {
		return employer.SubmitView.Show(c.w, http.StatusOK, employer.Submit{Page: c.page(web.PortalEmployer, "employer.submit"), Frame: frame("submit", 4), Go: 899, Stay: 73, Bad: 31, Bank: bob,
			Mode: "web.pickup.outlet", Outlet: &outlet, PickUp: day(3, 20), Due: day(3, 19), Agent: "吴晓岚"})
	}},
	{"/employer/batches/bat_1/submit~nobody", "submit", func(c Case) error {
		return employer.SubmitView.Show(c.w, http.StatusOK, employer.Submit{Page: c.page(web.PortalEmployer, "employer.submit"), Frame: frame("submit", 4), Bank: bob, Mode: "web.pickup.mail", Due: day(3, 19), Agent: "吴晓岚"})
	}},
	{"/employer/batches/bat_1/submitted", "submitted", func(c Case) error {
		return employer.SubmittedView.Show(c.w, http.StatusOK, employer.Submitted{Page: c.page(web.PortalEmployer, "employer.submitted"), Frame: frame("track", 5), At: at(2, 18, 16, 40), N: 899, Stay: 73, Due: day(3, 19), Bank: bob})
	}},
	{"/employer/batches/bat_1/track", "track", track},
}
