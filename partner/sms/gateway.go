package sms

import (
	"context"

	"kawu/domain/notice"
	"kawu/partner/wire"
)

// KindSend is the gateway's word for its service.
const KindSend = "send"

// Messages is a set to send.
type Messages struct {
	Messages []Message `json:"messages"`
}

// Message is one.
type Message struct {
	Ref    string `json:"ref"`
	Mobile string `json:"mobile"`
	Text   string `json:"content"`
}

// Results has one Result for every message.
type Results struct {
	Results []Result `json:"results"`
}

// Result is what became of one; Code is CodeSent or one of the faults.
type Result struct {
	Ref  string `json:"ref"`
	Code string `json:"code"`
}

// The gateway's result codes.
const (
	CodeSent      = "0"
	CodeBadNumber = "101"
	CodeBlocked   = "102" // the carrier's filter: links and the like
	CodeOff       = "103" // number out of service
	CodeTooLong   = "104"
)

var faults = map[string]string{CodeSent: "", CodeBadNumber: "bad_number", CodeBlocked: "blocked",
	CodeOff: "out_of_service", CodeTooLong: "too_long"}

// CodeOf is the gateway's code for a fault of ours; "" when it has none.
func CodeOf(fault string) string {
	for code, f := range faults {
		if f == fault {
			return code
		}
	}
	return ""
}

// Carrier is the adapter; it fills notice.Gateway.
type Carrier struct{ wire *wire.Client }

var _ notice.Gateway = (*Carrier)(nil)

// New speaks to the gateway over a link.
func New(c *wire.Client) *Carrier { return &Carrier{c} }

// Send hands all messages over in one question. Faults in receipts: bad_number, blocked,
// out_of_service, too_long. Fault: wire.Malformed when a message is answered twice or not at all, or
// with another code.
func (c *Carrier) Send(ctx context.Context, key string, texts []notice.Text) ([]notice.Receipt, error) {
	q := Messages{Messages: make([]Message, len(texts))}
	for i, t := range texts {
		q.Messages[i] = Message{t.Key, t.Mobile, t.Text}
	}
	var r Results
	if err := c.wire.Ask(ctx, KindSend, key, q, &r); err != nil {
		return nil, err
	}
	out := make([]notice.Receipt, len(r.Results))
	for i, v := range r.Results {
		fault, ok := faults[v.Code]
		if !ok {
			return nil, c.wire.Malformed()
		}
		out[i] = notice.Receipt{Key: v.Ref, Fault: fault}
	}
	return wire.Match(c.wire, texts, func(t notice.Text) string { return t.Key },
		out, func(r notice.Receipt) string { return r.Key })
}
