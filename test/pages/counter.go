package pages

import (
	"net/http"
	"slices"
	"time"

	"kawu/channel/counter"
	"kawu/channel/web"
	"kawu/channel/web/party"
)

func bench(here string) counter.Frame {
	return counter.Frame{Window: "3", Today: 27, Waiting: 14, ToSign: 2, Here: here, Devices: []counter.Device{
		{Name: "counter.device.id_reader", Ready: true}, {Name: "counter.device.card_reader", Ready: true}, {Name: "counter.device.printer", Ready: true, Note: words("纸 86 张", "86 sheets")}, {Name: "counter.device.scanner"}}}
}

func waiting() []counter.Waiting {
	ready, long := web.Tag{Tone: web.Good, Said: web.Say("counter.state.ready")}, web.Tag{Tone: web.Watch, Said: web.Say("counter.state.long")}
	return []counter.Waiting{
		{Card: "crd_1", Name: "林知遥", Masked: "110***********2046", Drawer: "B-07", Since: day(3, 4), Days: 1, State: ready, Href: "/counter/collect/crd_1"},
		{Card: "crd_2", Name: "阿卜杜热合曼·买买提", Masked: "110***********4510", Drawer: "B-08", Since: day(3, 2), Days: 3, State: ready, Href: "/counter/collect/crd_2"},
		{Card: "crd_3", Name: "㛃小禾", Masked: "110***********0020", Drawer: "A-01", Since: day(2, 1), Days: 33, State: long, Href: "/counter/collect/crd_3"},
	}
}

var outletOpen = web.Tag{Tone: web.Watch, Said: web.Say("counter.handover.state.open")}

func lists() []counter.ListRow {
	return []counter.ListRow{
		{ID: "hov_1", No: "H240305-02", From: factory, To: outlet.Name, Made: at(3, 5, 8, 30), Cards: 412, Boxes: 2, State: outletOpen, Href: "/counter/handovers/hov_1"},
		{ID: "hov_2", No: "H240305-03", From: outlet.Name, To: outlet2.Name, Made: at(3, 5, 11, 30), Cards: 1, Boxes: 1, State: outletOpen, Href: "/counter/handovers/hov_2"},
	}
}

func past() []counter.ListRow {
	return []counter.ListRow{
		{ID: "hov_0", No: "H240301-01", From: factory, To: outlet.Name, Made: at(3, 1, 8, 30), Signed: at(3, 1, 15, 2), Cards: 96, Boxes: 1, State: web.Tag{Tone: web.Good, Said: web.Say("counter.handover.state.signed")}, Href: "/counter/handovers/hov_0"},
		{ID: "hov_9", No: "H240229-04", From: factory, To: outlet.Name, Made: at(2, 29, 8, 30), Signed: at(2, 29, 15, 2), Cards: 120, Boxes: 1, Missing: 2, State: web.Tag{Tone: web.Bad, Said: web.Say("counter.handover.state.mismatch")}, Href: "/counter/handovers/hov_9"},
	}
}

var collecting = []string{"identity", "found", "sign", "enable", "bank", "receipt"}

// collect shows the task at one of its steps.
func collect(step string, change func(*counter.Collect)) func(Case) error {
	return func(c Case) error {
		d := counter.Collect{Page: c.page(web.PortalCounter, "counter.collect"), Frame: bench("bench"), Card: "crd_1", Step: step, Started: at(3, 5, 14, 17),
			Person: counter.Person{Name: "林知遥", Masked: "110***********2046", Phone: "138****2209", Sex: "counter.person.female", Age: 34, Employer: maker, Generation: 2, OldState: web.Tag{Tone: web.Good, Said: web.Say("citizen.state.in_use")}},
			Drawer: "B-07", Envelope: "E24030700421", Bank: bob, OwnBank: true, OldCard: web.Say("counter.warn.old"),
			Also: []counter.Also{{Name: "counter.also.progress", Note: words("配偶的卡在制作中", "the spouse's card is being made"), Href: "#"}, {Name: "counter.also.messages", Href: "#"}}}
		notes := map[string]web.Said{"identity": web.Say("counter.step.identity.note"), "found": web.Say("counter.step.found.note", "drawer", "B-07", "envelope", "E24030700421"), "enable": web.Say("counter.step.enable.note"), "bank": web.Say("counter.step.bank.note.own")}
		now := slices.Index(collecting, step)
		for i, name := range collecting {
			s := web.Step{Name: "counter.step." + name, State: web.StepTodo, Note: notes[name]}
			switch {
			case i < now:
				s.State = web.StepDone
			case i == now:
				s.State = web.StepNow
			}
			d.Steps = append(d.Steps, s)
		}
		change(&d)
		return counter.CollectView.Form(c.w, d.Page, d)
	}
}

func same(*counter.Collect) {}

func handover(change func(*counter.Handover)) func(Case) error {
	return func(c Case) error {
		h := counter.Handover{Page: c.page(web.PortalCounter, "counter.handover", "no", "H240305-02"), Frame: bench("handovers"), ListRow: lists()[0], Counting: party.Counting{Taking: true},
			Groups: []counter.BoxCount{{Box: "X-1", Batch: "B240301-07", Cards: 300}, {Box: "X-2", Batch: "B240301-07", Cards: 112}},
			Lines:  []counter.Line{{N: 1, Envelope: "E24030700421", Name: "林*遥", Box: "X-1"}, {N: 2, Envelope: "E24030700422", Name: "欧阳**", Box: "X-1"}, {N: 3, Envelope: "E24030700423", Name: "何*", Box: "X-1"}, {N: 4, Envelope: "E24030700424", Name: "陈**", Box: "X-1"}},
			Pager:  web.Pager{Page: 1, Size: 50, Total: 412}}
		change(&h)
		return counter.HandoverView.Form(c.w, h.Page, h)
	}
}

func signed(h *counter.Handover) {
	h.ListRow = past()[1]
	for i, key := range []struct {
		tone web.Tone
		key  string
	}{{web.Good, "counter.line.matched"}, {web.Bad, "counter.line.missing"}, {web.Bad, "counter.line.damaged"}, {web.Watch, "counter.line.extra"}} {
		h.Lines[i].State = web.Tag{Tone: key.tone, Said: web.Say(key.key)}
	}
	h.SignedBy = []counter.Signature{{Side: "counter.handover.gave", Name: "赵宁", Where: factory, At: at(2, 29, 8, 31)}, {Side: "counter.handover.took", Name: "王雅菲", Where: outlet.Name, At: at(2, 29, 15, 2)}}
}

func tally(change func(*counter.Tally)) func(Case) error {
	return func(c Case) error {
		t := counter.Tally{Page: c.page(web.PortalCounter, "counter.tally"), Frame: bench("tally"), Of: day(3, 5), Start: 41, In: 96, Out: 26, Returned: 1, Expected: 110,
			Rows: []counter.TallyRow{{At: at(3, 5, 9, 2), What: words("签收 H240305-01", "Took H240305-01"), N: 96}, {At: at(3, 5, 9, 40), What: words("发卡", "Handed out"), N: -1}, {At: at(3, 5, 10, 5), What: words("作废：信封破损", "Spoilt: envelope torn"), N: -1}}}
		change(&t)
		return counter.TallyView.Form(c.w, t.Page, t)
	}
}

var counterSamples = []Sample{
	{"/counter/", "bench", func(c Case) error {
		return counter.BenchView.Show(c.w, http.StatusOK, counter.Bench{Page: c.page(web.PortalCounter, "counter.bench"), Frame: bench("bench"), Drawers: waiting(), Lists: lists()})
	}},
	{"/counter/~found", "bench", func(c Case) error {
		return counter.BenchView.Show(c.w, http.StatusOK, counter.Bench{Page: c.page(web.PortalCounter, "counter.bench"), Frame: bench("bench"), Find: "E24030700421", Found: waiting()[:1]})
	}},
	{"/counter/~none", "bench", func(c Case) error {
		return counter.BenchView.Show(c.w, http.StatusOK, counter.Bench{Page: c.page(web.PortalCounter, "counter.bench"), Frame: bench("bench"), Find: "E2403070042", None: true})
	}},
	{"/counter/collect/crd_1", "collect", collect("identity", same)},
	{"/counter/collect/crd_1~wrong", "collect", collect("identity", func(d *counter.Collect) {
		d.Page = wrong(d.Page, "number", "证件号码和这张卡的持卡人不一致", "relation", "请填写与本人关系")
		d.Proxy, d.Number, d.ProxyName, d.Also = true, "110102199203054510", "周小满", nil
	})},
	{"/counter/collect/crd_1~found", "collect", collect("found", same)},
	{"/counter/collect/crd_1~sign", "collect", collect("sign", same)},
	{"/counter/collect/crd_1~enable", "collect", collect("enable", same)},
	{"/counter/collect/crd_1~bank", "collect", collect("bank", same)},
	{"/counter/collect/crd_1~other", "collect", collect("bank", func(d *counter.Collect) {
		d.OwnBank = false
		d.Steps[4].Note = web.Say("counter.step.bank.note.other", "bank", icbc)
	})},
	{"/counter/collect/crd_1~receipt", "collect", collect("receipt", func(d *counter.Collect) { d.OldCard = web.Said{} })},
	{"/counter/collect/crd_1~refused", "collect", collect("", func(d *counter.Collect) {
		d.Refused = words("这张卡应在北京银行石景山支行领取，请本人到那里领。", "This card is to be collected at Bank of Beijing, Shijingshan.")
		d.Person.Generation, d.Person.Sex = 0, "counter.person.male"
	})},
	{"/counter/receipt/crd_1", "receipt", func(c Case) error {
		return counter.ReceiptView.Show(c.w, http.StatusOK, counter.Receipt{Page: c.page(web.PortalCounter, "counter.receipt"), Frame: bench("bench"), No: "R240305-0027", Card: "crd_1", Name: "林知遥", Masked: "110***********2046", CardNo: "B1*****21", Outlet: outlet.Name, Clerk: "王雅菲", At: at(3, 5, 14, 20),
			SocialSecurity: web.HalfOn, BankAccount: web.HalfOff, OldCardVoid: true, Bank: bob, Proxy: "周小满"})
	}},
	{"/counter/handovers", "handovers", func(c Case) error {
		return counter.HandoversView.Show(c.w, http.StatusOK, counter.Handovers{Page: c.page(web.PortalCounter, "counter.handovers"), Frame: bench("handovers"), Take: lists()[:1], Give: lists()[1:], Past: past()})
	}},
	{"/counter/handovers~none", "handovers", func(c Case) error {
		return counter.HandoversView.Show(c.w, http.StatusOK, counter.Handovers{Page: c.page(web.PortalCounter, "counter.handovers"), Frame: bench("handovers")})
	}},
	{"/counter/handovers/hov_1", "handover", handover(func(*counter.Handover) {})},
	{"/counter/handovers/hov_1~wrong", "handover", handover(func(h *counter.Handover) {
		h.Page = wrong(h.Page, "counted", "清单上 412 张，您点了 410 张，请写明缺少的 2 张", "agree", "请确认已当面清点")
		h.Counted = "410"
	})},
	{"/counter/handovers/hov_2", "handover", handover(func(h *counter.Handover) { h.ListRow, h.Taking, h.Lines = lists()[1], false, nil })},
	{"/counter/handovers/hov_9", "handover", handover(signed)},
	{"/counter/bank", "bank", func(c Case) error {
		f := bench("bank")
		f.Bank = true
		p := c.page(web.PortalCounter, "counter.bank")
		return counter.BankView.Show(c.w, http.StatusOK, counter.Bank{Page: p, Frame: f, Lists: lists()[:1], Sites: []counter.Site{{ID: "col_1", Employer: maker, Day: day(3, 8), Cards: 96}},
			Batches:  []counter.BatchProgress{{No: "B240301-07", Cards: 9760, Finished: 4100, Handed: 2200}, {No: "B240226-03", Cards: 5000, Finished: 4996, Handed: 4996}},
			Troubles: []counter.Trouble{{ID: "trb_1", What: "trouble.wrong_account", Do: "trouble.wrong_account.do", Why: web.Say("trouble.reason.not_asked"), Ref: "0C4K77AB", Due: at(3, 6, 9, 0), ByHand: true, Reasons: []web.Option{{Value: "mended", Label: p.T("trouble.settle.mended")}}}, {ID: "trb_2", What: "trouble.account_refused", Do: "trouble.account_refused.do", Ref: "0C4K77AC", Due: at(3, 9, 9, 0)}}})
	}},
	{"/counter/bank~none", "bank", func(c Case) error {
		f := bench("bank")
		f.Bank = true
		return counter.BankView.Show(c.w, http.StatusOK, counter.Bank{Page: c.page(web.PortalCounter, "counter.bank"), Frame: f})
	}},
	{"/counter/tally", "tally", tally(func(*counter.Tally) {})},
	{"/counter/tally~wrong", "tally", tally(func(t *counter.Tally) {
		t.Page = wrong(t.Page, "why", "应存 110 张，您点了 109 张，请说明差异")
		t.Counted, t.Rows = "109", nil
	})},
	{"/counter/tally~closed", "tally", tally(func(t *counter.Tally) { t.Closed = time.Date(2024, 3, 5, 17, 5, 0, 0, Now.Location()) })},
}
