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
