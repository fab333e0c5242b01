package employer

import (
	"time"

	"kawu/channel/web"
)

// Confirm is GET /employer/batches/{id}/confirm (?tab=unread|confirmed|corrected|declined, ?page=),
// step 3. POST …/notify sends the codes, POST …/remind reminds who has not answered, GET …/codes is
// a list of codes to hand out on paper, POST …/deadline moves the deadline.
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

// Percent of people who have answered with yes.
func (c Confirm) Percent() int {
	if c.Total == 0 {
		return 0
	}
	return (c.Confirmed + c.Corrected) * 100 / c.Total
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
