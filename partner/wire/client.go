package wire

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"kawu/kit/clock"
)

// Kinds of envelopes that belong to the wire itself.
const (
	KindCollect = "collect"
	KindAnswer  = "answer"
	KindRefusal = "refusal"
)

// Link is what a Client needs.
type Link struct {
	Partner  string // the party's name on the ring
	Address  string // "http://127.0.0.1:7001"
	Keys     *Keyring
	Clock    clock.Clock
	Recorder Recorder     // may be nil
	HTTP     *http.Client // nil: Timeout and nothing else
	Limit    int64        // bytes of one envelope, either way; 0: MaxBytes
}

// Client speaks with one partner; safe for concurrent use. It never tries twice by itself.
type Client struct{ link Link }

// NewClient makes the caller's end of a link. Redirects are not followed: an envelope goes where it
// was addressed to.
func NewClient(l Link) *Client {
	if l.HTTP == nil {
		l.HTTP = &http.Client{Timeout: Timeout}
	}
	if l.Limit == 0 {
		l.Limit = MaxBytes
	}
	h := *l.HTTP
	h.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	l.HTTP = &h
	return &Client{l}
}

// Partner is the name of the other end.
func (c *Client) Partner() string { return c.link.Partner }

// Message is one that the partner had for us.
type Message struct {
	Number  string
	SentAt  time.Time
	partner string
	body    []byte
}

// Read decodes the body. Fault: Malformed.
func (m Message) Read(into any) error { return read(m.partner, m.body, into) }

func read(partner string, body []byte, into any) error {
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(body, into); err != nil {
		return about(Malformed, partner)
	}
	return nil
}

// Ask sends a question under an idempotency key and decodes the answer; answer may be nil.
func (c *Client) Ask(ctx context.Context, kind, key string, question, answer any) error {
	body, err := c.call(ctx, Header{Kind: kind, Key: key}, question, true)
	if err != nil {
		return err
	}
	return read(c.link.Partner, body, answer)
}

// Collected is the body of the answer to a KindCollect.
type Collected struct {
	Messages []*Envelope `json:"messages"`
}

// After is the body of a KindCollect: which messages, and the last number that was had ("" for all).
type After struct {
	Kind  string `json:"kind"`
	After string `json:"after"`
}

// Collect fetches messages of a kind whose numbers come after the one given, in the order of their
// numbers; a partner may hand out some now and some at the next call, so call until there are none.
// One bad signature refuses them all. A partner may repeat a number, even an old one.
func (c *Client) Collect(ctx context.Context, kind, after string) ([]Message, error) {
	body, err := c.call(ctx, Header{Kind: KindCollect}, After{kind, after}, false)
	if err != nil {
		return nil, err
	}
	var got Collected
	if err := read(c.link.Partner, body, &got); err != nil {
		return nil, err
	}
	out := make([]Message, 0, len(got.Messages))
	for _, e := range got.Messages {
		if e == nil || e.Kind != kind || e.Number == "" {
			return nil, about(Malformed, c.link.Partner)
		}
		body, err := c.open(e)
		if err != nil {
			return nil, err
		}
		out = append(out, Message{e.Number, e.SentAt, c.link.Partner, body})
	}
	for _, e := range got.Messages {
		if err := c.record(ctx, e, kind, nil); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b Message) int { return strings.Compare(a.Number, b.Number) })
	return out, nil
}

// call seals, sends and opens; keep says whether the recorder gets both envelopes.
func (c *Client) call(ctx context.Context, h Header, question any, keep bool) ([]byte, error) {
	asked, text, err := c.letter(h, question)
	if err != nil {
		return nil, err
	}
	if keep {
		if err := c.record(ctx, asked, h.Kind, text); err != nil {
			return nil, err
		}
	}
	back, err := c.post(ctx, text)
	if err != nil {
		return nil, err
	}
	var reply Envelope
	if err := json.Unmarshal(back, &reply); err != nil {
		return nil, about(Malformed, c.link.Partner)
	}
	body, err := c.open(&reply)
	if err != nil {
		return nil, err
	}
	if reply.Answers != asked.Digest() {
		return nil, about(Mismatch, c.link.Partner)
	}
	if keep {
		if err := c.record(ctx, &reply, h.Kind, back); err != nil {
			return nil, err
		}
	}
	if reply.Kind == KindRefusal {
		var r Refusal
		if err := read(c.link.Partner, body, &r); err != nil {
			return nil, err
		}
		return nil, r.fault(c.link.Partner)
	}
	return body, nil
}

// letter seals a question and writes it out.
func (c *Client) letter(h Header, question any) (*Envelope, []byte, error) {
	plain, err := json.Marshal(question)
	if err != nil {
		return nil, nil, err
	}
	h.To, h.SentAt = c.link.Partner, c.link.Clock.Now()
	asked, err := c.link.Keys.Seal(h, plain)
	if err != nil {
		return nil, nil, err
	}
	text, err := json.Marshal(asked)
	if err == nil && int64(len(text)) > c.link.Limit {
		err = about(TooLarge, c.link.Partner, "limit", c.link.Limit)
	}
	return asked, text, err
}

// open also refuses an envelope that another known party signed.
func (c *Client) open(e *Envelope) ([]byte, error) {
	if e.From != c.link.Partner {
		return nil, about(BadSignature, c.link.Partner)
	}
	return c.link.Keys.Open(e)
}
