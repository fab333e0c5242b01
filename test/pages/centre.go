package pages

import (
	"math"
	"net/http"

	"kawu/channel/centre"
	"kawu/channel/web"
)

func rail(here string) centre.Frame {
	return centre.Frame{Overdue: 37, Batches: 12, Handovers: 4, Exceptions: 126, Outbox: 2, Here: here}
}

func todo() []centre.Exception {
	return []centre.Exception{
		{ID: "exc_1", What: words("制好的卡没送到网点", "Cards made but not at the outlet"), Why: words("交接单已交出，接收方没有签收", "The list was given but not signed for"), Ref: "H240303-02", Href: "/centre/handovers/h1", Stage: "web.stage.delivered", Owner: outlet.Name, Left: web.Say("centre.left.over", "n", 2), Tone: web.Bad, N: 412, Advice: "trouble.handover_differs.do", Do: "settle", DoKey: "centre.do.settle"},
		{ID: "exc_2", What: words("银行开户失败", "The bank refused accounts"), Why: words("证件过期，需本人更新后重新开户", "Identity document expired; the person must renew it"), Ref: "E240301-11", Href: "/centre/exchanges", Stage: "web.stage.opened", Owner: bob, Left: web.Say("centre.left.hours", "n", 5), Tone: web.Bad, N: 58, Advice: "trouble.account_refused.do", Do: "resend", DoKey: "centre.do.resend", Or: "withdraw", OrKey: "centre.do.withdraw"},
		{ID: "exc_3", What: words("工厂返回制卡失败", "The factory could not make these"), Why: words("芯片个人化失败，需重制", "Personalisation failed; make again"), Ref: "B240301-07", Href: "/centre/batches/b1", Stage: "web.stage.made", Owner: factory, Left: web.Say("centre.left.days", "n", 1), Tone: web.Watch, N: 23, Advice: "trouble.card_unmade.do", Do: "remake", DoKey: "centre.do.remake"},
		{ID: "exc_4", What: words("一人两卡", "Two cards for one person"), Why: words("省级持卡库已有第三代卡", "The province already has a third-generation card"), Ref: "crd_0C4K", Href: "/centre/cards/crd_1", Stage: "web.stage.compared", Owner: web.Text{ZH: "卡务中心", EN: "Card centre"}, Left: web.Say("centre.left.days", "n", 3), Tone: web.Info, N: 9, Advice: "trouble.card_elsewhere.do", Do: "compare", DoKey: "centre.do.compare", Or: "withdraw", OrKey: "centre.do.withdraw"},
	}
}

var centreSamples = []Sample{
	{"/centre/", "overview", func(c Case) error {
		p := c.page(web.PortalCentre, "centre.overview")
		var burn []centre.Burn
		for i := range 31 {
			x := float64(i)
			burn = append(burn, centre.Burn{Day: day(2, 15).AddDate(0, 0, i), Ideal: max(0, 6200-200*i), Actual: int(6200 - 153*x + 320*math.Sin(x*.45)), Future: i > 19})
		}
		n := func(zh, en string) web.Text { return web.Text{ZH: zh, EN: en} }
		return centre.OverviewView.Show(c.w, http.StatusOK, centre.Overview{Page: p, Frame: rail("overview"),
			Campaign: n("第三代卡集体换发试点", "Third-generation pilot"), CampaignDay: 35, CampaignDays: 122,
			Districts: []web.Option{{Value: "", Label: p.T("web.all")}, {Value: "110102", Label: n("西城", "Xicheng").In(p.Lang)}, {Value: "110107", Label: n("石景山", "Shijingshan").In(p.Lang)}, {Value: "110116", Label: n("怀柔", "Huairou").In(p.Lang)}},
			KPIs: []centre.KPI{
				{Key: "centre.kpi.accepted", Value: "11,482", Unit: "centre.unit.cases", Delta: "+8.4%", Note: web.Say("centre.kpi.vs_week"), Spark: []float64{4, 6, 5, 7, 8, 7, 9, 11}},
				{Key: "centre.kpi.made", Value: "9,760", Unit: "centre.unit.cards", Note: web.Say("centre.kpi.of_capacity", "percent", 81), Spark: []float64{8, 8, 9, 9, 10, 9, 10, 10}},
				{Key: "centre.kpi.days", Value: "17.6", Unit: "centre.unit.days", Delta: "−1.9", Note: web.Say("centre.kpi.promise", "n", 30), Spark: []float64{24, 23, 22, 21, 20, 19, 18, 17.6}},
				{Key: "centre.kpi.overdue", Value: "37", Unit: "centre.unit.cases", Delta: "+12", Worse: true, Note: web.Say("centre.kpi.at", "who", outlet.Name), Spark: []float64{9, 8, 12, 11, 15, 20, 25, 37}, Href: "/centre/overdue"},
			},
			Funnel: []centre.Stage{{Key: "web.stage.accepted", N: 128460}, {Key: "web.stage.compared", N: 126120}, {Key: "web.stage.opened", N: 110440}, {Key: "web.stage.made", N: 92300}, {Key: "web.stage.delivered", N: 82870}, {Key: "web.stage.collected", N: 66480}, {Key: "web.stage.enabled", N: 60220}},
			Burn:   burn, Behind: 1264,
			Due:   promises(),
			Areas: []centre.Area{{Name: n("怀柔", "Huairou"), Col: 1, Row: 0, Done: 4100, All: 8800}, {Name: n("石景山", "Shijingshan"), Col: 0, Row: 1, Done: 21400, All: 32100}, {Name: n("西城", "Xicheng"), Col: 1, Row: 1, Done: 74200, All: 87500}},
			Today: todo()})
	}},
}

// promises are six weeks from Monday, 19 February.
func promises() []centre.DueDay {
	var out []centre.DueDay
	for i := range 42 {
		d := centre.DueDay{Day: day(2, 19).AddDate(0, 0, i), Rest: i%7 > 4}
		if i > 8 {
			d.Due = int(900 + 700*math.Sin(float64(i)*.8))
		}
		if d.Open = d.Due; i < 16 {
			d.Open = max(0, d.Due/40-20)
		}
		out = append(out, d)
	}
	return out
}
