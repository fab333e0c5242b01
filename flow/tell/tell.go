// Package tell sends the messages that wait in notice (短信发送).
//
// Flows queue messages inside their sittings; this duty hands them to the gateway in files and
// notes what became of each.
package tell

import (
	"context"
	"time"

	"kawu/domain/exchange"
	"kawu/domain/notice"
	"kawu/domain/ref"
	"kawu/domain/trouble"
	"kawu/flow/desk"
	"kawu/kit/job"
	"kawu/kit/state"
)

// Taken is the duty that takes the gateway's receipts, and the kind of the exchange.
const Taken job.Kind = "notice.sent"

// Flow sends messages.
type Flow struct {
	Desk *desk.Desk
	City ref.City
}

// Dispatch is the handler of notice.Dispatch: what waits goes out in files.
func (f *Flow) Dispatch(ctx context.Context, _ string) error {
	for {
		list, err := notice.Waiting(ctx, f.Desk.DB, exchange.Lines)
		if err != nil || len(list) == 0 {
			return err
		}
		texts := make([]notice.Text, len(list))
		ids := make([]ref.Message, len(list))
		for i, m := range list {
			ids[i] = m.ID
			texts[i] = notice.Text{Key: string(m.ID), Mobile: m.Mobile.Reveal(), Text: m.Text}
		}
		err = f.Desk.Sit(ctx, desk.Clockwork(notice.Dispatch), desk.SendMessages, func(s *desk.Sitting) error {
			s.About("message", len(list))
			if err := state.Apply(ctx, s.Tx, notice.Cycle, "dispatch", ids, s.ID); err != nil {
				return err
			}
			_, err := exchange.Put(ctx, s.Tx, "sms", "gateway", Taken, "message", len(texts), texts)
			return err
		})
		if err != nil {
			return err
		}
	}
}

// Receipts is the handler of Taken.
func (f *Flow) Receipts(ctx context.Context, key string) error {
	x := ref.Exchange(key)
	var receipts []notice.Receipt
	if err := exchange.Answer(ctx, f.Desk.DB, x, &receipts); err != nil {
		return err
	}
	var sent, failed []ref.Message
	var troubles []trouble.Trouble
	due := f.Desk.Clock.Now().Add(3 * 24 * time.Hour)
	for _, r := range receipts {
		if r.Fault == "" {
			sent = append(sent, ref.Message(r.Key))
			continue
		}
		failed = append(failed, ref.Message(r.Key))
		troubles = append(troubles, trouble.Trouble{City: f.City, Kind: trouble.MessageFailed, Subject: r.Key, About: r.Key,
			OwnerKind: ref.HeldByCentre, Owner: "centre", Reason: r.Fault, Due: due})
	}
	return f.Desk.Sit(ctx, desk.Clockwork(Taken), desk.SendMessages, func(s *desk.Sitting) error {
		s.About(key, len(receipts), "failed", len(failed))
		if first, err := exchange.Take(ctx, s.Tx, x, s.ID); err != nil || !first {
			return err
		}
		if err := state.Apply(ctx, s.Tx, notice.Cycle, "sent", sent, s.ID); err != nil {
			return err
		}
		if err := state.Apply(ctx, s.Tx, notice.Cycle, "fail", failed, s.ID); err != nil {
			return err
		}
		if err := trouble.Raise(ctx, s.Tx, troubles); err != nil {
			return err
		}
		return notice.Settle(ctx, s.Tx, append(sent, failed...))
	})
}
