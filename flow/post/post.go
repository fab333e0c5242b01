// Package post carries messages to and from partners (收发).
//
// Flows put a question into exchange and go on; post sends it when its duty is due, stores the
// answer and rings the duty of the flow that takes it. Collecting works the other way round: post
// asks each partner for files after the last one it has, records them and rings. No transaction is
// open while a partner is asked. post does not know what any message means: app gives it one sender
// or collector for each kind.
package post

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"kawu/domain/exchange"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/fault"
	"kawu/kit/job"
)

// Sender sends one kind of question to the partner named and returns its answer. key is the
// idempotency key that goes out with it.
type Sender func(ctx context.Context, partner, key string, body []byte) (answer []byte, err error)

// Ask makes a Sender of a port's method.
func Ask[Q, A any](method func(ctx context.Context, partner, key string, q Q) (A, error)) Sender {
	return func(ctx context.Context, partner, key string, body []byte) ([]byte, error) {
		var q Q
		if err := json.Unmarshal(body, &q); err != nil {
			return nil, err
		}
		a, err := method(ctx, partner, key, q)
		if err != nil {
			return nil, err
		}
		return json.Marshal(a)
	}
}

// File is one file or event list collected from a partner.
type File struct {
	No      string // rises; unique with the partner
	Subject string
	N       int
	Body    any
}

// Collector fetches what a partner has after a number.
type Collector struct {
	Family  string
	Partner string
	Kind    job.Kind // the duty that takes a file
	Fetch   func(ctx context.Context, after string) ([]File, error)
	Next    func(now time.Time) time.Time // when to look again
}

// Collect is the standing duty of a collector; its key is "family/partner".
const Collect job.Kind = "exchange.collect"

// Office is the post office.
type Office struct {
	Desk    *desk.Desk
	City    ref.City
	senders map[job.Kind]Sender
	fetch   map[string]Collector
}

// Sends registers the sender of a kind.
func (o *Office) Sends(k job.Kind, s Sender) {
	if o.senders == nil {
		o.senders = map[job.Kind]Sender{}
	}
	o.senders[k] = s
}

// Collects registers a collector.
func (o *Office) Collects(c Collector) {
	if o.fetch == nil {
		o.fetch = map[string]Collector{}
	}
	o.fetch[c.Family+"/"+c.Partner] = c
}

// Start rings the standing duties of all collectors.
func (o *Office) Start(ctx context.Context) error {
	return o.Desk.Sit(ctx, desk.Clockwork(Collect), desk.SetUp, func(s *desk.Sitting) error {
		s.About("exchange.collect", len(o.fetch))
		for key, c := range o.fetch {
			if err := s.Ring(ctx, Collect, key, c.Next(s.At())); err != nil {
				return err
			}
		}
		return nil
	})
}

// Send is the handler of exchange.Send.
func (o *Office) Send(ctx context.Context, key string) error {
	x, err := exchange.Get(ctx, o.Desk.DB, ref.Exchange(key))
	if err != nil || x.State != "waiting" {
		return err // answered before a crash: nothing to do
	}
	send, ok := o.senders[x.Kind]
	if !ok {
		return fmt.Errorf("post: no sender for %s", x.Kind)
	}
	var body json.RawMessage
	if err := exchange.Body(ctx, o.Desk.DB, x.ID, &body); err != nil {
		return err
	}
	answer, err := send(ctx, x.Partner, x.Key, body)
	if err != nil {
		return o.failed(ctx, x, err)
	}
	return o.Desk.Sit(ctx, desk.Clockwork(x.Kind), desk.Exchange, func(s *desk.Sitting) error {
		s.About(string(x.ID), int(x.N), "kind", x.Kind, "partner", x.Partner)
		return exchange.Answered(ctx, s.Tx, x, answer, s.ID)
	})
}

// failed notes the attempt. What cannot get better by itself is given up and becomes a trouble of
// the card centre; everything else is tried again by the duty.
func (o *Office) failed(ctx context.Context, x exchange.Row, cause error) error {
	code := "internal"
	if f := fault.Of(cause); f != nil {
		code = f.Code
	}
	retry := fault.RuleOf(cause).Retry || (code == badSignature && x.Attempts < spoiled)
	err := o.Desk.Sit(ctx, desk.Clockwork(x.Kind), desk.Exchange, func(s *desk.Sitting) error {
		s.About(string(x.ID), int(x.N), "kind", x.Kind, "partner", x.Partner, "fault", code)
		if err := exchange.Tried(ctx, s.Tx, x.ID, code); err != nil || retry {
			return err
		}
		if err := exchange.GiveUp(ctx, s.Tx, x.ID, s.ID); err != nil {
			return err
		}
		return trouble.Raise(ctx, s.Tx, []trouble.Trouble{{City: o.City, Kind: trouble.PartnerFails, Subject: string(x.ID), About: x.Partner,
			OwnerKind: ref.HeldByCentre, Owner: "centre", Reason: code, Due: s.At().Add(24 * time.Hour)}})
	})
	if err != nil || !retry {
		return err
	}
	if !fault.RuleOf(cause).Retry { // a Fault that says "no use" would not be tried again by itself
		return fault.New(fault.Outside, code, "the partner's answer was spoiled").Because(cause)
	}
	return cause
}

// An answer with a wrong signature may have been spoiled on the way, and asking again under the
// same key does nothing twice. When it stays wrong, somebody else is answering.
const (
	badSignature = "wire.signature"
	spoiled      = 5 // attempts
)

// Gather is the handler of Collect.
func (o *Office) Gather(ctx context.Context, key string) error {
	c, ok := o.fetch[key]
	if !ok {
		return fmt.Errorf("post: no collector for %s", key)
	}
	after, err := exchange.Upto(ctx, o.Desk.DB, c.Family, c.Partner)
	if err != nil {
		return err
	}
	files, err := c.Fetch(ctx, after)
	if err != nil {
		return err
	}
	for _, f := range files {
		if err := o.record(ctx, c, f); err != nil {
			return err
		}
	}
	return job.Again{At: c.Next(o.Desk.Clock.Now())}
}

func (o *Office) record(ctx context.Context, c Collector, f File) error {
	return o.Desk.Sit(ctx, desk.Clockwork(Collect), desk.Exchange, func(s *desk.Sitting) error {
		seen, err := exchange.Receive(ctx, s.Tx, c.Family, c.Partner, c.Kind, f.No, f.Subject, f.N, f.Body)
		if err != nil {
			return err
		}
		s.About(f.Subject, f.N, "kind", c.Kind, "partner", c.Partner, "file", f.No, "seen_before", seen)
		return exchange.SetUpto(ctx, s.Tx, c.Family, c.Partner, f.No)
	})
}
