package main

import (
	"context"

	"kawu/domain/cancellation"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/kit/db"
)

// lossView is a card's open report of loss, or its cancellation that waits for a second person.
type lossView struct {
	Kind    loss.Kind           `json:"kind,omitempty"` // temporary, formal
	Reason  loss.Reason         `json:"reason,omitempty"`
	Channel string              `json:"channel,omitempty"`
	Since   string              `json:"since,omitempty"`
	Until   string              `json:"until,omitempty"`  // a temporary report's end
	Expiry  loss.Expiry         `json:"expiry,omitempty"` // what happens then: release, cancel
	Waits   cancellation.Reason `json:"cancellation_waits,omitempty"`
}

// lossOf reads it; nil when there is neither.
func lossOf(ctx context.Context, q db.Q, c ref.Card) (*lossView, error) {
	open, err := loss.Open(ctx, q, []ref.Card{c})
	if err != nil {
		return nil, err
	}
	asked, err := cancellation.Of(ctx, q, c)
	if err != nil {
		return nil, err
	}
	x, reported := open[c]
	v := &lossView{x.Kind, x.Reason, x.Channel, stamp(x.Since), stamp(x.Until), x.Expiry, ""}
	waits := len(asked) > 0 && asked[0].State == cancellation.Asked
	if waits {
		v.Waits = asked[0].Reason
	}
	if !reported && !waits {
		return nil, nil
	}
	return v, nil
}

// sayLoss says it in a line.
func (t *tool) sayLoss(v *lossView) {
	if v == nil {
		return
	}
	if v.Kind != "" {
		until := t.word("loss.until.none")
		if v.Until != "" {
			until = v.Until + " " + t.one("loss.then", string(v.Expiry))
		}
		t.say("  %s", t.word("line.loss", "kind", t.one("line.loss", string(v.Kind)), "reason", t.one("loss.why", string(v.Reason)),
			"channel", t.one("line.loss", v.Channel), "since", v.Since, "until", until))
	}
	if v.Waits != "" {
		t.say("  %s", t.word("line.loss.waits", "reason", t.one("loss.cancel", string(v.Waits))))
	}
}
