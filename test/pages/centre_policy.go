package pages

import (
	"net/http"

	"kawu/channel/centre"
	"kawu/channel/web"
)

var (
	pilotName = web.Text{ZH: "第三代社会保障卡换发试点（西城、石景山、怀柔）", EN: "Third-generation card pilot in Xicheng, Shijingshan and Huairou"}
	planName  = web.Text{ZH: "试点结束后、全市集中换发公布前", EN: "After the pilot, before the city-wide campaigns are published"}
	source    = "北京市第三代社会保障卡换发试点工作通知（2024年1月31日）"
)

func editionRows() (now, coming, past centre.EditionRow) {
	now = centre.EditionRow{ID: "2024-pilot", Name: pilotName, Href: "/centre/editions/2024-pilot", From: day(1, 31), To: day(5, 31), Tag: web.Tag{Tone: web.Good, Said: web.Say("centre.edition.now", "n", 35)}, Origin: web.Say("centre.edition.embedded"), All: 11482, Open: 9023}
	coming = centre.EditionRow{ID: "2024-plan", Name: planName, Href: "/centre/editions/2024-plan", From: day(6, 1), Tag: web.Tag{Tone: web.Info, Said: web.Say("centre.edition.in_days", "n", 88)}, Origin: web.Say("centre.edition.published", "by", "陈牧", "decider", "宋予安", "at", at(3, 1, 9, 30))}
	past = centre.EditionRow{ID: "2023-trial", Name: web.Text{ZH: "试运行", EN: "Trial run"}, Href: "/centre/editions/2023-trial", From: day(1, 2), To: day(1, 30), Tag: web.Tag{Said: web.Say("centre.edition.ended")}, Origin: web.Say("centre.edition.embedded"), All: 12}
	return now, coming, past
}

func proposalRow() centre.ProposalRow {
	return centre.ProposalRow{ID: "edn_1", Edition: "2024-faster", Href: "/centre/proposals/edn_1", From: day(3, 11), By: "陈牧", At: at(3, 4, 16, 5), Note: "按补充通知，单位批量办理时限由30日缩短为25日。", Tag: web.Tag{Tone: web.Watch, Said: web.Say("edition.state.proposed")}, Deciding: true}
}

func policyChanges() []centre.Change {
	return []centre.Change{
		{Section: "edition.section.in_force", Name: "edition", Tag: tag(web.Watch, "edition.change.changed"), Lines: []centre.ChangeLine{{Key: "edition.key.from", From: web.Text{ZH: "2024-01-31"}, To: web.Text{ZH: "2024-03-11"}}}},
		{Section: "edition.section.promises", Name: "batch", Tag: tag(web.Watch, "edition.change.changed"), Lines: []centre.ChangeLine{{Key: "edition.key.say", From: web.Text{ZH: "自申请提交之日起30日内制卡完毕。", EN: "Made within 30 calendar days of submission."}, To: web.Text{ZH: "自申请提交之日起25日内制卡完毕。", EN: "Made within 25 calendar days of submission."}}, {Key: "edition.key.days", From: web.Text{ZH: "30"}, To: web.Text{ZH: "25"}}}},
		{Section: "edition.section.refusals", Name: "no-individuals", Tag: tag(web.Bad, "edition.change.removed"), Say: web.Text{ZH: "试点换发期间，暂不受理个人申领。", EN: "During the pilot no individual applications are taken."}},
		{Section: "edition.section.hotlines", Name: "evening", Tag: tag(web.Good, "edition.change.added"), Say: web.Text{ZH: "晚间咨询也可拨打12333。", EN: "Evenings, too, call 12333."}},
	}
}

func looked() *centre.Looked {
	return &centre.Looked{ID: "2024-faster", From: day(3, 11), Before: "2024-pilot", Keep: 9023, Changes: policyChanges(),
		Unquoted: []centre.Unquoted{{Section: "edition.section.promises", Name: "batch", Key: "edition.key.days", From: "30", To: "25", Phrase: "自申请提交后30日内制卡完毕。"}}}
}

func founds() []centre.Found {
	return []centre.Found{
		{Line: 12, Key: "in_force.from", Clause: "edition", Text: web.Text{ZH: "生效日 2024年3月1日 不晚于今天，而当天及以后已有 412 件申请按“2024-pilot”受理、尚未办结；原版本继续有效。请改为从明天或以后生效", EN: "it would begin on 1 Mar 2024, which is not after today, and 412 open cases were filed from that day on under 2024-pilot; the old edition stays in force. Let it begin tomorrow or later"},
			Lines: []centre.Line{{N: 11, S: "    en: \"The pilot runs from {from} to {to}.\""}, {N: 12, S: "  from: 2024-03-01", Bad: true}, {N: 13, S: "  to: 2024-05-31"}}},
		{Line: 230, Key: "deliveries[1].fee_bearers", Text: web.Text{ZH: "没有“fee_bearers”这个键；可用的键：id, rules, notice, phrase, say, mode, fee_bearer", EN: "there is no key fee_bearers here; the keys are id, rules, notice, phrase, say, mode, fee_bearer"},
			Lines: []centre.Line{{N: 229, S: "    mode: mail"}, {N: 230, S: "    fee_bearers: recipient", Bad: true}, {N: 231, S: "    fallback: outlet"}}},
		{Text: web.Text{ZH: "文件超过262144字节，已停止读取；请拆分或删减", EN: "the file is larger than 262144 bytes and was not read; split or shorten it"}},
	}
}

func policySections() []centre.Section {
	word := func(zh, en, href string) centre.Word { return centre.Word{Text: web.Text{ZH: zh, EN: en}, Href: href} }
	return []centre.Section{
		{Key: "edition.section.routes", ID: "routes", Clauses: []centre.Clause{{ID: "routes-batch", Name: "batch", Say: web.Text{ZH: "由参保单位会同合作银行为全体职工集体换发。", EN: "The employer and a partner bank exchange cards for all employees together."}, Rules: []string{"BJ-07", "BJ-08"}, Source: source, Phrase: "通过单位批量办理的形式集体换发。",
			Values: []centre.Value{{Key: "edition.key.reasons", Words: []centre.Word{word("首次申领", "First card", ""), word("集中换发", "Exchange campaign", "")}}, {Key: "edition.key.promise", Words: []centre.Word{word("自申请提交之日起30日内制卡完毕。", "Made within 30 calendar days of submission.", "#promises-batch")}}}}}},
		{Key: "edition.section.promises", ID: "promises", Clauses: []centre.Clause{{ID: "promises-batch", Name: "batch", Say: web.Text{ZH: "自申请提交之日起30日内制卡完毕。", EN: "Made within 30 calendar days of submission."}, Rules: []string{"BJ-20"}, Source: source, Phrase: "自申请提交之日起30日内",
			Values: []centre.Value{{Key: "edition.key.days", Words: []centre.Word{word("30", "30", "")}}, {Key: "edition.key.kind", Words: []centre.Word{word("自然日", "calendar days", "")}}}}}},
		{Key: "edition.section.profile", ID: "profile", Clauses: []centre.Clause{{ID: "profile-pin-pin", Name: "pin", Open: true, Say: web.Text{ZH: "社保密码为6位，可试6次。", EN: "The PIN has 6 digits and 6 tries."}, Source: "通行做法", Phrase: "密码"}}},
	}
}

func proposalPage(change func(*centre.Proposal)) func(Case) error {
	return func(c Case) error {
		x := centre.Proposal{Page: c.page(web.PortalCentre, "centre.proposal", "id", "2024-faster"), Frame: rail("editions"), ProposalRow: proposalRow(), Text: "id: 2024-faster\nname: {zh: 试点, en: Pilot}\n", Waits: true, Days: 6, Working: 4, Looked: looked()}
		change(&x)
		return centre.ProposalView.Show(c.w, http.StatusOK, x)
	}
}

func proposePage(change func(*centre.Propose)) func(Case) error {
	return func(c Case) error {
		x := centre.Propose{Page: c.page(web.PortalCentre, "centre.propose"), Frame: rail("editions"), Base: "2024-pilot", Bases: []web.Option{{Value: "2024-pilot", Label: "2024-pilot"}, {Value: "2024-plan", Label: "2024-plan"}},
			Text: "id: edition-2024-03-06\nname: {zh: 试点, en: Pilot}\nnotice: pilot\n"}
		change(&x)
		return centre.ProposeView.Show(c.w, http.StatusOK, x)
	}
}

func campaignPage(change func(*centre.Campaign)) func(Case) error {
	return func(c Case) error {
		x := centre.Campaign{Page: c.page(web.PortalCentre, "centre.campaign"), Frame: rail("calendar"), Edition: pilotName, EditionID: "2024-pilot", Prev: "2023-07", Next: "2024-07"}
		for i := range 12 {
			m := centre.Month{First: day(1, 1).AddDate(0, i, 0), Working: 20 + i%3, Today: i == 2}
			if i == 11 {
				m.Working = -1
			}
			x.Months = append(x.Months, m)
		}
		online := web.Text{ZH: "单位网上集体办理", EN: "Employer, online"}
		row := func(zh, en string, part, school bool, first, last int) centre.GroupRow {
			g := centre.GroupRow{Name: web.Text{ZH: zh, EN: en}, None: first > last}
			for i := range 12 {
				cell := centre.MonthCell{Mark: -1}
				if i == 2 {
					cell.Mark = 13
				}
				if i >= first && i <= last {
					b := centre.MonthBar{Width: 100, From: day(1, 1).AddDate(0, first, 15), To: day(1, 1).AddDate(0, last+1, -1), Begins: i == first, Ends: i == last, Channels: []web.Text{online}, Edition: "2024-pilot", Partly: part, School: school}
					if i == first {
						b.Left, b.Width = 50, 50
					}
					cell.Bars = []centre.MonthBar{b}
				}
				g.Cells = append(g.Cells, cell)
			}
			return g
		}
		x.Groups = []centre.GroupRow{row("在职人员", "Employed", true, false, 0, 4), row("退休人员", "Retired", false, false, 3, 8), row("中小幼人员", "Pupil or kindergarten child", false, true, 5, 7), row("失业人员", "Unemployed", false, false, 1, 0)}
		x.Events = []centre.Event{{Day: day(3, 11), Left: 6, Working: 4, Tag: tag(web.Info, "centre.event.effect"), What: pilotName, Edition: "2024-faster"}, {Day: day(5, 31), Left: 87, Working: -1, Tag: tag(web.Watch, "centre.event.closes"), What: pilotName, Edition: "2024-pilot"}}
		x.Promises = []centre.PromiseDay{{Say: web.Text{ZH: "自申请提交之日起30日内制卡完毕。", EN: "Made within 30 calendar days of submission."}, Days: 30, Kind: "edition.word.calendar", Due: day(4, 4)}, {Say: web.Text{ZH: "当场领取。", EN: "Made in the same visit."}, Kind: "edition.word.working", Due: day(3, 5)}}
		change(&x)
		return centre.CampaignView.Show(c.w, http.StatusOK, x)
	}
}

var centrePolicy = []Sample{
	{"/centre/editions", "editions", func(c Case) error {
		now, coming, past := editionRows()
		rejected := proposalRow()
		rejected.Tag, rejected.Decider, rejected.Decided, rejected.Words = tag(web.Bad, "edition.state.rejected"), "宋予安", at(3, 2, 10, 0), "时限与通知原文不符。"
		return centre.EditionsView.Show(c.w, http.StatusOK, centre.Editions{Page: c.page(web.PortalCentre, "centre.editions"), Frame: rail("editions"), May: true, Waiting: []centre.ProposalRow{proposalRow()},
			Groups: []centre.EditionGroup{{Key: "centre.editions.now", Rows: []centre.EditionRow{now}}, {Key: "centre.editions.coming", Rows: []centre.EditionRow{coming}}, {Key: "centre.editions.past", Rows: []centre.EditionRow{past}}}, Decided: []centre.ProposalRow{rejected}})
	}},
	{"/centre/editions/2024-pilot", "edition", func(c Case) error {
		now, _, past := editionRows()
		return centre.EditionView.Show(c.w, http.StatusOK, centre.Edition{Page: c.page(web.PortalCentre, "centre.edition", "id", "2024-pilot"), Frame: rail("editions"), EditionRow: now, May: true, Notice: web.Text{ZH: source}, Clauses: 60, Rules: 36, Before: &past, Changes: policyChanges(), Sections: policySections()})
	}},
	{"/centre/proposals/new", "propose", proposePage(func(*centre.Propose) {})},
	{"/centre/proposals/new~findings", "propose", proposePage(func(x *centre.Propose) { x.Findings, x.Note = founds(), "时限缩短" })},
	{"/centre/proposals/new~right", "propose", proposePage(func(x *centre.Propose) { x.Looked = looked() })},
	{"/centre/proposals/new~empty", "propose", proposePage(func(x *centre.Propose) {
		x.Text, x.Errors = "", []web.Problem{{Field: "text", Text: x.T("publish.empty")}, {Field: "note", Text: x.T("publish.words", "most", 500)}}
	})},
	{"/centre/proposals/edn_1", "proposal", proposalPage(func(*centre.Proposal) {})},
	{"/centre/proposals/edn_1~own", "proposal", proposalPage(func(x *centre.Proposal) { x.Deciding, x.Withdraws = false, true })},
	{"/centre/proposals/edn_1~late", "proposal", proposalPage(func(x *centre.Proposal) { x.Looked, x.Findings, x.Days, x.Working = nil, founds()[:1], -3, -1 })},
	{"/centre/proposals/edn_1~decided", "proposal", proposalPage(func(x *centre.Proposal) {
		x.Deciding, x.Waits, x.Looked = false, false, nil
		x.Tag, x.Decider, x.Decided, x.Words = tag(web.Good, "edition.state.published"), "宋予安", at(3, 5, 9, 0), "已与通知核对。"
	})},
	{"/centre/proposals/edn_1~unread", "proposal", proposalPage(func(x *centre.Proposal) {
		x.Errors = []web.Problem{{Field: "read", Text: x.T("centre.unread")}, {Field: "words", Text: x.T("publish.words", "most", 500)}}
	})},
	{"/centre/calendar", "campaign", campaignPage(func(*centre.Campaign) {})},
	{"/centre/calendar~none", "campaign", campaignPage(func(x *centre.Campaign) { x.Groups, x.Events, x.Promises = x.Groups[3:], nil, nil })},
}
