package pages

import (
	"net/http"
	"time"

	"kawu/channel/citizen"
	"kawu/channel/web"
)

// lefts makes the strips run through all wordings of time.
var lefts = map[string]int{"citizen.underway.stuck": -3, "citizen.underway.mailed": 0}

// home shows the first page with a strip and what needs the person.
func home(c Case, strip string, card *citizen.Card, needs ...citizen.Need) error {
	under := &citizen.Underway{What: web.Say(strip), Due: day(3, 19), Left: 14}
	if n, ok := lefts[strip]; ok {
		under.Left = n
	}
	if strip == "citizen.underway.submitted" {
		under.Due = time.Time{}
	}
	return citizen.HomeView.Show(c.w, http.StatusOK, citizen.Home{Page: c.page(web.PortalCitizen, "citizen.home"), Card: card, Needs: needs, Strip: under})
}

func strip(state, key string) Sample {
	return Sample{"/~" + state, "home", func(c Case) error { return home(c, key, oldCard()) }}
}

// steps with the other endings of a case.
func ending(name string, step web.Step, promise web.Promise, actions ...citizen.Action) Sample {
	return Sample{"/progress~" + name, "progress", func(c Case) error {
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821", Promise: promise,
			Steps: append(making()[:5:5], step), Actions: actions})
	}}
}

var citizenStates = []Sample{
	strip("submitted", "citizen.underway.submitted"), strip("bank", "citizen.underway.bank"), strip("mailed", "citizen.underway.mailed"), strip("stuck", "citizen.underway.stuck"),
	{"/~ready", "home", func(c Case) error {
		return home(c, "citizen.underway.ready", oldCard(), citizen.Need{Icon: "place", What: web.Say("citizen.need.collect"), Why: web.Say("citizen.need.collect.why", "outlet", outlet.Name), Href: "/progress", Tag: web.Tag{Tone: web.Good, Said: web.Say("counter.state.ready")}})
	}},
	{"/~activate", "home", func(c Case) error {
		old := newCard(web.HalfVoid, web.HalfLost)
		old.State = web.Tag{Said: web.Say("citizen.state.void")}
		return home(c, "citizen.underway.ready", old,
			citizen.Need{Icon: "shield", What: web.Say("citizen.need.activate"), Why: web.Say("citizen.need.activate.why"), Href: "/activate"},
			citizen.Need{Icon: "bank", What: web.Say("citizen.need.bank"), Why: web.Say("citizen.need.bank.why", "bank", bob), Href: "/outlets"})
	}},
	ending("waiting", web.Step{Name: "citizen.step.submit", State: web.StepNow, Note: web.Say("citizen.step.confirm.note", "photo", web.Say("web.photo.before"))}, web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.waiting")},
		citizen.Action{Icon: "apply", Name: "citizen.action.confirm", Note: web.Say("citizen.action.confirm.note"), Href: "/confirm"}),
	ending("mailed", web.Step{Name: "citizen.step.mail", State: web.StepNow, At: at(3, 5, 9, 0), Note: web.Say("citizen.step.confirm.note", "photo", web.Say("web.photo.upload"))}, web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.mail", "date", day(3, 6)), Due: day(3, 6), Left: 1, Percent: 97},
		citizen.Action{Icon: "phone", Name: "citizen.action.call", Note: web.Say("citizen.action.call.note", "who", outlet.Name, "phone", outlet.Phone), Href: "tel:010-6600-0118"}),
	ending("ready", web.Step{Name: "citizen.step.onsite", State: web.StepNow, At: at(3, 5, 9, 0)}, web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.ready"), Holder: outlet.Name, Phone: outlet.Phone},
		citizen.Action{Icon: "shield", Name: "citizen.action.activate", Note: web.Say("citizen.action.activate.note"), Href: "/activate"}),
	{"/progress~done", "progress", func(c Case) error {
		failed := web.Step{Name: "citizen.step.bank", State: web.StepFailed, Note: words("证件已过期", "document expired")}
		return citizen.ProgressView.Show(c.w, http.StatusOK, citizen.Progress{Page: c.page(web.PortalCitizen, "citizen.progress"), No: "BJ240218-0004821", OldCard: web.Say("citizen.progress.old.void", "at", at(3, 5, 14, 20)),
			Promise: web.Promise{What: "web.matter.batch_card", By: web.Say("web.promise.kept", "n", 14), Kept: true}, Steps: append(making()[:3:3], failed)})
	}},
	{"/confirm/data~post", "confirm_data", func(c Case) error {
		return citizen.ConfirmDataView.Show(c.w, http.StatusOK, citizen.ConfirmData{Page: c.page(web.PortalCitizen, "citizen.data"), Employer: maker, Person: citizen.Person{Name: "㛃小禾", Masked: "110***********0020", Phone: "137****5561"}, Bank: icbc, Mode: "web.pickup.mail", Fee: web.Say("citizen.fee.post")})
	}},
}
