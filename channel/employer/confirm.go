package employer

import (
	"net/http"
	"time"

	"kawu/channel/web"
	"kawu/domain/application"
	"kawu/domain/ref"
	"kawu/flow/applygroup"
	"kawu/kit/clock"
	"kawu/kit/state"
)

// Confirm is GET /employer/batches/{id}/confirm (?tab=unread|confirmed|corrected|declined, ?page=),
// step 3. POST …/notify sends the codes, POST …/remind new ones to who has not answered. A code is
// known to nobody but its receiver, so there is no list of them.
type Confirm struct {
	web.Page
	Frame
	Notified  time.Time // zero: not yet; then the page asks to notify
	Bank      web.Text
	Mode      string // wording key
	Total     int
	Unread    int
	Confirmed int
	Corrected int
	Declined  int
	Reminded  time.Time // last time; zero: never
	CanRemind bool      // not more often than the notice allows
	Tab       string
	People    []Answer
	Pager     web.Pager
}

// Answer is one employee in the list.
type Answer struct {
	Line    int
	Name    string
	Masked  string
	Phone   string // masked
	State   string // "unread" "confirmed" "corrected" "declined"; end of wording key "employer.answer.…"
	At      time.Time
	Remark  string   // what the person has corrected or said
	Reached web.Said // how the message fared: delivered, number not in service …
}

// Percent of people who have answered, yes or no: of the same people as the words beside it.
func (c Confirm) Percent() int {
	if c.Total == 0 {
		return 0
	}
	return c.Answered() * 100 / c.Total
}

// ConfirmView is the page.
var ConfirmView = web.NewView[Confirm](files, "confirm")

// Yes is how many may be submitted.
func (c Confirm) Yes() int { return c.Confirmed + c.Corrected }

// Answered is how many have answered at all.
func (c Confirm) Answered() int { return c.Yes() + c.Declined }

// Tabs are the four lists of people.
func (c Confirm) Tabs() []web.Tab {
	tab := func(name, key string, n int) web.Tab {
		return web.Tab{Key: key, Href: "?tab=" + name + "#people", N: n, Current: c.Tab == name}
	}
	return []web.Tab{
		tab("unread", "employer.confirm.unread", c.Unread), tab("confirmed", "employer.confirm.confirmed", c.Confirmed),
		tab("corrected", "employer.confirm.corrected", c.Corrected), tab("declined", "employer.confirm.declined", c.Declined),
	}
}

// Tag is the person's answer as a tag.
func (a Answer) Tag() web.Tag {
	switch a.State {
	case "confirmed":
		return web.Tag{Tone: web.Good, Said: web.Say("employer.answer.confirmed")}
	case "corrected":
		return web.Tag{Tone: web.Info, Said: web.Say("employer.answer.corrected")}
	case "declined":
		return web.Tag{Said: web.Say("employer.answer.declined")}
	}
	return web.Tag{Tone: web.Watch, Said: web.Say("employer.answer.unread")}
}

// answers is GET …/confirm.
func (p *Portal) answers(v *visit) error {
	ctx, n := v.r.Context(), v.reply
	c := Confirm{Page: p.page(v, "employer.confirm"), Frame: v.frame("confirm"), Bank: p.bank(v.col.Bank), Mode: "web.pickup." + string(v.col.Mode),
		Unread: n[application.Silent], Confirmed: n[application.Agreed], Corrected: n[application.Changed], Declined: n[application.Rejected], Tab: v.r.FormValue("tab")}
	c.Total = c.Unread + c.Answered()
	c.Deadline = clock.Day(c.Now.Add(applygroup.CodeLife))
	if err := p.told(v, &c); err != nil {
		return err
	}
	reply := application.Reply(c.Tab)
	if _, ok := n[reply]; !ok {
		reply = application.Silent
		c.Tab = string(reply)
	}
	c.Pager = pager(v, c.Tab, n[reply])
	apps, err := application.Replies(ctx, p.store, v.col.ID, reply, c.Pager.Offset(), pageSize)
	if err != nil {
		return err
	}
	ids := make([]ref.Application, len(apps))
	for i, a := range apps {
		ids[i] = a.ID
	}
	lines, err := application.LinesOf(ctx, p.store, v.col.ID, ids)
	if err != nil {
		return err
	}
	for _, a := range apps {
		c.People = append(c.People, Answer{Line: int(lines[a.ID]), Name: a.Name.Reveal(), Masked: a.Number.Masked(), Phone: a.Mobile.Masked(),
			State: c.Tab, At: a.ConfirmedAt})
	}
	return ConfirmView.Show(v.w, http.StatusOK, c)
}

// told reads when the staff were told and reminded, out of the history.
func (p *Portal) told(v *visit, c *Confirm) error {
	past, err := state.History(v.r.Context(), p.store, []ref.Collective{v.col.ID})
	for _, s := range past {
		if s.Event != "notify" {
			continue
		}
		if c.Notified.IsZero() {
			c.Notified = s.At
		} else {
			c.Reminded = s.At
		}
		c.Deadline = clock.Day(s.At.Add(applygroup.CodeLife))
	}
	last := c.Reminded
	if last.IsZero() {
		last = c.Notified
	}
	c.CanRemind = clock.Day(last).Before(clock.Day(c.Now))
	return err
}

// notify is POST …/notify.
func (p *Portal) notify(v *visit) error { return p.tell(v, "said.notified") }

// remind is POST …/remind; once a day is enough for anybody.
func (p *Portal) remind(v *visit) error {
	c := Confirm{Page: p.page(v, "employer.confirm")}
	if err := p.told(v, &c); err != nil {
		return err
	}
	if !c.CanRemind {
		http.Redirect(v.w, v.r, v.frame("").To("confirm"), http.StatusSeeOther)
		return nil
	}
	return p.tell(v, "said.reminded")
}

func (p *Portal) tell(v *visit, said string) error {
	return p.once(v, web.Saying("confirm", said), func() error {
		_, err := p.apply.Notify(v.r.Context(), v.who, v.col.ID)
		return err
	})
}
