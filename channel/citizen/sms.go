package citizen

import (
	"net/http"

	"kawu/channel/web"
	"kawu/domain/notice"
)

// Inbox is GET /demo/messages, only in a demonstration: what the simulated phones have received.
type Inbox struct {
	web.Page
	Messages []Message
	Later    bool // the demonstration's clock can be moved
}

// InboxView is the page.
var InboxView = web.NewView[Inbox](files, "sms")

// inboxSize is how many messages the demonstration shows.
const inboxSize = 100

// inbox is GET /demo/messages: what phones would have received, the newest first.
func (p *Portal) inbox(w http.ResponseWriter, r *http.Request) error {
	all, err := notice.Latest(r.Context(), p.Store, inboxSize)
	if err != nil {
		return err
	}
	i := Inbox{Page: p.page(r, "citizen.sms"), Later: p.Later != nil}
	for _, x := range all {
		i.Messages = append(i.Messages, Message{At: x.CreatedAt, To: x.Mobile.Masked(), Text: x.Text})
	}
	return InboxView.Show(w, http.StatusOK, i)
}

// later is POST /demo/later.
func (p *Portal) later(w http.ResponseWriter, r *http.Request) error {
	if p.Later == nil {
		return web.ErrNoPage
	}
	p.Later()
	http.Redirect(w, r, "/demo/messages", http.StatusSeeOther)
	return nil
}
