package pages

import (
	"net/http"
	"time"

	"kawu/channel/centre"
	"kawu/channel/citizen"
	"kawu/channel/counter"
	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/cancellation"
	"kawu/domain/loss"
)

// period is how long a report holds, as a city that says nothing of it shows it.
var period = citizen.Row{Says: []web.Said{words("临时挂失15日内有效，到期自动解除；到期前1日提醒持卡人。", "A temporary loss report holds for 15 days and then ends by itself; the holder is told 1 day before.")},
	Practice: true, Basis: []citizen.Basis{{Phrase: "临时挂失（口头挂失）多数城市为15日，到期自动解除", Title: "各地通行做法", Practice: true}}}

var replacing = []web.Said{words("带身份证到发卡银行的即时制卡网点，当场领到新卡，不收费。", "With your identity card at an instant outlet of your bank: on the spot and free."),
	words("其他网点 4 个工作日内制好，不收费。", "At other outlets within 4 working days, free.")}

// lost shows the page of somebody who is signed in.
func lost(change func(*citizen.Lost)) func(Case) error {
	return func(c Case) error {
		l := citizen.Lost{Page: c.page(web.PortalCitizen, "citizen.lost"), Card: newCard(web.HalfOn, web.HalfOn), Can: true, Period: period,
			Bank: bob, BankPhone: "95526", Replace: replacing, Near: []web.Place{outlet, outlet2}}
		change(&l)
		return citizen.LostView.Form(c.w, l.Page, l)
	}
}

func reported(r citizen.Reported) func(*citizen.Lost) {
	return func(l *citizen.Lost) { l.Can, l.Report = false, &r }
}

// lossBench shows a holder's card at the counter.
func lossBench(state string, change func(*counter.Loss)) func(Case) error {
	return func(c Case) error {
		l := counter.Loss{Page: c.page(web.PortalCounter, "counter.loss"), Frame: bench("loss"), Card: "crd_1", CardNo: "B1****521", Generation: 3, Name: "林*遥", Masked: "110***********2046",
			Loss: standing(state)}
		change(&l)
		return counter.LossView.Form(c.w, l.Page, l)
	}
}

// standing is a card in a national state, as staff see it.
func standing(state string) party.Loss {
	l := party.Loss{State: web.Tag{Tone: web.Bad, Said: web.Say("loss.state." + state)}, Bank: bob, BankPhone: "95526", Can: map[string]bool{"cancel": true}, Certified: true}
	switch state {
	case "1":
		l.State.Tone = web.Good
		l.Can["temporary"], l.Can["formal"] = true, true
	case "4":
		l.Can["formal"], l.Since, l.Until, l.Why, l.Then = true, at(3, 4, 21, 10), at(3, 19, 21, 10), web.Say("loss.why.lost"), web.Say("loss.then.release")
	case "2":
		l.Formal, l.Since, l.Why = true, at(3, 4, 10, 2), web.Say("loss.why.change_bank")
	}
	return l
}

func waits(l party.Loss) party.Loss {
	l.Can["cancel"], l.Cause = false, party.Cancelled(cancellation.Death, "death_certificate")
	l.Asked = &cancellation.Request{ID: "can_1", Reason: cancellation.Death, Proof: "death_certificate", AskedAt: at(3, 5, 9, 30)}
	return l
}

func ended(l party.Loss) party.Loss {
	l.Can, l.Cause = map[string]bool{}, party.Cancelled(cancellation.Death, "death_certificate")
	l.Ended = &cancellation.Request{Reason: cancellation.Death, Proof: "death_certificate", AskedAt: at(3, 5, 9, 30), DecidedAt: at(3, 5, 10, 15)}
	return l
}

func lostCard(l centre.Lost) func(*centre.Card) { return func(d *centre.Card) { d.Lost = l } }

func lossRow(name string, why web.Said, until time.Time) centre.LossRow {
	return centre.LossRow{Card: "crd_1", No: "B1****521", Name: name, Masked: "110***********2046", State: tag(web.Bad, "loss.state.4"), Why: why,
		Since: at(3, 4, 21, 10), Until: until, Href: "/centre/cards/crd_1"}
}

var lossSamples = []Sample{
	{"/lost~ready", "lost", lost(func(*citizen.Lost) {})},
	{"/lost~reported", "lost", lost(reported(citizen.Reported{Since: at(3, 4, 21, 10), Until: at(3, 19, 21, 10), Then: web.Say("citizen.lost.then.release"), CanRelease: true}))},
	{"/lost~formal", "lost", lost(reported(citizen.Reported{Formal: true, Since: at(3, 4, 10, 2), WhyNot: words("正式挂失的卡，只能由本人带身份证件和这张卡到网点解挂。请本人带两样原件到任一网点；不能网上办，也不能代办。", "A formal report is released only at an outlet, by the holder, with identity document and the card.")}))},
	{"/lost~none", "lost", lost(func(l *citizen.Lost) {
		l.Can, l.Card, l.Bank, l.BankPhone, l.Near, l.Replace, l.WhyNot = false, nil, web.Text{}, "", nil, nil, web.Say("citizen.lost.none")
	})},
	{"/activate~lost", "activate", activate(func(a *citizen.Activate) {
		a.Card, a.CanNow, a.WhyNot = newCard(web.HalfLost, web.HalfOn), false, web.Say("citizen.activate.lost", "bank", bob)
	})},
	{"/activate~void", "activate", activate(func(a *citizen.Activate) {
		a.Card, a.CanNow, a.WhyNot = newCard(web.HalfVoid, web.HalfOn), false, web.Say("citizen.activate.void", "bank", bob)
	})},
	{"/~lost", "home", func(c Case) error {
		card := newCard(web.HalfLost, web.HalfOn)
		card.State = web.Tag{Tone: web.Bad, Said: web.Say("citizen.state.4")}
		return citizen.HomeView.Show(c.w, http.StatusOK, citizen.Home{Page: c.page(web.PortalCitizen, "citizen.home"), Card: card,
			Needs: []citizen.Need{{Icon: "lost", What: web.Say("citizen.need.lost"), Why: web.Say("citizen.need.lost.until", "until", at(3, 19, 21, 10)), Href: "/lost"}}})
	}},
	{"/~ended", "home", func(c Case) error {
		return citizen.HomeView.Show(c.w, http.StatusOK, citizen.Home{Page: c.page(web.PortalCitizen, "citizen.home"),
			Ended: &citizen.Ended{Cancelled: true, At: at(3, 4, 10, 2), Why: web.Say("loss.cancel.abroad"), Bank: bob, BankPhone: "95526"}})
	}},
	{"/counter/loss", "loss", func(c Case) error {
		return counter.LossView.Show(c.w, http.StatusOK, counter.Loss{Page: c.page(web.PortalCounter, "counter.loss"), Frame: bench("loss")})
	}},
	{"/counter/loss~wrong", "loss", func(c Case) error {
		p := wrong(c.page(web.PortalCounter, "counter.loss"), "number", "没有找到这个证件号码名下的卡。")
		return counter.LossView.Form(c.w, p, counter.Loss{Page: p, Frame: bench("loss"), Number: "110102199203054510"})
	}},
	{"/counter/loss/crd_1", "loss", lossBench("1", func(*counter.Loss) {})},
	{"/counter/loss/crd_1~temporary", "loss", lossBench("4", func(l *counter.Loss) { l.Release = true })},
	{"/counter/loss/crd_1~formal", "loss", lossBench("2", func(l *counter.Loss) {
		l.Page, l.Release, l.Shown = wrong(l.Page, "card", "出示的卡不是挂失的那一张"), true, "BA1234567"
	})},
	{"/counter/loss/crd_1~replacing", "loss", lossBench("2", func(l *counter.Loss) {
		l.Loss, l.WhyStay = waits(l.Loss), words("补换卡申请已经受理，这张卡不能再解挂。请等新卡。", "A replacement of this card has been accepted; it cannot be released any more.")
	})},
	{"/counter/loss/crd_1~void", "loss", lossBench("9", func(l *counter.Loss) {
		l.Can, l.WhyNot = map[string]bool{}, words("这张卡已经失效，谁都用不了，不用挂失。", "This card is void; nobody can use it.")
	})},
	{"/counter/loss/crd_1~ended", "loss", lossBench("9", func(l *counter.Loss) { l.Loss = ended(l.Loss) })},
	{"/centre/losses", "losses", func(c Case) error {
		return centre.LossesView.Show(c.w, http.StatusOK, centre.Losses{Page: c.page(web.PortalCentre, "centre.losses"), Frame: rail("losses"), Since: day(2, 4),
			Figures: loss.Figures{Temporary: 18, Formal: 41, Reported: 96, Found: 22, ChangeBank: 7, Open: 61},
			Waiting: []centre.LossRow{lossRow("林*遥", party.Cancelled(cancellation.Death, "death_certificate"), time.Time{})},
			Open:    []centre.LossRow{lossRow("欧阳**", web.Say("loss.why.stolen"), at(3, 19, 21, 10)), lossRow("阿卜杜热合曼·***", web.Say("loss.why.change_bank"), time.Time{})},
			Pager:   web.Pager{Page: 1, Size: 20, Total: 61, Base: "/centre/losses"}})
	}},
	{"/centre/losses~none", "losses", func(c Case) error {
		return centre.LossesView.Show(c.w, http.StatusOK, centre.Losses{Page: c.page(web.PortalCentre, "centre.losses"), Frame: rail("losses"), Since: day(2, 4)})
	}},
	{"/centre/cards/crd_1~normal", "card", cardPage(lostCard(centre.Lost{Loss: standing("1"), May: true}))},
	{"/centre/cards/crd_1~lost", "card", cardPage(func(d *centre.Card) {
		d.Page, d.Lost = wrong(d.Page, "number", "身份证件号码和这张卡的持卡人不一致", "seen", "请确认已查验证明"), centre.Lost{Loss: standing("4"), May: true, Unproven: "moved/move_certificate", Document: "110102199203054510"}
	})},
	{"/centre/cards/crd_1~ended", "card", cardPage(func(d *centre.Card) {
		d.Lost = centre.Lost{Loss: ended(standing("9")), May: true, AskedBy: "陈牧", EndedBy: "高远"}
		d.Certificate = &centre.Cert{Serial: "4A 01 9C 77", State: tag(web.Bad, "centre.cert.revoked"), Reason: web.Say("centre.cert.reason.keycompromise", "name", "keyCompromise"),
			Was: web.Say("centre.cert.reason.certificatehold", "name", "certificateHold")}
	})},
	{"/centre/cards/crd_1~second", "card", cardPage(lostCard(centre.Lost{Loss: waits(standing("1")), May: true, Decide: true, AskedBy: "陈牧"}))},
	{"/centre/cards/crd_1~first", "card", cardPage(lostCard(centre.Lost{Loss: waits(standing("2")), AskedBy: "陈牧"}))},
}
