package pages

import (
	"net/http"
	"time"

	"kawu/channel/citizen"
	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/kit/state"
)

// lefts makes the strips run through all wordings of time.
var lefts = map[string]int{"citizen.underway.stuck": -3, "citizen.underway.mailed": 0}

// atOutlet and inHand are where a card can be for its holder.
var (
	atOutlet = citizen.Standing{Where: web.Say("citizen.stand.ready", "outlet", outlet.Name), Do: web.Say("citizen.stand.ready.do"), By: web.Say("citizen.stand.ready.by", "date", day(9, 1))}
	inHand   = citizen.Standing{Where: web.Say("citizen.stand.handed"), Do: web.Say("citizen.stand.handed.do")}
)

// home shows the first page with a strip and what needs the person.
func home(c Case, strip string, card *citizen.Card, needs ...citizen.Need) error {
	under := &citizen.Underway{What: web.Say(strip), Due: day(3, 19), Left: 14}
	if n, ok := lefts[strip]; ok {
		under.Left = n
	}
	switch strip {
	case "citizen.underway.submitted":
		under.Due = time.Time{}
	case "citizen.underway.ready":
		under.Now = atOutlet
	case "citizen.underway.handed":
		under.Now = inHand
	}
	return citizen.HomeView.Show(c.w, http.StatusOK, citizen.Home{Page: c.page(web.PortalCitizen, "citizen.home"), Card: card, Needs: needs, Strip: under})
}

func strip(name, key string) Sample {
	return Sample{"/~" + name, "home", func(c Case) error { return home(c, key, oldCard()) }}
}

// steps with the other endings of a case.
func ending(name string, step web.Step, promise web.Promise, actions ...citizen.Action) Sample {
	return Sample{"/progress~" + name, "progress", func(c Case) error {
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821", Promise: promise,
			Steps: append(making()[:5:5], step), Actions: actions})
	}}
}

// madeCard shows a card that is made and not enabled.
func madeCard(name string, st state.State, by web.Said, now citizen.Standing, note string) Sample {
	return Sample{"/progress~" + name, "progress", func(c Case) error {
		x := citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821", Now: now, OldCard: web.Say("citizen.progress.old"),
			Promise: web.Promise{What: "web.matter.batch_card", By: by},
			Steps:   append(making()[:5:5], web.Step{Name: "citizen.step.deliver", State: web.StepDone, At: at(3, 5, 9, 0)}, web.Step{Name: "citizen.step.collect", State: web.StepNow, At: at(3, 5, 9, 0), Note: web.Say(note)}),
			Actions: []citizen.Action{{Icon: "phone", Name: "citizen.action.call", Note: web.Say("citizen.action.call.note", "who", outlet.Name, "phone", outlet.Phone), Href: "tel:010-6600-0118"}}}
		if x.Where, x.AtPlace = outlet, true; st == application.Handed {
			x.Where, x.AtPlace = web.Place{}, false
			x.Actions[0] = citizen.Action{Icon: "shield", Name: "citizen.action.activate", Note: web.Say("citizen.action.activate.note"), Href: "/activate"}
		}
		return citizen.ProgressView.Show(c.w, http.StatusOK, x)
	}}
}

var citizenStates = []Sample{
	strip("submitted", "citizen.underway.submitted"), strip("bank", "citizen.underway.bank"), strip("mailed", "citizen.underway.mailed"), strip("stuck", "citizen.underway.stuck"),
	{"/~ready", "home", func(c Case) error {
		return home(c, "citizen.underway.ready", oldCard(), citizen.Need{Icon: "place", What: web.Say("citizen.need.collect"), Why: atOutlet.By, Href: "/progress", Tag: web.Tag{Tone: web.Good, Said: web.Say("counter.state.ready")}})
	}},
	{"/~activate", "home", func(c Case) error {
		old := newCard(web.HalfVoid, web.HalfLost)
		old.State = web.Tag{Said: web.Say("citizen.state.void")}
		return home(c, "citizen.underway.handed", old,
			citizen.Need{Icon: "shield", What: web.Say("citizen.need.activate"), Why: web.Say("citizen.need.activate.why"), Href: "/activate"},
			citizen.Need{Icon: "bank", What: web.Say("citizen.need.bank"), Why: web.Say("citizen.need.bank.why", "bank", bob), Href: "/outlets"})
	}},
	ending("waiting", web.Step{Name: "citizen.step.submit", State: web.StepNow, Note: web.Say("citizen.step.confirm.note", "photo", web.Say("web.photo.before"))}, web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.waiting")},
		citizen.Action{Icon: "apply", Name: "citizen.action.confirm", Note: web.Say("citizen.action.confirm.note"), Href: "/confirm"}),
	ending("mailed", web.Step{Name: "citizen.step.mail", State: web.StepNow, At: at(3, 5, 9, 0), Note: web.Say("citizen.step.confirm.note", "photo", web.Say("web.photo.upload"))}, web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.mail", "date", day(3, 6)), Due: day(3, 6), Left: 1, Percent: 97},
		citizen.Action{Icon: "phone", Name: "citizen.action.call", Note: web.Say("citizen.action.call.note", "who", outlet.Name, "phone", outlet.Phone), Href: "tel:010-6600-0118"}),
	madeCard("ready", application.Ready, web.Say("web.promise.ready"), atOutlet, "citizen.step.collect.note"),
	madeCard("handed", application.Handed, web.Say("citizen.promise.handed"), inHand, "citizen.step.enable.note"),
	{"/progress~done", "progress", func(c Case) error {
		failed := web.Step{Name: "citizen.step.bank", State: web.StepFailed, Note: words("证件已过期", "document expired")}
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821", OldCard: web.Say("citizen.progress.old.void", "at", at(3, 5, 14, 20)),
			Promise: web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.kept", "n", 14), Kept: true}, Steps: append(making()[:3:3], failed)})
	}},
	{"/confirm/data~post", "confirm_data", func(c Case) error {
		return citizen.ConfirmDataView.Show(c.w, http.StatusOK, citizen.ConfirmData{Page: c.page(web.PortalCitizen, "citizen.data"), Employer: maker, Person: citizen.Person{Name: "㛃小禾", Masked: "110***********0020", Phone: "137****5561"}, Bank: icbc, Mode: "web.pickup.mail", Fee: web.Say("citizen.fee.post")})
	}},
}
