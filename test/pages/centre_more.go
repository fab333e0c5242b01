package pages

import (
	"net/http"

	"kawu/channel/centre"
	"kawu/channel/web"
	"kawu/channel/web/party"
)

func tag(t web.Tone, key string) web.Tag { return web.Tag{Tone: t, Said: web.Say(key)} }

var courier = web.Text{ZH: "京城快递", EN: "Capital Courier"}

func batchRows() []centre.BatchRow {
	return []centre.BatchRow{
		{ID: "b1", No: "B240301-07", Factory: factory, Bank: bob, State: tag(web.Info, "centre.state.batch.making"), Ordered: 9760, Made: 4100, Failed: 23, Sent: at(3, 1, 9, 0), Due: day(3, 19), Left: 14, Href: "/centre/batches/b1"},
		{ID: "b2", No: "B240226-03", Factory: factory, Bank: icbc, State: tag(web.Branded, "centre.state.batch.returned"), Ordered: 5000, Made: 4996, Failed: 4, Sent: at(2, 26, 9, 0), Due: day(3, 2), Left: -3, Href: "/centre/batches/b2"},
		{ID: "b3", No: "B240215-01", Factory: factory, Bank: bob, State: tag(web.Good, "centre.state.batch.done"), Ordered: 1018, Made: 1018, Sent: at(2, 15, 9, 0), Href: "/centre/batches/b3"},
		{ID: "b4", No: "B240305-01", Factory: factory, Bank: bob, State: tag(web.Plain, "centre.state.batch.ordered"), Ordered: 300, Due: day(4, 1), Left: 27, Href: "/centre/batches/b4"},
	}
}

func exchanges() []centre.Exchange {
	w := func(zh, en string) web.Said { return words(zh, en) }
	return []centre.Exchange{
		{ID: "exg_1", Out: true, Partner: "centre.partner.factory", What: w("制卡文件", "personalisation file"), Key: "B240301-07", Digest: "9f2c 41d0", State: tag(web.Good, "centre.exchange.state.answered"), Attempts: 1, At: at(3, 1, 9, 0), Answer: at(3, 1, 9, 2), Items: 9760},
		{ID: "exg_2", Partner: "centre.partner.factory", What: w("制卡返回", "cards returned"), Key: "B240301-07", Digest: "77ab 02e1", State: tag(web.Good, "centre.exchange.state.received"), Attempts: 1, At: at(3, 4, 18, 30), Items: 4123},
		{ID: "exg_3", Out: true, Partner: "centre.partner.bank", What: w("启用通知", "card enabled"), Key: "crd_0C4K", Digest: "01cd 93f7", State: tag(web.Bad, "centre.exchange.state.failed"), Attempts: 5, At: at(3, 5, 13, 58), Items: 1, Again: true},
		{ID: "exg_4", Out: true, Partner: "centre.partner.sms", What: w("领卡短信", "ready message"), Key: "B240226-03", Digest: "5bd0 aa10", State: tag(web.Watch, "centre.exchange.state.waiting"), Attempts: 2, At: at(3, 5, 14, 1), Items: 212},
		{ID: "exg_5", Out: true, Partner: "centre.partner.courier", What: w("寄件单", "consignment"), Key: "P240305-11", Digest: "c300 19ee", State: tag(web.Info, "centre.exchange.state.sent"), Attempts: 1, At: at(3, 5, 14, 5), Items: 40},
		{ID: "exg_6", Out: true, Partner: "centre.partner.ca", What: w("证书申请", "certificate requests"), Key: "B240305-01", Digest: "88fe 7701", State: tag(web.Good, "centre.exchange.state.answered"), Attempts: 1, At: at(3, 5, 10, 0), Answer: at(3, 5, 10, 1), Items: 300},
		{ID: "exg_7", Out: true, Partner: "centre.partner.population", What: w("人口库比对", "population check"), Key: "BJ240201-0007", Digest: "12aa 90b4", State: tag(web.Good, "centre.exchange.state.answered"), Attempts: 1, At: at(2, 18, 16, 41), Answer: at(2, 18, 16, 52), Items: 899},
		{ID: "exg_8", Out: true, Partner: "centre.partner.province", What: w("一人一卡核验", "one person, one card"), Key: "BJ240201-0007", Digest: "e01f 44c2", State: tag(web.Good, "centre.exchange.state.answered"), Attempts: 1, At: at(2, 18, 16, 42), Answer: at(2, 18, 16, 52), Items: 899},
	}
}

func auditLines() []centre.AuditLine {
	return []centre.AuditLine{
		{N: 48213, At: at(3, 5, 14, 20), Who: "王雅菲", Role: "centre.role.counter", What: words("启用社保功能，旧卡失效", "switched on, old card void"), About: "crd_0C4K", Channel: "centre.channel.counter", Hash: "a41f…09c2"},
		{N: 48212, At: at(3, 5, 14, 19), Who: "王雅菲", Role: "centre.role.counter", What: words("本人签收", "holder signed"), About: "crd_0C4K", Channel: "centre.channel.counter", Hash: "77e0…b1d4"},
		{N: 48211, At: at(3, 5, 14, 2), Who: "kawu", Role: "centre.role.system", What: words("发出领卡短信", "sent ready messages"), About: "B240226-03", Channel: "centre.channel.job", Set: 212, Hash: "0c9a…4e77"},
		{N: 48210, At: at(3, 5, 13, 40), Who: "吴晓岚", Role: "centre.role.employer", What: words("提醒职工确认", "reminded employees"), About: "bat_3", Channel: "centre.channel.employer", Set: 64, Hash: "5d21…f0aa"},
		{N: 48209, At: at(3, 5, 13, 31), Who: "林知遥", Role: "centre.role.citizen", What: words("确认申领信息", "confirmed data"), About: "app_0B1X", Channel: "centre.channel.citizen", Hash: "e8b3…113c"},
		{N: 48208, At: at(3, 5, 13, 30), Who: "陈牧", Role: "centre.role.centre", What: words("安排重制", "ordered a remake"), About: "B240301-07", Channel: "centre.channel.centre", Set: 23, Hash: "19f4…c7d0"},
		{N: 48207, At: at(3, 5, 13, 29), Who: "factory", Role: "centre.role.system", What: words("制卡返回入库", "took in a factory return"), About: "B240301-07", Channel: "centre.channel.callback", Set: 4123, Hash: "60aa…8e15"},
	}
}

func tabsOf(current int, tabs ...web.Tab) []web.Tab {
	for i := range tabs {
		tabs[i].Href, tabs[i].Current = "?tab="+tabs[i].Key, i == current
	}
	return tabs
}

func promised() web.Promise {
	return web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.by", "date", day(3, 19)), Due: day(3, 19), Left: 14, Percent: 53, Holder: factory, Phone: "010-6600 0900"}
}

func cardPage(change func(*centre.Card)) func(Case) error {
	return func(c Case) error {
		d := centre.Card{Page: c.page(web.PortalCentre, "centre.card", "no", "B1*****21"), Frame: rail("card"), ID: "crd_0C4K", No: "B1*****21", Name: "林知遥", Masked: "110***********2046", Generation: 3, Bank: bob, Employer: maker,
			Promise: promised(), Certificate: &centre.Cert{Serial: "4A 01 9C 77", State: tag(web.Good, "centre.cert.good")}, Replaces: "crd_01AA", ReplacesNo: "BJ****812",
			Facets: []centre.Facet{
				{Name: "centre.facet.custody", State: web.Tag{Tone: web.Good, Said: words("在本人手里", "with its holder")}, Since: at(3, 5, 14, 19)},
				{Name: "centre.facet.social_security", State: tag(web.Good, "web.half.on"), Since: at(3, 5, 14, 20), Note: words("旧卡同时失效", "old card ended then")},
				{Name: "centre.facet.bank", State: tag(web.Info, "web.half.telling"), Note: words("已通知 5 次，银行未确认", "told 5 times, not confirmed")},
				{Name: "centre.facet.electronic", State: tag(web.Plain, "centre.facet.state.none")},
			},
			Chain: []centre.Custody{
				{Holder: factory, Kind: "web.holder.factory", Place: web.Text{ZH: "顺义厂区", EN: "Shunyi works"}, Since: at(3, 1, 9, 0), Until: at(3, 4, 18, 30)},
				{Holder: courier, Kind: "web.holder.courier", Place: web.Text{ZH: "在途", EN: "in transit"}, Since: at(3, 4, 18, 30), Until: at(3, 5, 9, 2), List: "H240304-09", Href: "/centre/handovers/h1", Giver: "赵宁", Taker: "孙师傅"},
				{Holder: outlet.Name, Kind: "web.holder.outlet", Place: web.Text{ZH: "柜内 B-07", EN: "drawer B-07"}, Since: at(3, 5, 9, 2), Until: at(3, 5, 14, 19), List: "H240305-01", Href: "/centre/handovers/h2", Giver: "孙师傅", Taker: "王雅菲"},
				{Holder: web.Text{ZH: "林知遥", EN: "林知遥"}, Kind: "web.holder.citizen", Since: at(3, 5, 14, 19), Giver: "王雅菲", Taker: "林知遥"},
			},
			Exchanges: exchanges()[:3], Audit: auditLines()[:2], Lost: centre.Lost{Loss: standing("1")}}
		change(&d)
		return centre.CardView.Form(c.w, d.Page, d)
	}
}

func auditPage(change func(*centre.Audit)) func(Case) error {
	return func(c Case) error {
		a := centre.Audit{Page: c.page(web.PortalCentre, "centre.audit"), Frame: rail("audit"), Verified: 48213, Lines: 48213, At: at(3, 5, 14, 0), Anchor: "a41f…09c2", Rows: auditLines(), Pager: web.Pager{Page: 1, Size: 50, Total: 48213}}
		change(&a)
		return centre.AuditView.Show(c.w, http.StatusOK, a)
	}
}

func handoverRows() []centre.HandoverRow {
	return []centre.HandoverRow{
		{ID: "h1", No: "H240303-02", From: factory, To: outlet.Name, Cards: 412, Given: at(3, 3, 9, 0), Due: day(3, 4), State: tag(web.Watch, "centre.handover.open"), Href: "/centre/handovers/h1"},
		{ID: "h2", No: "H240229-04", From: factory, To: outlet.Name, Cards: 120, Missing: 2, Given: at(2, 29, 8, 30), Taken: at(2, 29, 15, 2), Due: day(3, 1), State: tag(web.Bad, "centre.handover.mismatch"), Href: "/centre/handovers/h2"},
		{ID: "h3", No: "H240301-01", From: factory, To: outlet2.Name, Cards: 96, Given: at(3, 1, 8, 30), Taken: at(3, 1, 15, 2), Due: day(3, 2), State: tag(web.Good, "centre.handover.signed"), Href: "/centre/handovers/h3"},
	}
}

var centreMore = []Sample{
	{"/centre/~quiet", "overview", func(c Case) error {
		return centre.OverviewView.Show(c.w, http.StatusOK, centre.Overview{Page: c.page(web.PortalCentre, "centre.overview"), Frame: centre.Frame{Here: "overview"}, Campaign: web.Text{ZH: "试点", EN: "Pilot"},
			KPIs: []centre.KPI{{Key: "centre.kpi.overdue", Value: "0", Unit: "centre.unit.cases", Note: web.Say("centre.kpi.none")}}})
	}},
	{"/centre/exceptions", "exceptions", func(c Case) error {
		types := tabsOf(0, web.Tab{Key: "centre.type.all", N: 126}, web.Tab{Key: "trouble.handover_differs", N: 12}, web.Tab{Key: "trouble.account_refused", N: 58}, web.Tab{Key: "trouble.card_unmade", N: 23}, web.Tab{Key: "trouble.card_elsewhere", N: 9}, web.Tab{Key: "trouble.parcel_failed", N: 11}, web.Tab{Key: "trouble.handover_differs", N: 4}, web.Tab{Key: "trouble.name_differs", N: 9})
		return centre.ExceptionsView.Show(c.w, http.StatusOK, centre.Exceptions{Page: c.page(web.PortalCentre, "centre.exceptions"), Frame: rail("exceptions"), Types: types, Rows: todo(), Pager: web.Pager{Page: 1, Size: 20, Total: 126}})
	}},
	{"/centre/exceptions~none", "exceptions", func(c Case) error {
		return centre.ExceptionsView.Show(c.w, http.StatusOK, centre.Exceptions{Page: c.page(web.PortalCentre, "centre.exceptions"), Frame: rail("exceptions"), Types: tabsOf(0, web.Tab{Key: "centre.type.all"})})
	}},
	{"/centre/overdue", "overdue", func(c Case) error {
		return centre.OverdueView.Show(c.w, http.StatusOK, centre.Overdue{Page: c.page(web.PortalCentre, "centre.overdue"), Frame: rail("overdue"), Total: 37, Open: "out_1",
			Holders: []centre.HolderGroup{{ID: "out_1", Holder: outlet.Name, Kind: "web.holder.outlet", Phone: outlet.Phone, N: 21, Oldest: 6, Chased: at(3, 4, 9, 0)}, {ID: "fac_1", Holder: factory, Kind: "web.holder.factory", Phone: "010-6600 0900", N: 11, Oldest: 3}, {ID: "bnk_1", Holder: icbc, Kind: "web.holder.bank", N: 3, Oldest: 1},
				{ID: "cou_1", Holder: courier, Kind: "web.holder.courier", N: 1, Oldest: 1}, {ID: "emp_1", Holder: maker, Kind: "web.holder.employer", N: 1, Oldest: 1}, {ID: "cen_1", Holder: web.Text{ZH: "卡务中心", EN: "Card centre"}, Kind: "web.holder.centre", N: 1, Oldest: 1}},
			Rows:  []centre.OverdueRow{{Card: "crd_1", No: "BJ240128-0000412", Masked: "110***********2401", Stage: "web.stage.made", Due: day(2, 28), Days: 6, Since: at(2, 26, 15, 2), Href: "/centre/cards/crd_1"}, {Card: "crd_2", No: "BJ240130-0000077", Masked: "110***********4510", Stage: "web.stage.made", Due: day(3, 1), Days: 4, Since: at(2, 27, 9, 0), Href: "/centre/cards/crd_2"}},
			Pager: web.Pager{Page: 1, Size: 20, Total: 21, Base: "?holder=out_1"}})
	}},
	{"/centre/overdue~none", "overdue", func(c Case) error {
		return centre.OverdueView.Show(c.w, http.StatusOK, centre.Overdue{Page: c.page(web.PortalCentre, "centre.overdue"), Frame: centre.Frame{Here: "overdue"}})
	}},
	{"/centre/batches", "batches", func(c Case) error {
		return centre.BatchesView.Show(c.w, http.StatusOK, centre.Batches{Page: c.page(web.PortalCentre, "centre.batches"), Frame: rail("batches"), Rows: batchRows(), Pager: web.Pager{Page: 1, Size: 20, Total: 4},
			Tabs: tabsOf(0, web.Tab{Key: "centre.batches.tab.all", N: 12}, web.Tab{Key: "centre.batches.tab.making", N: 5}, web.Tab{Key: "centre.batches.tab.returned", N: 3}, web.Tab{Key: "centre.batches.tab.done", N: 4})})
	}},
	{"/centre/batches/b1", "batch", func(c Case) error {
		return centre.BatchView.Show(c.w, http.StatusOK, centre.Batch{Page: c.page(web.PortalCentre, "centre.batch", "no", "B240301-07"), Frame: rail("batches"), BatchRow: batchRows()[0], Promise: promised(),
			Counts:    []centre.Check{{Key: "centre.check.ordered", Want: 9760, Have: 9760}, {Key: "centre.check.certificates", Want: 4100, Have: 4098}, {Key: "centre.check.delivered", Want: 4100, Have: 4100}},
			Steps:     []web.Step{{Name: "centre.step.order", State: web.StepDone, At: at(3, 1, 9, 0)}, {Name: "centre.step.make", State: web.StepNow, At: at(3, 1, 9, 2)}, {Name: "centre.step.keys", State: web.StepTodo}, {Name: "centre.step.check", State: web.StepTodo}, {Name: "centre.step.send", State: web.StepTodo}},
			Failures:  []centre.Failure{{Card: "crd_0D11", Why: words("芯片个人化失败", "personalisation failed"), Remade: "B240305-01", Href: "/centre/cards/crd_0D11"}, {Card: "crd_0D12", Why: words("照片印刷偏色", "colour of the photo"), Href: "/centre/cards/crd_0D12"}},
			Exchanges: exchanges()[:2]})
	}},
	{"/centre/batches/b3", "batch", func(c Case) error {
		return centre.BatchView.Show(c.w, http.StatusOK, centre.Batch{Page: c.page(web.PortalCentre, "centre.batch", "no", "B240215-01"), Frame: rail("batches"), BatchRow: batchRows()[2],
			Promise: web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.kept", "n", 4), Kept: true}, Counts: []centre.Check{{Key: "centre.check.ordered", Want: 1018, Have: 1018}}})
	}},
	{"/centre/handovers", "handovers", func(c Case) error {
		return centre.HandoversView.Show(c.w, http.StatusOK, centre.Handovers{Page: c.page(web.PortalCentre, "centre.handovers"), Frame: rail("handovers"), Rows: handoverRows(), Pager: web.Pager{Page: 1, Size: 20, Total: 3},
			Tabs: tabsOf(0, web.Tab{Key: "centre.handovers.tab.all", N: 3}, web.Tab{Key: "centre.handovers.tab.open", N: 1}, web.Tab{Key: "centre.handovers.tab.mismatch", N: 1})})
	}},
	{"/centre/handovers/h2", "handover", func(c Case) error {
		return centre.HandoverView.Show(c.w, http.StatusOK, centre.Handover{Page: c.page(web.PortalCentre, "centre.handover", "no", "H240229-04"), Frame: rail("handovers"), HandoverRow: handoverRows()[1], Giver: "赵宁", Taker: "王雅菲",
			Mismatches: []centre.Mismatch{{Card: "crd_0D11", What: words("缺少", "missing"), At: at(2, 29, 15, 2), Href: "/centre/cards/crd_0D11"}, {Card: "crd_0D12", What: words("破损", "damaged"), At: at(2, 29, 15, 2), Href: "/centre/cards/crd_0D12"}}})
	}},
	{"/centre/handovers/h3", "handover", func(c Case) error {
		return centre.HandoverView.Show(c.w, http.StatusOK, centre.Handover{Page: c.page(web.PortalCentre, "centre.handover", "no", "H240301-01"), Frame: rail("handovers"), HandoverRow: handoverRows()[2]})
	}},
	{"/centre/handovers/h3~sign", "handover", func(c Case) error {
		return centre.HandoverView.Show(c.w, http.StatusOK, centre.Handover{Page: c.page(web.PortalCentre, "centre.handover", "no", "H240301-01"), Frame: rail("handovers"), HandoverRow: handoverRows()[2],
			Waits: true, Counting: party.Counting{Taking: true, Counted: "39"}})
	}},
	{"/centre/cards/crd_1", "card", cardPage(func(*centre.Card) {})},
	{"/centre/cards/crd_1~gap", "card", cardPage(func(d *centre.Card) { d.Gap, d.Exchanges, d.Audit = true, nil, nil })},
	{"/centre/search", "search", func(c Case) error {
		return centre.SearchView.Show(c.w, http.StatusOK, centre.Search{Page: c.page(web.PortalCentre, "centre.search.title"), Frame: rail("search"), Find: "林", Hits: []centre.Hit{
			{Kind: "centre.kind.person", Name: "林知遥", Note: words("110***********2046，北桥精密仪器有限公司", "110***********2046, Beiqiao Precision Instruments"), Href: "/centre/cards/crd_1"}, {Kind: "centre.kind.card", Name: "B1*****21", Note: words("在本人手里", "with its holder"), Href: "/centre/cards/crd_1"},
			{Kind: "centre.kind.batch", Name: "B240301-07", Note: words("在制", "being made"), Href: "/centre/batches/b1"}, {Kind: "centre.kind.employer", Name: "BJ240201-0007", Note: words("北桥精密仪器有限公司", "Beiqiao Precision Instruments"), Href: "#"}, {Kind: "centre.kind.handover", Name: "H240301-01", Note: words("双方已签", "both signed"), Href: "/centre/handovers/h3"}}})
	}},
	{"/centre/search~none", "search", func(c Case) error {
		return centre.SearchView.Show(c.w, http.StatusOK, centre.Search{Page: c.page(web.PortalCentre, "centre.search.title"), Frame: rail("search"), Find: "B9"})
	}},
	{"/centre/exchanges", "exchanges", func(c Case) error {
		p := c.page(web.PortalCentre, "centre.exchanges")
		return centre.ExchangesView.Show(c.w, http.StatusOK, centre.Exchanges{Page: p, Frame: rail("exchanges"), Rows: exchanges(), Pager: web.Pager{Page: 1, Size: 20, Total: 8},
			Options: []web.Option{{Value: "", Label: p.T("web.all")}, {Value: "insurer", Label: p.T("centre.partner.insurer")}}, Tabs: tabsOf(0, web.Tab{Key: "centre.exchanges.tab.all", N: 8}, web.Tab{Key: "centre.exchanges.tab.waiting", N: 1}, web.Tab{Key: "centre.exchanges.tab.failed", N: 1})})
	}},
	{"/centre/duties", "duties", func(c Case) error {
		return centre.DutiesView.Show(c.w, http.StatusOK, centre.Duties{Page: c.page(web.PortalCentre, "centre.duties"), Frame: rail("duties"), Rows: []centre.Duty{
			{What: web.Say("centre.what.exchange.send"), Key: "exc_0C4K", Tries: 5, Why: words("对方没有应答", "the partner does not answer"), Next: at(3, 5, 15, 0)}}})
	}},
	{"/centre/duties~none", "duties", func(c Case) error {
		return centre.DutiesView.Show(c.w, http.StatusOK, centre.Duties{Page: c.page(web.PortalCentre, "centre.duties"), Frame: rail("duties")})
	}},
	{"/centre/audit", "audit", auditPage(func(*centre.Audit) {})},
	{"/centre/audit~part", "audit", auditPage(func(a *centre.Audit) { a.Verified, a.Rows = 40000, nil })},
	{"/centre/audit~broken", "audit", auditPage(func(a *centre.Audit) { a.Broken, a.Verified = 31877, 31876 })},
}
