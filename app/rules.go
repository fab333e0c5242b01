package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"kawu/domain/application"
	"kawu/domain/employer"
	"kawu/domain/loss"
	"kawu/domain/ref"
	"kawu/flow/reportloss"
	"kawu/kit/fault"
	"kawu/kit/region"
	"kawu/policy"
	"kawu/policy/term"
)

// rule is what the edition an application was filed under says for it, on the day it was submitted:
// a later edition never touches it.
func (h *House) rule(ctx context.Context, a application.Application) (policy.Decision, *policy.Edition, error) {
	ed, err := h.Shelf.Edition(ctx, string(a.Edition))
	if err != nil {
		return policy.Decision{}, nil, err
	}
	e, err := employer.Get(ctx, h.Store, a.Employer)
	if err != nil {
		return policy.Decision{}, nil, err
	}
	var reason term.Reason
	var channel term.Channel
	if err := errors.Join(reason.UnmarshalText([]byte(a.Reason)), channel.UnmarshalText([]byte(a.Channel))); err != nil {
		return policy.Decision{}, nil, err
	}
	on := a.SubmittedAt
	if on.IsZero() {
		on = a.OpenedAt
	}
	p := policy.Person{Group: term.Employed, District: region.Code(e.District), Age: -1}
	return ed.Decide(&p, reason, channel, on, h.Shelf.Calendar()), ed, nil
}

// terms is the product version to make for an application and how many years the card is valid.
func (h *House) terms(ctx context.Context, a application.Application) (product string, years int, err error) {
	d, ed, err := h.rule(ctx, a)
	if err != nil {
		return "", 0, err
	}
	return d.Product, ed.Profile.Validity.Years, nil
}

// places names what a channel is in the notice's words.
var places = map[string]term.Place{"online": term.OnlinePlace, "on_site": term.OnSitePlace, "bank_outlet": term.AtBank}

// errRoute is the refusal of a channel that the notice does not name.
var errRoute = fault.New(fault.Refused, "handout.route", "by the notice this card's social security application is not enabled by this channel")

// route tells whether the notice lets the social security application of a card be enabled by a
// channel.
func (h *House) route(ctx context.Context, a application.Application, channel string) error {
	d, _, err := h.rule(ctx, a)
	if err != nil {
		return err
	}
	if d.Activation != nil && slices.Contains(d.Activation.SocialSecurity, places[channel]) {
		return nil
	}
	return fault.New(errRoute.Kind, errRoute.Code, errRoute.Message, "bank", h.BankName(a.Bank))
}

// lossPeriod is how long a loss reported now of a card of a generation holds before it runs out.
func (h *House) lossPeriod(now time.Time, generation int64) reportloss.Period {
	l := h.Shelf.City().On(now).Profile.Loss(int(generation))
	return reportloss.Period{Days: l.Days, Expiry: loss.Expiry(l.OnExpiry), WarnDays: l.WarnDays}
}

// noPhotoUnder is the age below which an edition wants no photo on the card.
func (h *House) noPhotoUnder(ctx context.Context, e ref.Edition) (int, error) {
	ed, err := h.Shelf.Edition(ctx, string(e))
	if err != nil {
		return 0, err
	}
	return ed.Profile.Picture.ExemptUnder, nil
}
