package citizen

import (
	"net/http"
	"strconv"
	"time"

	"kawu/channel/web"
	"kawu/domain/notice"
)

// Messages is GET /messages: every SMS also stands here.
type Messages struct {
	web.Page
	Messages []Message
	Pager    web.Pager
}

// Message is one SMS as it was sent. Text is in the language it was sent in.
type Message struct {
	At     time.Time
	To     string // masked number
	Text   string
	Unread bool
}

// MessagesView is the page.
var MessagesView = web.NewView[Messages](files, "messages")

// The most messages that are shown, and how many at once.
const (
	keptMessages = 200
	pageSize     = 20
)

// messages is GET /messages.
func (p *Portal) messages(w http.ResponseWriter, r *http.Request) error {
	_, me := who(r)
	all, err := notice.OfPerson(r.Context(), p.Store, me, keptMessages)
	if err != nil {
		return err
	}
	m := Messages{Page: p.page(r, "citizen.messages"), Pager: pager(r, len(all), "?")}
	for _, x := range all[m.Pager.Offset():min(m.Pager.Offset()+pageSize, len(all))] {
		m.Messages = append(m.Messages, Message{At: x.CreatedAt, To: x.Mobile.Masked(), Text: x.Text})
	}
	return MessagesView.Show(w, http.StatusOK, m)
}

// pager reads the page asked for; one that does not exist is the last.
func pager(r *http.Request, total int, base string) web.Pager {
	n, _ := strconv.Atoi(r.FormValue("page"))
	last := max(1, (total+pageSize-1)/pageSize)
	return web.Pager{Page: min(max(n, 1), last), Size: pageSize, Total: total, Base: base}
}
