package citizen

import (
	"cmp"
	"context"
	"html/template"
	"net/http"
	"slices"

	"kawu/channel/web"
	"kawu/channel/web/party"
	"kawu/domain/application"
	"kawu/domain/card"
	"kawu/domain/custody"
	"kawu/domain/outlet"
	"kawu/domain/ref"
	"kawu/kit/clock"
	"kawu/kit/state"
)

// Progress is GET /progress (?no= picks one of several): where the card is, who has it, by when,
// and what one can do about it.
type Progress struct {
	web.Page
	No      string // reference of the application
	Cases   []Case // several applications of this person; empty with one or none
	None    bool   // there is no application at all
	Promise web.Promise
	Now     Standing  // where the card is and what to do, once it is made
	Where   web.Place // the place where the card is now, or will be collected
	AtPlace bool      // the card lies there: it can be collected now
	OldCard web.Said  // "your old card works until …"; empty when there is none
	Steps   []web.Step
	Actions []Action
}

// Case is one application in the switcher.
type Case struct {
	No      string
	What    web.Said
	Current bool
}

// Action is one thing the person can do now; the states offer it, not the page.
type Action struct {
	Icon string
	Name string // wording key
	Note web.Said
	Href string // own page, or "tel:12333"
}

// Link is Href as a safe address.
func (a Action) Link() template.URL { return web.Address(a.Href) }

// ProgressView is the page.
var ProgressView = web.NewView[Progress](files, "progress")

// progress is GET /progress. Anybody else's application does not exist.
func (p *Portal) progress(w http.ResponseWriter, r *http.Request) error {
	f, err := p.file(r)
	if err != nil {
		return err
	}
	x := Progress{Page: p.page(r, "citizen.progress")}
	a := f.current()
	if no := r.FormValue("no"); no != "" {
		i := slices.IndexFunc(f.apps, func(b application.Application) bool { return string(b.ID) == no })
		if i < 0 {
			return application.ErrUnknown
		}
		a = &f.apps[i]
	}
	if x.None = a == nil; x.None {
		return ProgressView.Show(w, http.StatusOK, x)
	}
	if err := p.showProgress(r, &x, f, *a); err != nil {
		return err
	}
	return ProgressView.Show(w, http.StatusOK, x)
}

func (p *Portal) showProgress(r *http.Request, x *Progress, f file, a application.Application) error {
	ctx, c := r.Context(), f.cardOf(a)
	past, err := state.History(ctx, p.Store, []ref.Application{a.ID})
	if err != nil {
		return err
	}
	x.No, x.Steps, x.Promise = number(a.ID), way(a, past), promise(x.Page, a)
	if len(f.apps) > 1 {
		for _, b := range f.apps {
			x.Cases = append(x.Cases, Case{No: string(b.ID), What: web.Say("citizen.case", "date", clock.Day(b.OpenedAt)), Current: b.ID == a.ID})
		}
	}
	if x.Now, err = p.standing(ctx, a, past); err != nil {
		return err
	}
	holder, err := p.holder(ctx, a, c)
	if err != nil {
		return err
	}
	names, err := party.Open(ctx, p.Store, p.City(), []ref.Holder{holder, {Kind: ref.HeldByOutlet, Name: string(a.Outlet)}})
	if err != nil {
		return err
	}
	x.Promise.Holder, x.Promise.Phone = names.Name(holder), cmp.Or(names.Phone(holder), x.Hotline)
	if holder.Kind == ref.OwnEmployer {
		if x.Promise.Holder, err = p.employer(ctx, a.Employer); err != nil {
			return err
		}
		x.Promise.Phone = ""
	}
	if holder.Kind == ref.HeldByPerson {
		x.Promise.Holder, x.Promise.Phone = web.Text{}, ""
	}
	if err := p.where(ctx, x, a, holder); err != nil {
		return err
	}
	x.OldCard, x.Actions = old(f, c), p.actions(x.Page, a, x.Promise)
	p.say(x, a)
	if !x.Now.Where.Empty() { // it says who has the card
		x.Promise.Holder, x.Promise.Phone = web.Text{}, ""
	}
	return nil
}

// holder is who has the card now or, before there is a card, who has the case. Never nobody.
func (p *Portal) holder(ctx context.Context, a application.Application, c *card.Card) (ref.Holder, error) {
	if c != nil {
		now, err := custody.Now(ctx, p.Store, []ref.Card{c.ID})
		if l, ok := now[c.ID]; ok || err != nil {
			return l.Holder, err
		}
	}
	switch a.State {
	case application.OnList, application.Notified, application.Confirmed, application.Declined:
		return ref.Holder{Kind: ref.OwnEmployer, Name: string(a.Employer)}, nil
	case application.Opening, application.Refused:
		return ref.Holder{Kind: ref.HeldByBank, Name: string(a.Bank)}, nil
	}
	return ref.Holder{Kind: ref.HeldByCentre, Name: "centre"}, nil
}

// where is the outlet that has the card, else the one where it will be collected.
func (p *Portal) where(ctx context.Context, x *Progress, a application.Application, h ref.Holder) error {
	id := a.Outlet
	if h.Kind == ref.HeldByOutlet {
		id, x.AtPlace = ref.Outlet(h.Name), true
	}
	if id == "" || h.Kind == ref.HeldByPerson || a.Mode != application.Outlet && !x.AtPlace {
		return nil
	}
	o, err := outlet.Get(ctx, p.Store, id)
	x.Where = place(o)
	return err
}

// old says how long the old card works; nothing when there is none.
func old(f file, c *card.Card) web.Said {
	for _, o := range f.cards {
		switch {
		case c != nil && o.ID == c.ID:
		case o.Social == card.Normal:
			return web.Say("citizen.progress.old")
		case c != nil && !c.EnabledAt.IsZero() && o.VoidedAt.Equal(c.EnabledAt):
			return web.Say("citizen.progress.old.void", "at", o.VoidedAt)
		}
	}
	return web.Said{}
}

// actions are what the life cycle lets the person do, then whom to call.
func (p *Portal) actions(page web.Page, a application.Application, x web.Promise) []Action {
	var out []Action
	for _, e := range application.Cycle.Events(a.State) {
		switch {
		case e == "confirm" && a.State == application.Notified:
			out = append(out, Action{Icon: "apply", Name: "citizen.action.confirm", Note: web.Say("citizen.action.confirm.note"), Href: "/confirm"})
		case e == "resend":
			out = append(out, Action{Icon: "bank", Name: "citizen.need.mend", Note: web.Say("citizen.need.mend.why", "bank", p.bank(a.Bank)), Href: "/mend"})
		case e == "enable":
			out = append(out, Action{Icon: "shield", Name: "citizen.action.activate", Note: web.Say("citizen.action.activate.note"), Href: "/activate"})
		}
	}
	if x.Phone != "" && x.Phone != page.Hotline {
		out = append(out, Action{Icon: "phone", Name: "citizen.action.call", Note: web.Say("citizen.action.call.note", "who", x.Holder, "phone", x.Phone), Href: "tel:" + x.Phone})
	} else {
		out = append(out, Action{Icon: "phone", Name: "citizen.action.call", Note: web.Say("citizen.action.hotline.note", "number", page.Hotline), Href: "tel:" + page.Hotline})
	}
	if a.Bank != "" {
		out = append(out, Action{Icon: "bank", Name: "citizen.action.outlets", Note: web.Say("citizen.action.outlets.note", "bank", p.bank(a.Bank)), Href: "/outlets?bank=" + string(a.Bank)})
	}
	return out
}

// say puts into the timeline what a person wants to know of the step that runs.
func (p *Portal) say(x *Progress, a application.Application) {
	for i, s := range x.Steps {
		if s.State != web.StepNow && s.State != web.StepFailed {
			continue
		}
		switch a.State {
		case application.Confirmed:
			x.Steps[i].Note = web.Say("citizen.step.submit.wait")
		case application.Held:
			x.Steps[i].Box = []web.Said{web.Say("citizen.step.compare.held")}
		case application.Refused:
			x.Steps[i].Box = []web.Said{web.Say("citizen.step.bank.refused", "bank", p.bank(a.Bank))}
		case application.Making, application.Funded:
			x.Steps[i].Box = []web.Said{web.Say("citizen.step.make.at", "who", x.Promise.Holder)}
		case application.Made:
			x.Steps[i].Box = []web.Said{web.Say("citizen.step.deliver.at", "who", x.Promise.Holder)}
		case application.Ready:
			x.Steps[i].Note = web.Say("citizen.step.collect.note")
		case application.Handed:
			x.Steps[i].Note = web.Say("citizen.step.enable.note")
		}
	}
}
