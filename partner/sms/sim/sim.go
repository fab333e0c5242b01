// Package sim is a carrier's gateway that behaves: what it sends lies in an inbox that a page can
// show, and like a carrier it takes no wrong number, no link and no text over 500 characters.
package sim

import (
	"net/http"
	"regexp"
	"slices"
	"time"
	"unicode/utf8"

	"kawu/kit/phone"
	"kawu/partner/sms"
	"kawu/partner/wire/host"
)

// Received is one message in somebody's inbox.
type Received struct {
	No     string    `json:"no"` // rises
	Ref    string    `json:"ref"`
	Mobile string    `json:"mobile"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// Orders are what it can be told, beside the common faults.
type Orders struct {
	host.Faults
	Off map[string]bool `json:"off,omitempty"` // mobile numbers out of service
}

// Sim is a running gateway.
type Sim struct {
	*host.Host
	orders *Orders
	inbox  *host.Table[Received] // by number
}

// New starts it on the memory in o.Data.
func New(o host.Options) (*Sim, error) {
	h, err := host.Open("sms", o)
	if err != nil {
		return nil, err
	}
	s := &Sim{Host: h, inbox: host.NewTable[Received](h, "inbox")}
	s.orders = host.Orders(h, func(o *Orders) *host.Faults { return &o.Faults })
	host.Handle(h, sms.KindSend, s.send)
	h.Show("inbox", func(r *http.Request) any { return s.read(r.FormValue("mobile")) })
	return s, h.Start(o)
}

// Inbox is what a mobile number has received, newest first; "" gives everybody's.
// GET /control/inbox?mobile= gives the same.
func (s *Sim) Inbox(mobile string) (list []Received, err error) {
	err = s.Do(func(*host.Turn) error { list = s.read(mobile); return nil })
	return list, err
}

func (s *Sim) read(mobile string) []Received {
	list := []Received{}
	for _, no := range slices.Backward(s.inbox.Keys()) {
		if m, _ := s.inbox.Get(no); mobile == "" || m.Mobile == mobile {
			list = append(list, m)
		}
	}
	return list
}

func (s *Sim) send(t *host.Turn, q sms.Messages) (sms.Results, error) {
	out := sms.Results{Results: make([]sms.Result, len(q.Messages))}
	for i, m := range q.Messages {
		out.Results[i] = sms.Result{Ref: m.Ref, Code: s.code(m)}
		if out.Results[i].Code == sms.CodeSent {
			no := host.Number(t.Next("message"))
			t.Worked(1)
			s.inbox.Put(no, Received{no, m.Ref, m.Mobile, m.Text, t.Now()})
		}
	}
	return out, nil
}

// link finds what a carrier's filter finds: a scheme, www, or a name with a usual ending.
var link = regexp.MustCompile(`(?i)https?:|www\.|[a-z0-9-]+\.(com|cn|net|org|top|xyz|cc|vip)\b`)

const longest = 500

func (s *Sim) code(m sms.Message) string {
	_, _, err := phone.Parse(m.Mobile)
	switch {
	case err != nil:
		return sms.CodeBadNumber
	case link.MatchString(m.Text):
		return sms.CodeBlocked
	case utf8.RuneCountInString(m.Text) > longest || m.Text == "":
		return sms.CodeTooLong
	case s.orders.Off[m.Mobile]:
		return sms.CodeOff
	}
	return sms.CodeSent
}
